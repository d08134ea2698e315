import { inBatches } from "./in-batches.ts";
import { assertKeyAllowed, assertPrefixAllowed } from "./kv-keys.ts";
import { MemoryKv } from "./memory-kv.ts";
import {
  KEYS_IN_PAGE,
  type KvKey,
  type KvPage,
  type KvPageOptions,
  type KvStore,
  type KvValue,
} from "./model.ts";
import { refusals } from "./refusals.ts";

/** The values of an account's namespaces: in memory at first, and where Workers read them once these run. */
export class NamespaceValues {
  readonly #assertNamespace: (id: string) => void;
  #store: KvStore = new MemoryKv();

  /** @param assertNamespace Throws CloudflareError for a namespace that the account does not have. */
  constructor(assertNamespace: (id: string) => void) {
    this.#assertNamespace = assertNamespace;
  }

  async get(namespaceId: string, key: string): Promise<KvValue> {
    this.#assertNamespace(namespaceId);
    assertKeyAllowed(key);
    const value = await this.#store.get(namespaceId, key);
    if (value === undefined) throw refusals.keyNotFound();
    return value;
  }

  async put(namespaceId: string, key: string, value: KvValue): Promise<void> {
    this.#assertNamespace(namespaceId);
    assertKeyAllowed(key);
    await this.#store.put(namespaceId, key, value);
  }

  async delete(namespaceId: string, key: string): Promise<void> {
    this.#assertNamespace(namespaceId);
    assertKeyAllowed(key);
    await this.#store.delete(namespaceId, key);
  }

  /** The keys with the prefix in the order of their names, a page at a time. */
  async list(namespaceId: string, page: KvPageOptions): Promise<KvPage> {
    this.#assertNamespace(namespaceId);
    assertPrefixAllowed(page.prefix);
    return await this.#store.list(namespaceId, page);
  }

  /** Copies the values of these namespaces to another store, which has them from then on. */
  async moveTo(store: KvStore, namespaceIds: Iterable<string>): Promise<void> {
    for (const namespaceId of namespaceIds) {
      for await (const keys of pagesOf(this.#store, namespaceId)) {
        for (const { name } of keys) {
          const value = await this.#store.get(namespaceId, name);
          if (value !== undefined) await store.put(namespaceId, name, value);
        }
      }
    }
    this.#store = store;
  }

  /** Removes everything of a namespace, whether the account has it or not. */
  async empty(namespaceId: string): Promise<void> {
    for await (const keys of pagesOf(this.#store, namespaceId)) {
      await inBatches(keys, ({ name }) => this.#store.delete(namespaceId, name));
    }
  }
}

/** All keys with a prefix, in pages. */
export async function* pagesOf(
  store: Pick<KvStore, "list">,
  namespaceId: string,
  prefix = "",
): AsyncGenerator<readonly KvKey[]> {
  let cursor = "";
  do {
    const page = await store.list(namespaceId, { prefix, cursor, limit: KEYS_IN_PAGE });
    yield page.keys;
    cursor = page.cursor;
  } while (cursor !== "");
}
