import { randomUUID } from "node:crypto";
import { refusals } from "./refusals.ts";
import type { AccountContents, Script, ScriptHistory, UploadSource } from "./model.ts";
import { newId } from "./new-id.ts";

/** More versions and deployments than these are of no use on this machine. */
const LISTED = 100;

/** So many versions of a Worker can be deployed again. */
const KEPT = 10;

/** A script with a history, as the account holds it. */
export type RecordedScript = Script & { readonly history: ScriptHistory };

/** Past and coming versions of an account's Workers, with the content of the latest. */
export class ScriptHistories {
  readonly #uploads: Map<string, Script>;

  constructor(uploads: AccountContents["uploads"] = []) {
    this.#uploads = new Map(uploads.map(({ versionId, script }) => [versionId, script]));
  }

  get all(): AccountContents["uploads"] {
    return [...this.#uploads].map(([versionId, script]) => ({ versionId, script }));
  }

  /** The versions whose content is kept, of all Workers. */
  get uploaded(): Iterable<Script> {
    return this.#uploads.values();
  }

  /** The script with one more version, which is not deployed yet. */
  withVersion(script: Script, before: ScriptHistory | undefined, source: UploadSource): RecordedScript {
    const createdOn = new Date().toISOString();
    const known = before?.versions ?? [];
    const version = { id: randomUUID(), number: (known.at(-1)?.number ?? 0) + 1, createdOn, source };
    const versions = [...known, version].slice(-LISTED);
    this.#uploads.set(version.id, withoutHistory(script));
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
   * The Worker as its newest version has it, deployed or not; as the deployed one has it where the content of
   * the newest is no longer kept.
   */
  newest(script: Script): Script {
    const { history, settings, subdomain } = script;
    const id = history?.versions.at(-1)?.id;
    const upload = id === undefined || this.isNewestDeployed(script) ? undefined : this.#uploads.get(id);
    if (history === undefined || upload === undefined) return script;
    return {
      ...upload,
      history,
      settings: { ...settings, ...upload.settings },
      ...(subdomain && { subdomain }),
    };
  }

  /**
   * Whether no version waits to be deployed. One whose content is lost waits for nothing: nobody can deploy
   * it.
   */
  isNewestDeployed({ history }: Script): boolean {
    const newest = history?.versions.at(-1)?.id;
    return (
      newest === undefined || newest === history?.deployments.at(-1)?.versionId || !this.#uploads.has(newest)
    );
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

  /** Forgets the content of all versions of a Worker. */
  delete({ versions }: ScriptHistory): void {
    for (const { id } of versions) this.#uploads.delete(id);
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

/** Whether the version answered at some time. */
export function wasDeployed({ deployments }: ScriptHistory, versionId: string): boolean {
  return deployments.some((deployment) => deployment.versionId === versionId);
}

/** Names of the secrets that the two do not have in common with the same value. */
export function changedSecrets(a: Script, b: Script): readonly string[] {
  const [first, second] = [secretsOf(a), secretsOf(b)];
  return [...new Set([...first.keys(), ...second.keys()])].filter(
    (name) => first.get(name) !== second.get(name),
  );
}

function secretsOf({ bindings }: Script): ReadonlyMap<string, string> {
  return new Map(
    bindings.flatMap((binding) => (binding.type === "secret_text" ? [[binding.name, binding.text]] : [])),
  );
}

/** What is uploaded has no past of its own. */
function withoutHistory(script: Script): Script {
  const upload: { -readonly [Key in keyof Script]: Script[Key] } = { ...script };
  delete upload.history;
  return upload;
}
