import { randomUUID } from "node:crypto";
import { refusals } from "./errors.ts";
import type { Script, ScriptHistory, UploadSource } from "./model.ts";
import { newId } from "./new-id.ts";

/** More versions and deployments than these are of no use on this machine. */
const LISTED = 100;

/** So many versions of a Worker can be deployed again. */
const KEPT = 10;

/** A script with a history, as the account holds it. */
export type RecordedScript = Script & { readonly history: ScriptHistory };

/** Past and coming versions of an account's Workers. Their content is kept in memory only. */
export class ScriptHistories {
  readonly #uploads = new Map<string, Script>();

  /** The script with one more version, which is not deployed yet. */
  withVersion(script: Script, before: ScriptHistory | undefined, source: UploadSource): RecordedScript {
    const createdOn = new Date().toISOString();
    const known = before?.versions ?? [];
    const version = { id: randomUUID(), number: (known.at(-1)?.number ?? 0) + 1, createdOn, source };
    const versions = [...known, version].slice(-LISTED);
    this.#uploads.set(version.id, script);
    for (const { id } of versions.slice(0, -KEPT)) this.#uploads.delete(id);
    const { tag = newId(), deployments = [] } = before ?? {};
    const history = {
      tag,
      createdOn: before?.createdOn ?? createdOn,
      modifiedOn: createdOn,
      versions,
      deployments,
    };
    return { ...script, history };
  }

  /**
   * The version as it was uploaded.
   *
   * @throws CloudflareError when the Worker never had it, or it is no longer kept.
   */
  upload({ versions }: ScriptHistory, versionId: string): Script {
    if (!versions.some(({ id }) => id === versionId)) throw refusals.versionNotFound();
    const upload = this.#uploads.get(versionId);
    if (upload === undefined) throw refusals.versionNotKept();
    return upload;
  }
}

/** The history after one of its versions was deployed. */
export function withDeployment(
  history: ScriptHistory,
  versionId: string,
  source: UploadSource,
): ScriptHistory {
  const createdOn = new Date().toISOString();
  const deployment = { id: randomUUID(), versionId, createdOn, source };
  return {
    ...history,
    modifiedOn: createdOn,
    deployments: [...history.deployments, deployment].slice(-LISTED),
  };
}
