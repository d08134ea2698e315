import { randomUUID } from "node:crypto";
import { parseCron } from "./cron.ts";
import { refusals } from "./errors.ts";
import { MemoryKv } from "./memory-kv.ts";
import { type Deployment, WorkerStartError } from "./model.ts";
import type {
  AccountContents,
  KvNamespace,
  KvStore,
  KvValue,
  Route,
  Script,
  WorkerHost,
  Zone,
} from "./model.ts";
import { assertPatternAllowed } from "./route-rules.ts";
import { assertScriptAllowed } from "./script-rules.ts";

/**
 * One Cloudflare account on this machine: what exists in it, under Cloudflare's rules and with its error codes.
 * It starts empty. Without a host it is data only; with one, Workers run and KV values are the ones they read.
 *
 * Every method throws CloudflareError when Cloudflare would refuse.
 */
export class LocalAccount {
  readonly #zones = new Map<string, Zone>();
  readonly #namespaces = new Map<string, KvNamespace>();
  readonly #scripts = new Map<string, Script>();
  readonly #schedules = new Map<string, readonly string[]>();
  readonly #secrets = new Map<string, string>();
  #routes: readonly Route[] = [];
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
    if (held === undefined) return;
    for (const namespace of held.namespaces) this.#namespaces.set(namespace.id, namespace);
    for (const script of held.scripts) this.#scripts.set(script.name, script);
    for (const { script, crons } of held.schedules) this.#schedules.set(script, crons);
    for (const { storeId, name, value } of held.secrets) this.#secrets.set(secretKey(storeId, name), value);
    this.#routes = held.routes;
  }

  /** Everything it holds but its zones and KV values. What is added to the account has to be added here. */
  get contents(): AccountContents {
    return {
      namespaces: this.namespaces,
      scripts: this.scripts,
      routes: this.#routes,
      schedules: [...this.#schedules].map(([script, crons]) => ({ script, crons })),
      secrets: [...this.#secrets].map(([key, value]) => {
        const [storeId, name] = JSON.parse(key) as [string, string];
        return { storeId, name, value };
      }),
    };
  }

  /** Lets the host run the account's Workers from now on, and moves the KV values to it. */
  attach(host: WorkerHost): Promise<void> {
    return this.#change(async () => {
      await host.run(this.#deployment());
      for (const namespaceId of this.#namespaces.keys()) {
        for (const key of await this.#values.keys(namespaceId, "")) {
          const value = await this.#values.get(namespaceId, key);
          if (value !== undefined) await host.values.put(namespaceId, key, value);
        }
      }
      this.#values = host.values;
      this.#host = host;
    });
  }

  get zones(): readonly Zone[] {
    return [...this.#zones.values()];
  }

  addZone(zone: Zone): void {
    const taken = this.zones.some(({ id, name }) => id === zone.id || name === zone.name);
    if (taken) throw refusals.zoneTaken(zone.name);
    this.#zones.set(zone.id, zone);
  }

  get namespaces(): readonly KvNamespace[] {
    return [...this.#namespaces.values()];
  }

  createNamespace(title: string): Promise<KvNamespace> {
    return this.#change(async () => {
      this.#assertTitleFree(title);
      const namespace = { id: newId(), title };
      await this.#run({ namespaceIds: [...this.#namespaces.keys(), namespace.id] });
      this.#namespaces.set(namespace.id, namespace);
      return namespace;
    });
  }

  renameNamespace(id: string, title: string): KvNamespace {
    const { title: before } = this.#namespace(id);
    if (before !== title) this.#assertTitleFree(title);
    const namespace = { id, title };
    this.#namespaces.set(id, namespace);
    return namespace;
  }

  deleteNamespace(id: string): Promise<void> {
    return this.#change(async () => {
      this.#namespace(id);
      for (const key of await this.#values.keys(id, "")) await this.#values.delete(id, key);
      this.#namespaces.delete(id);
    });
  }

  async getValue(namespaceId: string, key: string): Promise<KvValue> {
    this.#namespace(namespaceId);
    const value = await this.#values.get(namespaceId, key);
    if (value === undefined) throw refusals.keyNotFound();
    return value;
  }

  async putValue(namespaceId: string, key: string, value: KvValue): Promise<void> {
    this.#namespace(namespaceId);
    const length = Buffer.byteLength(key);
    if (length < 1 || length > 512 || key === "." || key === "..") throw refusals.keyNotValid(key);
    await this.#values.put(namespaceId, key, value);
  }

  async deleteValue(namespaceId: string, key: string): Promise<void> {
    this.#namespace(namespaceId);
    await this.#values.delete(namespaceId, key);
  }

  async keys(namespaceId: string, prefix = ""): Promise<readonly string[]> {
    this.#namespace(namespaceId);
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
  putScript(script: Script): Promise<void> {
    return this.#change(async () => {
      assertScriptAllowed(script, (id) => this.#namespaces.has(id));
      await this.#run({ scripts: [...new Map(this.#scripts).set(script.name, script).values()] });
      this.#scripts.set(script.name, script);
    });
  }

  deleteScript(name: string): Promise<void> {
    return this.#change(async () => {
      this.script(name);
      const route = this.#routes.find(({ script }) => script === name);
      if (route !== undefined) throw refusals.scriptInUse(route.pattern);
      await this.#run({ scripts: this.scripts.filter((script) => script.name !== name) });
      this.#scripts.delete(name);
      this.#schedules.delete(name);
    });
  }

  /** Sets a value in a Secrets Store; Workers bound to it get it at once. */
  putSecret(storeId: string, secretName: string, value: string): Promise<void> {
    return this.#change(async () => {
      const before = this.#secrets.get(secretKey(storeId, secretName));
      this.#secrets.set(secretKey(storeId, secretName), value);
      const isBound = this.scripts.some(({ bindings }) =>
        bindings.some(({ type }) => type === "secrets_store_secret"),
      );
      if (before !== value && isBound) await this.#run({});
    });
  }

  /** All routes. A new array after every change, so that readers can keep what they derived from it. */
  get routes(): readonly Route[] {
    return this.#routes;
  }

  createRoute(zoneId: string, pattern: string, script: string | undefined): Route {
    const route = this.#allowedRoute({ id: newId(), zoneId, pattern, script });
    this.#routes = [...this.#routes, route];
    return route;
  }

  replaceRoute(id: string, pattern: string, script: string | undefined): Route {
    const before = this.#routes.find((candidate) => candidate.id === id);
    if (before === undefined) throw refusals.routeNotFound();
    const route = this.#allowedRoute({ ...before, pattern, script });
    this.#routes = this.#routes.map((candidate) => (candidate.id === id ? route : candidate));
    return route;
  }

  deleteRoute(id: string): void {
    const others = this.#routes.filter((candidate) => candidate.id !== id);
    if (others.length === this.#routes.length) throw refusals.routeNotFound();
    this.#routes = others;
  }

  /** Cron expressions of a Worker, UTC. */
  schedules(scriptName: string): readonly string[] {
    this.script(scriptName);
    return this.#schedules.get(scriptName) ?? [];
  }

  putSchedules(scriptName: string, crons: readonly string[]): void {
    this.script(scriptName);
    for (const cron of crons) if (parseCron(cron) === undefined) throw refusals.cronNotValid(cron);
    this.#schedules.set(scriptName, [...new Set(crons)]);
  }

  #namespace(id: string): KvNamespace {
    const namespace = this.#namespaces.get(id);
    if (namespace === undefined) throw refusals.namespaceNotFound();
    return namespace;
  }

  #assertTitleFree(title: string): void {
    if (title === "") throw refusals.namespaceTitleMissing();
    if (this.namespaces.some((namespace) => namespace.title === title)) throw refusals.namespaceTitleTaken();
  }

  /** The route with its pattern as Cloudflare writes it. */
  #allowedRoute(route: Route): Route {
    const zone = this.#zones.get(route.zoneId);
    if (zone === undefined) throw refusals.zoneNotFound(route.zoneId);
    const pattern = assertPatternAllowed(route.pattern, zone);
    const taken = this.#routes.some((other) => other.id !== route.id && other.pattern === pattern.text);
    if (taken) throw refusals.routePatternTaken(pattern.text);
    if (route.script !== undefined && !this.#scripts.has(route.script)) throw refusals.routeScriptNotFound();
    return { ...route, pattern: pattern.text };
  }

  #deployment(): Deployment {
    return {
      scripts: this.scripts,
      namespaceIds: [...this.#namespaces.keys()],
      secret: (storeId, secretName) => this.#secrets.get(secretKey(storeId, secretName)),
    };
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

function newId(): string {
  return randomUUID().replaceAll("-", "");
}

function secretKey(storeId: string, secretName: string): string {
  return JSON.stringify([storeId, secretName]);
}
