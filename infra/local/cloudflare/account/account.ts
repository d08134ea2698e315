import { asciiHostname } from "../../../cloudflare/hostname.ts";
import { AccountChanges, type Save, type StartsWorkers } from "./account-changes.ts";
import type { ApiTokens } from "./api-tokens.ts";
import { type CloudflareError, refusals } from "./refusals.ts";
import { Holdings } from "./holdings.ts";
import { storageOf } from "./kv-namespaces.ts";
import type {
  AccountContents,
  CustomDomain,
  KvNamespace,
  KvPage,
  KvPageOptions,
  KvValue,
  Route,
  Script,
  UploadSource,
  WorkerHost,
  Zone,
} from "./model.ts";
import { NamespaceValues, pagesOf } from "./namespace-values.ts";
import { newId } from "./new-id.ts";
import type { RecordedScript } from "./script-history.ts";
import type { SecretsStores } from "./secrets-stores.ts";
import { type AccountSnapshot, putBack, readSnapshot } from "./snapshot.ts";

/** Every change of what Workers are made of. */
const always: StartsWorkers = () => true;

/**
 * One Cloudflare account on this machine: what exists in it, under Cloudflare's rules and with its error
 * codes. It starts empty. Without a host it is data only; with one, Workers run and KV values are the ones
 * they read.
 *
 * Every change takes its turn: it reads what it changes, and is refused, as the one before it has left the
 * account. It resolves once the Workers run with it and it is saved, and until then nobody sees it. Values of
 * KV are not part of that: they are changed where they are, at once.
 *
 * Every method throws CloudflareError when Cloudflare would refuse.
 */
export class LocalAccount {
  readonly #zones = new Map<string, Zone>();
  readonly #changes: AccountChanges;
  readonly #values = new NamespaceValues((id) => storageOf(this.namespace(id)));

  /**
   * @param id Account id: 32 hexadecimal characters.
   * @param held What an account with this id held in an earlier run. Default: nothing.
   */
  constructor(
    readonly id: string,
    held?: AccountContents,
  ) {
    this.#changes = new AccountChanges(new Holdings((zoneId) => this.#zones.get(zoneId), held));
  }

  /** Everything it holds but its zones and KV values. */
  get contents(): Required<AccountContents> {
    return this.#held.contents;
  }

  /**
   * Saves what it holds now, and from then on each change before anybody sees it. What it throws refuses the
   * change.
   */
  saveWith(save: Save): Promise<void> {
    return this.#changes.saveWith(save);
  }

  /** Lets the host run the account's Workers from now on, and moves the KV values to it. */
  async attach(host: WorkerHost): Promise<void> {
    await this.#changes.attach(host, () => this.#values.moveTo(host.values, this.#held.namespaces.storages));
    await this.#empty([...this.#held.leaving]);
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
    return this.#held.namespaces.all;
  }

