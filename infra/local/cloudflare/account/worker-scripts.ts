import { type CloudflareError, refusals } from "./refusals.ts";
import type { AccountContents, Script, UploadSource } from "./model.ts";
import {
  type RecordedScript,
  ScriptHistories,
  changedSecrets,
  wasDeployed,
  withDeployment,
} from "./script-history.ts";
import { assertScriptAllowed, type BoundObjects } from "./script-rules.ts";

/** Cloudflare's limit for an account on the paid plan. */
const MOST = 500;

/** Characters of all Workers with their latest versions, since all of them are kept in memory. */
const CODE_KEPT = 512 * 1024 * 1024;

/** The Workers of an account with their versions. Every method throws CloudflareError when Cloudflare would refuse. */
export class WorkerScripts {
  readonly #scripts = new Map<string, Script>();
  readonly #histories: ScriptHistories;
  readonly #bound: BoundObjects;

  constructor(
    hasNamespace: (id: string) => boolean,
    { scripts, uploads }: Pick<AccountContents, "scripts" | "uploads"> = { scripts: [] },
  ) {
    this.#bound = { hasNamespace, hasScript: (name) => this.has(name) };
    for (const script of scripts) this.#scripts.set(script.name, script);
    this.#histories = new ScriptHistories(uploads);
  }

  get all(): readonly Script[] {
    return [...this.#scripts.values()];
  }

  get uploads(): AccountContents["uploads"] {
    return this.#histories.all;
  }

  has(name: string): boolean {
    return this.#scripts.has(name);
  }

  get(name: string): Script {
    const script = this.#scripts.get(name);
    if (script === undefined) throw refusals.scriptNotFound();
    return script;
  }

  /** The version that answers as it is, any other as it was uploaded. */
  version(name: string, versionId: string): Script {
    const script = this.get(name);
    if (script.history === undefined) throw refusals.versionNotFound();
    return script.history.deployments.at(-1)?.versionId === versionId
      ? script
      : this.#histories.upload(script.history, versionId);
  }

  /** Creates or replaces a Worker, and deploys it. */
  change(name: string, change: (newest: Script | undefined) => Script, source: UploadSource): Script {
    const before = this.#scripts.get(name);
    const script = this.#upload(change(before && this.#histories.newest(before)), before, source);
    return this.#deploy(script, script.history.versions.at(-1)?.id ?? "", source);
  }

  /** Changes a Worker that exists, and deploys it: not past a version that waits for that. */
  edit(
    name: string,
    change: (before: Script) => Script,
    source: UploadSource,
    whenNotDeployed: () => CloudflareError,
  ): Script {
    const before = this.get(name);
    if (!this.#histories.isNewestDeployed(before)) throw whenNotDeployed();
    return this.change(name, () => change(before), source);
  }

  /**
   * Takes a version of a Worker that exists, made of its newest one. Returns the Worker that answers, as it
   * was.
   */
  upload(name: string, change: (newest: Script) => Script, source: UploadSource): RecordedScript {
    const before = this.get(name);
    const { history } = this.#upload(change(this.#histories.newest(before)), before, source);
    const after = { ...before, history };
    this.#scripts.set(name, after);
    return after;
  }

  deploy(name: string, versionId: string, source: UploadSource, force: boolean): RecordedScript {
    const deployed = this.get(name);
    const { history, settings, subdomain } = deployed;
    if (history === undefined) throw refusals.versionNotFound();
    const upload = this.version(name, versionId);
    const changed = wasDeployed(history, versionId) ? changedSecrets(deployed, upload) : [];
    if (!force && changed.length > 0) throw refusals.secretsChangedSince(changed);
    const script = {
      ...upload,
      settings: { ...settings, ...upload.settings },
      // It belongs to the Worker, whatever version answers.
      ...(subdomain && { subdomain }),
      history,
    };
    assertScriptAllowed(script, this.#bound);
    return this.#deploy(script, versionId, source);
  }

  annotate(name: string, change: (before: Script) => Pick<Script, "settings" | "subdomain">): Script {
    const before = this.get(name);
    const script = { ...before, ...change(before) };
    this.#scripts.set(name, script);
    return script;
  }

  /** Names of the other Workers that a service binding leads from to this one, in the version that answers. */
  boundTo(name: string): readonly string[] {
    return this.all
      .filter((script) => script.name !== name && servicesOf(script).includes(name))
      .map((script) => script.name);
  }

  delete(name: string): void {
    const { history } = this.get(name);
    if (history !== undefined) this.#histories.delete(history);
    this.#scripts.delete(name);
  }

  #upload(script: Script, before: Script | undefined, source: UploadSource): RecordedScript {
    assertScriptAllowed(script, this.#bound);
    if (before === undefined && this.#scripts.size >= MOST) {
      throw refusals.accountFull(`${MOST} Workers in an account`);
    }
    const recorded = this.#histories.withVersion(script, before?.history, source);
    const texts = [...this.all, script, ...this.#histories.uploaded].flatMap(({ content, modules = [] }) => [
      content,
      ...modules.map(({ base64 }) => base64),
    ]);
    const size = [...new Set(texts)].reduce((sum, text) => sum + text.length, 0);
    if (size > CODE_KEPT) throw refusals.accountFull("512 MiB of code that the local Cloudflare keeps");
    return recorded;
  }

  #deploy(script: RecordedScript, versionId: string, source: UploadSource): RecordedScript {
    const deployed = { ...script, history: withDeployment(script.history, versionId, source) };
    this.#scripts.set(script.name, deployed);
    return deployed;
  }
}

/** Names of the Workers that a Worker calls. */
export function servicesOf({ bindings }: Script): readonly string[] {
  return [...new Set(bindings.flatMap((binding) => (binding.type === "service" ? [binding.service] : [])))];
}
