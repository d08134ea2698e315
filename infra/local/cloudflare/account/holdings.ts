import { ApiTokens } from "./api-tokens.ts";
import { CronSchedules } from "./cron-schedules.ts";
import { CustomDomains } from "./custom-domains.ts";
import { refusals } from "./refusals.ts";
import { KvNamespaces, storageOf } from "./kv-namespaces.ts";
import type { AccountContents, Deployment, Script, Zone } from "./model.ts";
import { SecretsStores } from "./secrets-stores.ts";
import { WorkerRoutes } from "./worker-routes.ts";
import { WorkerScripts } from "./worker-scripts.ts";

/**
 * What an account holds but its zones and KV values. A change works on a copy of it, which takes its place as
 * a whole or not at all.
 */
export class Holdings {
  readonly namespaces: KvNamespaces;
  /** Storages of namespaces that are gone, and some of whose values may still be there. */
  readonly leaving: Set<string>;
  readonly scripts: WorkerScripts;
  readonly schedules: CronSchedules;
  readonly stores: SecretsStores;
  readonly domains: CustomDomains;
  readonly routes: WorkerRoutes;
  readonly tokens: ApiTokens;
  readonly #zone: (id: string) => Zone | undefined;

  constructor(zone: (id: string) => Zone | undefined, held?: AccountContents) {
    this.#zone = zone;
    this.namespaces = new KvNamespaces(held?.namespaces);
    this.leaving = new Set(held?.leaving);
    this.scripts = new WorkerScripts((id) => this.namespaces.has(id), held);
    this.schedules = new CronSchedules(held?.schedules);
    this.stores = new SecretsStores(held ?? { secrets: [] });
    this.domains = new CustomDomains(held?.domains);
    this.routes = new WorkerRoutes({ zone, hasScript: (name) => this.scripts.has(name) }, held?.routes);
    this.tokens = new ApiTokens(held?.tokens);
  }

  copy(): Holdings {
    return new Holdings(this.#zone, this.contents);
  }

  /** Enough to make the same again. What is added to an account has to be added here. */
  get contents(): Required<AccountContents> {
    return {
      namespaces: this.namespaces.all,
      scripts: this.scripts.all,
      routes: this.routes.all,
      schedules: this.schedules.all,
      secrets: this.stores.all,
      stores: this.stores.stores,
      domains: this.domains.all,
      uploads: this.scripts.uploads ?? [],
      leaving: [...this.leaving],
      tokens: this.tokens.all,
    };
  }

  get deployment(): Deployment {
    return {
      scripts: this.scripts.all.map((script) => this.#boundToStorages(script)),
      namespaceIds: [...this.namespaces.storages, ...this.leaving],
      secret: (storeId, secretName) => this.stores.find(storeId, secretName)?.value,
    };
  }

  #boundToStorages(script: Script): Script {
    const bindings = script.bindings.map((binding) =>
      binding.type === "kv_namespace" && this.namespaces.has(binding.namespaceId)
        ? { ...binding, namespaceId: storageOf(this.namespaces.get(binding.namespaceId)) }
        : binding,
    );
    return { ...script, bindings };
  }

  /** Everything that a change of secrets can change for Workers. */
  get boundSecrets(): string {
    const bound = this.scripts.all.flatMap(({ bindings }) =>
      bindings.map((binding) =>
        binding.type === "secrets_store_secret"
          ? this.stores.find(binding.storeId, binding.secretName)?.value
          : null,
      ),
    );
    return JSON.stringify(bound);
  }

  /**
   * @param force Takes the routes and custom domains that lead to it along, instead of refusing.
   * @param whileBound Does not look whether other Workers call it. Default: as `force`.
   */
  deleteScript(name: string, force: boolean, whileBound = force): void {
    this.scripts.get(name);
    const users = this.scripts.boundTo(name);
    if (!whileBound && users.length > 0) throw refusals.scriptBound(name, users);
    const route = this.routes.all.find(({ script }) => script === name);
    const domain = this.domains.all.find(({ script }) => script === name);
    if (!force && route !== undefined) throw refusals.scriptInUse(`the route ${route.pattern}`);
    if (!force && domain !== undefined) throw refusals.scriptInUse(`the custom domain ${domain.hostname}`);
    this.routes.deleteOf(name);
    for (const { id, script } of this.domains.all) if (script === name) this.domains.delete(id);
    this.scripts.delete(name);
    this.schedules.delete(name);
  }
}