  createNamespace(title: string): Promise<KvNamespace> {
    return this.#change(({ namespaces }) => {
      namespaces.assertTitleFree(title);
      const namespace = { id: newId(), title };
      namespaces.add(namespace);
      return namespace;
    }, always);
  }

  namespace(id: string): KvNamespace {
    return this.#held.namespaces.get(id);
  }

  renameNamespace(id: string, title: string): Promise<KvNamespace> {
    return this.#change(({ namespaces }) => namespaces.rename(id, title));
  }

  /** Its values go after it: while they do, others may change the account. */
  async deleteNamespace(id: string): Promise<void> {
    const storage = await this.#change(({ namespaces, leaving }) => {
      const namespace = namespaces.get(id);
      namespaces.delete(id);
      leaving.add(storageOf(namespace));
      return storageOf(namespace);
    });
    await this.#empty([storage]);
  }

  getValue(namespaceId: string, key: string): Promise<KvValue> {
    return this.#values.get(namespaceId, key);
  }

  putValue(namespaceId: string, key: string, value: KvValue): Promise<void> {
    return this.#values.put(namespaceId, key, value);
  }

  deleteValue(namespaceId: string, key: string): Promise<void> {
    return this.#values.delete(namespaceId, key);
  }

  /** Names of all keys with the prefix, in order. */
  async keys(namespaceId: string, prefix = ""): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const keys of pagesOf(this.#values, namespaceId, prefix)) {
      names.push(...keys.map(({ name }) => name));
    }
    return names;
  }

  /** The keys with a prefix in the order of their names, a page at a time. */
  listKeys(namespaceId: string, page: KvPageOptions): Promise<KvPage> {
    return this.#values.list(namespaceId, page);
  }

  get scripts(): readonly Script[] {
    return this.#held.scripts.all;
  }

  script(name: string): Script {
    return this.#held.scripts.get(name);
  }

  /**
   * Creates or replaces a Worker. One that does not start is refused, and the one before it keeps answering.
   */
  putScript(script: Script): Promise<Script> {
    return this.changeScript(script.name, () => script);
  }

  /**
   * As `putScript`, for one that depends on what is there at that moment: the newest version, deployed or
   * not.
   */
  changeScript(
    name: string,
    change: (before: Script | undefined) => Script,
    source: UploadSource = "api",
  ): Promise<Script> {
    return this.#change(({ scripts }) => scripts.change(name, change, source), always);
  }

  /**
   * Changes a Worker that exists, and deploys it.
   *
   * @param whenNotDeployed The refusal where a newer version waits to be deployed: the change would pass it
   *   by.
   */
  editScript(
    name: string,
    change: (before: Script) => Script,
    source: UploadSource,
    whenNotDeployed: () => CloudflareError,
  ): Promise<Script> {
    return this.#change(({ scripts }) => scripts.edit(name, change, source, whenNotDeployed), always);
  }

  /**
   * Takes a version of a Worker that exists, made of its newest one, and leaves the one that answers as it
   * is. Returns that one, with the new version in its history.
   */
  uploadVersion(
    name: string,
    change: (before: Script) => Script,
    source: UploadSource,
  ): Promise<RecordedScript> {
    return this.#change(({ scripts }) => scripts.upload(name, change, source));
  }

  /**
   * Lets a version that was uploaded before answer from now on.
   *
   * @param force Goes back to an earlier version though secrets were changed since, instead of refusing.
   */
  deployVersion(
    name: string,
    versionId: string,
    source: UploadSource,
    force = false,
  ): Promise<RecordedScript> {
    return this.#change(({ scripts }) => scripts.deploy(name, versionId, source, force), always);
  }

  /** The version that answers as it is, any other as it was uploaded. */
  version(name: string, versionId: string): Script {
    return this.#held.scripts.version(name, versionId);
  }

  /** Changes what is kept with a Worker and has no effect on this machine. */
  annotateScript(
    name: string,
    change: (before: Script) => Pick<Script, "settings" | "subdomain">,
  ): Promise<Script> {
    return this.#change(({ scripts }) => scripts.annotate(name, change));
  }

  /**
   * @param force Takes the routes and custom domains that lead to it along, instead of refusing.
   * @param whileBound Does not look whether other Workers call it. Default: as `force`.
   */
  deleteScript(name: string, force = false, whileBound = force): Promise<void> {
    return this.#change((draft) => {
      draft.deleteScript(name, force, whileBound);
    }, always);
  }

  /** As they are at this moment: ask again for what is there later. Change them with `changeSecrets`. */
  get secretsStores(): Pick<SecretsStores, "stores" | "store" | "secrets" | "secret"> {
    return this.#held.stores;
  }

  /** Sets a value in a Secrets Store; Workers bound to it get it at once. */
  putSecret(storeId: string, secretName: string, value: string): Promise<void> {
    return this.changeSecrets((stores) => {
      stores.put(storeId, secretName, value);
    });
  }

  /** Changes stores and secrets, all or none; Workers bound to a changed value get it at once. */
  changeSecrets<Result>(change: (stores: SecretsStores) => Result): Promise<Result> {
    return this.#change(
      ({ stores }) => change(stores),
      (before, after) => before.boundSecrets !== after.boundSecrets,
    );
  }

  get domains(): readonly CustomDomain[] {
    return this.#held.domains.all;
  }

  domain(id: string): CustomDomain {
    return this.#held.domains.get(id);
  }

  putDomain(hostname: string, scriptName: string): Promise<CustomDomain> {
    return this.#change(({ scripts, domains }) => {
      scripts.get(scriptName);
      return domains.put(this.zones, hostname, scriptName);
    });
  }

  /** Attaches these hostnames, and no others, to the Worker: all of them or, when one is refused, none. */
  setDomainsOf(scriptName: string, hostnames: readonly string[]): Promise<readonly CustomDomain[]> {
    return this.#change(({ scripts, domains }) => {
      scripts.get(scriptName);
      return domains.setOf(this.zones, hostnames, scriptName);
    });
  }

  deleteDomain(id: string): Promise<void> {
    return this.#change(({ domains }) => {
      domains.delete(id);
    });
  }

  /**
   * All routes. A new array after every change of them, so that readers can keep what they derived from it.
   */
  get routes(): readonly Route[] {
    return this.#held.routes.all;
  }

  createRoute(zoneId: string, pattern: string, script: string | undefined): Promise<Route> {
    return this.#change(({ routes }) => routes.create(zoneId, pattern, script));
  }

  replaceRoute(id: string, pattern: string, script: string | undefined): Promise<Route> {
    return this.#change(({ routes }) => routes.replace(id, pattern, script));
  }

  /** Makes these routes, and no others, lead to the Worker: all of them or, when one is refused, none. */
  setRoutesOf(
    scriptName: string,
    wanted: readonly Pick<Route, "zoneId" | "pattern">[],
  ): Promise<readonly Route[]> {
    return this.#change(({ scripts, routes }) => {
      scripts.get(scriptName);
      return routes.setOf(scriptName, wanted);
    });
  }

  deleteRoute(id: string): Promise<void> {
    return this.#change(({ routes }) => {
      routes.delete(id);
    });
  }

  /** Cron expressions of a Worker, UTC. */
  schedules(scriptName: string): readonly string[] {
    this.script(scriptName);
    return this.#held.schedules.of(scriptName)?.crons ?? [];
  }

  /** When a Worker's cron triggers changed, ISO 8601; undefined when it never had any. */
  schedulesChangedOn(scriptName: string): string | undefined {
    return this.#held.schedules.of(scriptName)?.changedOn;
  }

  putSchedules(scriptName: string, crons: readonly string[]): Promise<void> {
    return this.#change(({ scripts, schedules }) => {
      scripts.get(scriptName);
      schedules.put(scriptName, crons);
    });
  }

  /** As they are at this moment: ask again for what is there later. Change them with `changeTokens`. */
  get tokens(): Pick<ApiTokens, "all" | "get" | "withValue"> {
    return this.#held.tokens;
  }

  changeTokens<Result>(change: (tokens: ApiTokens) => Result): Promise<Result> {
    return this.#change(({ tokens }) => change(tokens));
  }

  /**
   * Everything it holds but its zones, with the values of its namespaces. What Workers write meanwhile may be in it
   * or not; what others change waits.
   *
   * @param most Bytes that keys, values and metadata may have together.
   * @throws SnapshotTooLarge when they have more.
   */
  snapshot(most: number): Promise<AccountSnapshot> {
    return this.#changes.inSteps((held) => readSnapshot(held.contents, this.#values, most));
  }

  /**
   * Puts everything back as a snapshot has it, all of it or nothing. Requests that have begun end with the Workers
   * and the values of before, and what they write does not come into those that were put back.
   */
  restore(snapshot: AccountSnapshot): Promise<void> {
    return this.#changes.inSteps((held, take) =>
      putBack(snapshot, {
        held,
        take,
        values: this.#values,
        zone: (id) => this.#zones.get(id),
        // Nobody waits for that: it never fails, and no Worker of now reads them. Those of before still may: to
        // them, a store that others write to is one that fails.
        abandon: (storages) => void this.#changes.settled().then(() => this.#empty(storages)),
      }),
    );
  }

  get #held(): Holdings {
    return this.#changes.held;
  }

  #change<Result>(work: (draft: Holdings) => Result, startsWorkers?: StartsWorkers): Promise<Result> {
    return this.#changes.change(work, startsWorkers);
  }

  /** Removes the values of namespaces that are gone. */
  async #empty(storages: readonly string[]): Promise<void> {
    try {
      for (const storage of storages) await this.#values.empty(storage);
      await this.#change(({ leaving }) => {
        for (const storage of storages) leaving.delete(storage);
      });
    } catch {
      // The namespace is gone, and nobody can ask for them. The next start tries again.
    }
  }
}
