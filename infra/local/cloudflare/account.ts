import { asciiHostname } from "../../routes/hostname.ts";
import { CronSchedules } from "./cron-schedules.ts";
import { CustomDomains } from "./custom-domains.ts";
import { type CloudflareError, refusals } from "./errors.ts";
import { assertKeyAllowed, assertPrefixAllowed } from "./kv-keys.ts";
import { KvNamespaces } from "./kv-namespaces.ts";
import { MemoryKv } from "./memory-kv.ts";
import { type Deployment, WorkerStartError } from "./model.ts";
import type {
  AccountContents,
  CustomDomain,
  KvKey,
  KvNamespace,
  KvStore,
  KvValue,
  Route,
  Script,
  ScriptHistory,
  ScriptVersion,
  UploadSource,
  WorkerHost,
  Zone,
} from "./model.ts";
import { newId } from "./new-id.ts";
import {
  ScriptHistories,
  changedSecrets,
  isNewestDeployed,
  wasDeployed,
  withDeployment,
} from "./script-history.ts";
import { assertScriptAllowed } from "./script-rules.ts";
import { SecretsStores } from "./secrets-stores.ts";
import { WorkerRoutes } from "./worker-routes.ts";

/**
 * One Cloudflare account on this machine: what exists in it, under Cloudflare's rules and with its error codes.
 * It starts empty. Without a host it is data only; with one, Workers run and KV values are the ones they read.
 *
 * Every method throws CloudflareError when Cloudflare would refuse.
 */
export class LocalAccount {
  readonly #zones = new Map<string, Zone>();
  #namespaces: KvNamespaces;
  readonly #scripts = new Map<string, Script>();
  #schedules: CronSchedules;
  #stores: SecretsStores;
  #domains: CustomDomains;
  #routes: WorkerRoutes;
  readonly #histories = new ScriptHistories();
  #values: KvStore = new MemoryKv();
  #host: WorkerHost | undefined;
  #lastChange: Promise<unknown> = Promise.resolve();

  /**
   * @param id Account id: 32 hexadecimal characters.
   * @param held What an account with this id held in an earlier run. Default: nothing.
   */
  constructor(
    readonly id: string,
    held?: AccountContents,
  ) {
    const holdings = this.#holdings(held);
    [this.#stores, this.#domains, this.#namespaces, this.#schedules, this.#routes] = holdings;
  }

  #holdings(held?: AccountContents) {
    const surroundings = {
      zone: (zoneId: string) => this.#zones.get(zoneId),
      hasScript: (name: string) => this.#scripts.has(name),
    };
    this.#scripts.clear();
    for (const script of held?.scripts ?? []) this.#scripts.set(script.name, script);
    return [
      new SecretsStores(held ?? { secrets: [] }),
      new CustomDomains(held?.domains),
      new KvNamespaces(held?.namespaces),
      new CronSchedules(held?.schedules),
      new WorkerRoutes(surroundings, held?.routes),
    ] as const;
  }

