import { refusals } from "./refusals.ts";
import type { AccountContents, SecretsStore, StoredSecret } from "./model.ts";
import { newId } from "./new-id.ts";

/** Cloudflare has one store for an account, and 100 secrets in it. Here clients may try out several of both. */
const STORES = 100;
const SECRETS = 1000;

/** The Secrets Stores of an account. Every method throws CloudflareError when Cloudflare would refuse. */
export class SecretsStores {
  readonly #stores = new Map<string, SecretsStore>();
  readonly #secrets = new Map<string, StoredSecret>();

  constructor({ stores = [], secrets }: Pick<AccountContents, "stores" | "secrets">) {
    for (const store of stores) this.#stores.set(store.id, store);
    for (const secret of secrets) {
      this.put(secret.storeId, secret.name, secret.value);
      const made = this.find(secret.storeId, secret.name);
      if (made !== undefined) this.#replace(made.id, { ...made, ...secret });
    }
  }

  get stores(): readonly SecretsStore[] {
    return [...this.#stores.values()];
  }

  get all(): readonly StoredSecret[] {
    return [...this.#secrets.values()];
  }

  store(id: string): SecretsStore {
    const store = this.#stores.get(id);
    if (store === undefined) throw refusals.storeNotFound();
    return store;
  }

  createStore(name: string): SecretsStore {
    if (this.#stores.size >= STORES) throw refusals.accountFull(`${STORES} Secrets Stores in an account`);
    return this.#makeStore(name, newId());
  }

  #makeStore(name: string, id: string): SecretsStore {
    if (this.stores.some((store) => store.name === name)) throw refusals.storeNameTaken();
    const now = new Date().toISOString();
    const store = { id, name, createdOn: now, modifiedOn: now };
    this.#stores.set(id, store);
    return store;
  }

  deleteStore(id: string): SecretsStore {
    const store = this.store(id);
    for (const secret of this.secrets(id)) this.#secrets.delete(secret.id);
    this.#stores.delete(id);
    return store;
  }

  secrets(storeId: string): readonly StoredSecret[] {
    this.store(storeId);
    return this.all.filter((secret) => secret.storeId === storeId);
  }

  secret(storeId: string, id: string): StoredSecret {
    const secret = this.#secrets.get(id);
    if (secret?.storeId !== storeId) throw refusals.secretNotFound();
    return secret;
  }

  find(storeId: string, name: string): StoredSecret | undefined {
    return this.all.find((secret) => secret.storeId === storeId && secret.name === name);
  }

  createSecret(
    storeId: string,
    secret: Pick<StoredSecret, "name" | "value" | "comment" | "scopes">,
  ): StoredSecret {
    this.store(storeId);
    if (this.#secrets.size >= SECRETS) throw refusals.accountFull(`${SECRETS} secrets in an account`);
    return this.#makeSecret(storeId, secret);
  }

  #makeSecret(
    storeId: string,
    { name, value, comment, scopes }: Pick<StoredSecret, "name" | "value" | "comment" | "scopes">,
  ): StoredSecret {
    if (this.find(storeId, name) !== undefined) throw refusals.secretNameTaken();
    const now = new Date().toISOString();
    const secret = { id: newId(), storeId, name, value, comment, scopes, createdOn: now, modifiedOn: now };
    this.#secrets.set(secret.id, secret);
    return secret;
  }

  editSecret(
    storeId: string,
    id: string,
    change: Partial<Pick<StoredSecret, "value" | "comment" | "scopes">>,
  ): StoredSecret {
    const before = this.secret(storeId, id);
    const secret = { ...before, ...change, modifiedOn: new Date().toISOString() };
    this.#secrets.set(id, secret);
    return secret;
  }

  deleteSecret(storeId: string, id: string): StoredSecret {
    const secret = this.secret(storeId, id);
    this.#secrets.delete(id);
    return secret;
  }

  /** Sets a value, and makes the store and the secret where they do not exist. */
  put(storeId: string, name: string, value: string): void {
    if (!this.#stores.has(storeId)) this.#makeStore(`store-${storeId}`, storeId);
    const before = this.find(storeId, name);
    if (before === undefined) this.#makeSecret(storeId, { name, value, comment: "", scopes: ["workers"] });
    else this.editSecret(storeId, before.id, { value });
  }

  #replace(id: string, secret: StoredSecret): void {
    this.#secrets.delete(id);
    this.#secrets.set(secret.id, secret);
  }
}