  /** Goes back to what it held, as it is told when its turn has come. KV values and zones stay. */
  restore(held: () => AccountContents | undefined): Promise<void> {
    return this.#change(async () => {
      const holdings = this.#holdings(held());
      [this.#stores, this.#domains, this.#namespaces, this.#schedules, this.#routes] = holdings;
      await this.#run({});
    });
  }

  /** Everything it holds but its zones and KV values. What is added to the account has to be added here. */
  get contents(): AccountContents {
    return {
      namespaces: this.namespaces,
      scripts: this.scripts,
      routes: this.routes,
      schedules: this.#schedules.all,
      secrets: this.#stores.all,
      stores: this.#stores.stores,
      domains: this.#domains.all,
    };
  }

  /** Lets the host run the account's Workers from now on, and moves the KV values to it. */
  attach(host: WorkerHost): Promise<void> {
    return this.#change(async () => {
      await host.run(this.#deployment());
      for (const namespaceId of this.#namespaces.ids) {
        for (const { name } of await this.#values.keys(namespaceId, "")) {
          const value = await this.#values.get(namespaceId, name);
          if (value !== undefined) await host.values.put(namespaceId, name, value);
        }
      }
      this.#values = host.values;
      this.#host = host;
    });
  }

  get zones(): readonly Zone[] {
    return [...this.#zones.values()];
  }

  addZone(added: Zone): void {
    const zone = { ...added, name: asciiHostname(added.name) };
    const taken = this.zones.some(({ id, name }) => id === zone.id || name === zone.name);
    if (taken) throw refusals.zoneTaken(zone.name);
    this.#zones.set(zone.id, zone);
  }

  get namespaces(): readonly KvNamespace[] {
    return this.#namespaces.all;
  }

  createNamespace(title: string): Promise<KvNamespace> {
    return this.#change(async () => {
      this.#namespaces.assertTitleFree(title);
      const namespace = { id: newId(), title };
      await this.#run({ namespaceIds: [...this.#namespaces.ids, namespace.id] });
      this.#namespaces.add(namespace);
      return namespace;
    });
  }

  namespace(id: string): KvNamespace {
    return this.#namespaces.get(id);
  }

  renameNamespace(id: string, title: string): KvNamespace {
    return this.#namespaces.rename(id, title);
  }

  deleteNamespace(id: string): Promise<void> {
    return this.#change(async () => {
      this.namespace(id);
      for (const { name } of await this.#values.keys(id, "")) await this.#values.delete(id, name);
      this.#namespaces.delete(id);
    });
  }

  async getValue(namespaceId: string, key: string): Promise<KvValue> {
    this.namespace(namespaceId);
    assertKeyAllowed(key);
    const value = await this.#values.get(namespaceId, key);
    if (value === undefined) throw refusals.keyNotFound();
    return value;
  }

  async putValue(namespaceId: string, key: string, value: KvValue): Promise<void> {
    this.namespace(namespaceId);
    assertKeyAllowed(key);
    await this.#values.put(namespaceId, key, value);
  }

  async deleteValue(namespaceId: string, key: string): Promise<void> {
    this.namespace(namespaceId);
    assertKeyAllowed(key);
    await this.#values.delete(namespaceId, key);
  }

  /** Names of all keys with the prefix, in order. */
  async keys(namespaceId: string, prefix = ""): Promise<readonly string[]> {
    return (await this.listKeys(namespaceId, prefix)).map(({ name }) => name);
  }

  /** All keys with the prefix, in the order of their names. */
  async listKeys(namespaceId: string, prefix = ""): Promise<readonly KvKey[]> {
    this.namespace(namespaceId);
    assertPrefixAllowed(prefix);
    return await this.#values.keys(namespaceId, prefix);
  }

  get scripts(): readonly Script[] {
    return [...this.#scripts.values()];
  }

  script(name: string): Script {
    const script = this.#scripts.get(name);
    if (script === undefined) throw refusals.scriptNotFound();
    return script;
  }

  /** Creates or replaces a Worker. One that does not start is refused, and the one before it keeps answering. */
  putScript(script: Script): Promise<Script> {
    return this.changeScript(script.name, () => script);
  }

  /** As `putScript`, for one that depends on what is there at that moment: the newest version, deployed or not. */
  changeScript(
    name: string,
    change: (before: Script | undefined) => Script,
    source: UploadSource = "api",
  ): Promise<Script> {
    return this.#change(async () => {
      const before = this.#scripts.get(name);
      const newest = before && this.#histories.newest(before);
      const script = this.#histories.withVersion(change(newest), before?.history, source);
      return await this.#deploy(script, script.history, source);
    });
  }

  /**
   * Changes a Worker that exists, and deploys it.
   *
   * @param whenNotDeployed The refusal where a newer version waits to be deployed: the change would pass it by.
   */
  editScript(
    name: string,
    change: (before: Script) => Script,
    source: UploadSource,
    whenNotDeployed: () => CloudflareError,
  ): Promise<Script> {
    return this.changeScript(
      name,
      () => {
        const before = this.script(name);
        if (!isNewestDeployed(before)) throw whenNotDeployed();
        return change(before);
      },
      source,
    );
  }

  /**
   * Takes a version of a Worker that exists, made of its newest one, and leaves the one that answers as it is. Returns
   * the new version.
   */
  uploadVersion(
    name: string,
    change: (before: Script) => Script,
    source: UploadSource,
  ): Promise<ScriptVersion> {
    return this.#change(() => {
      const before = this.script(name);
      const next = change(this.#histories.newest(before));
      assertScriptAllowed(next, (id) => this.#namespaces.has(id));
      const { history } = this.#histories.withVersion(next, before.history, source);
      this.#scripts.set(name, { ...before, history });
      const version = history.versions.at(-1);
      return version === undefined ? Promise.reject(refusals.versionNotFound()) : Promise.resolve(version);
    });
  }

  /**
   * Lets a version that was uploaded before answer from now on.
   *
   * @param force Goes back to an earlier version though secrets were changed since, instead of refusing.
   */
  deployVersion(name: string, versionId: string, source: UploadSource, force = false): Promise<Script> {
    return this.#change(async () => {
      const deployed = this.script(name);
      const { history, settings } = deployed;
      if (history === undefined) throw refusals.versionNotFound();
      const upload = this.version(name, versionId);
      const changed = wasDeployed(history, versionId) ? changedSecrets(deployed, upload) : [];
      if (!force && changed.length > 0) throw refusals.secretsChangedSince(changed);
      return await this.#deploy(
        { ...upload, settings: { ...settings, ...upload.settings } },
        history,
        source,
        versionId,
      );
    });
  }

  /** The version that answers as it is, any other as it was uploaded. */
  version(name: string, versionId: string): Script {
    const script = this.script(name);
    if (script.history === undefined) throw refusals.versionNotFound();
    return script.history.deployments.at(-1)?.versionId === versionId
      ? script
      : this.#histories.upload(script.history, versionId);
  }

  /** Changes what is kept with a Worker and has no effect on this machine. */
  annotateScript(name: string, change: Pick<Script, "settings" | "subdomain">): Script {
    const script = { ...this.script(name), ...change };
    this.#scripts.set(name, script);
    return script;
  }

  /** @param force Takes the routes and custom domains that lead to it along, instead of refusing. */
  deleteScript(name: string, force = false): Promise<void> {
    return this.#change(async () => {
      this.script(name);
      const route = this.routes.find(({ script }) => script === name);
      const domain = this.#domains.all.find(({ script }) => script === name);
      if (!force && route !== undefined) throw refusals.scriptInUse(`the route ${route.pattern}`);
      if (!force && domain !== undefined) throw refusals.scriptInUse(`the custom domain ${domain.hostname}`);
      await this.#run({ scripts: this.scripts.filter((script) => script.name !== name) });
      this.#routes.deleteOf(name);
      for (const { id, script } of this.#domains.all) if (script === name) this.#domains.delete(id);
      this.#scripts.delete(name);
      this.#schedules.delete(name);
    });
  }

  /** Data only: change values through `putSecret` or `changeSecrets`, so that Workers get them. */
  get secretsStores(): Pick<SecretsStores, "stores" | "store" | "secrets" | "secret"> {
    return this.#stores;
  }

  /** Sets a value in a Secrets Store; Workers bound to it get it at once. */
  putSecret(storeId: string, secretName: string, value: string): Promise<void> {
    return this.changeSecrets((stores) => {
      stores.put(storeId, secretName, value);
    });
  }

  /** Changes stores and secrets; Workers bound to a changed value get it at once. */
  changeSecrets<Result>(change: (stores: SecretsStores) => Result): Promise<Result> {
    return this.#change(async () => {
      const before = this.#boundSecrets();
      const result = change(this.#stores);
      if (this.#boundSecrets() !== before) await this.#run({});
      return result;
    });
  }

  get domains(): readonly CustomDomain[] {
    return this.#domains.all;
  }

  domain(id: string): CustomDomain {
    return this.#domains.get(id);
  }

  putDomain(hostname: string, scriptName: string): CustomDomain {
    this.script(scriptName);
    return this.#domains.put(this.zones, hostname, scriptName);
  }

  /** Attaches these hostnames, and no others, to the Worker: all of them or, when one is refused, none. */
  setDomainsOf(scriptName: string, hostnames: readonly string[]): readonly CustomDomain[] {
    this.script(scriptName);
    return this.#domains.setOf(this.zones, hostnames, scriptName);
  }

  deleteDomain(id: string): void {
    this.#domains.delete(id);
  }

  /** All routes. A new array after every change, so that readers can keep what they derived from it. */
  get routes(): readonly Route[] {
    return this.#routes.all;
  }

  createRoute(zoneId: string, pattern: string, script: string | undefined): Route {
    return this.#routes.create(zoneId, pattern, script);
  }

  replaceRoute(id: string, pattern: string, script: string | undefined): Route {
    return this.#routes.replace(id, pattern, script);
  }

  /** Makes these routes, and no others, lead to the Worker: all of them or, when one is refused, none. */
  setRoutesOf(scriptName: string, routes: readonly Pick<Route, "zoneId" | "pattern">[]): readonly Route[] {
    this.script(scriptName);
    return this.#routes.setOf(scriptName, routes);
  }

  deleteRoute(id: string): void {
    this.#routes.delete(id);
  }

  /** Cron expressions of a Worker, UTC. */
  schedules(scriptName: string): readonly string[] {
    this.script(scriptName);
    return this.#schedules.of(scriptName)?.crons ?? [];
  }

  /** When a Worker's cron triggers changed, ISO 8601; undefined when it never had any. */
  schedulesChangedOn(scriptName: string): string | undefined {
    return this.#schedules.of(scriptName)?.changedOn;
  }

  putSchedules(scriptName: string, crons: readonly string[]): void {
    this.script(scriptName);
    this.#schedules.put(scriptName, crons);
  }

  #deployment(): Deployment {
    return {
      scripts: this.scripts,
      namespaceIds: this.#namespaces.ids,
      secret: (storeId, secretName) => this.#stores.find(storeId, secretName)?.value,
    };
  }

  /** Everything that a change of secrets can change for Workers. */
  #boundSecrets(): string {
    const bound = this.scripts.flatMap(({ bindings }) =>
      bindings.map((binding) =>
        binding.type === "secrets_store_secret"
          ? this.#stores.find(binding.storeId, binding.secretName)?.value
          : null,
      ),
    );
    return JSON.stringify(bound);
  }

  async #deploy(
    script: Script,
    history: ScriptHistory,
    source: UploadSource,
    versionId = history.versions.at(-1)?.id ?? "",
  ): Promise<Script> {
    assertScriptAllowed(script, (id) => this.#namespaces.has(id));
    const deployed = { ...script, history: withDeployment(history, versionId, source) };
    await this.#run({ scripts: [...new Map(this.#scripts).set(script.name, deployed).values()] });
    this.#scripts.set(script.name, deployed);
    return deployed;
  }

  async #run(change: Partial<Deployment>): Promise<void> {
    try {
      await this.#host?.run({ ...this.#deployment(), ...change });
    } catch (error) {
      throw error instanceof WorkerStartError ? refusals.scriptDoesNotStart(error.message) : error;
    }
  }

  /** One change after the other: each sees the account as the one before it left it. */
  #change<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#lastChange.then(work);
    this.#lastChange = result.catch(() => undefined);
    return result;
  }
}
