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
  readonly #storageOf: (id: string) => string;
  #store: KvStore = new MemoryKv();

  /**
   * @param storageOf Where a namespace's values are. Throws CloudflareError for one that the account does not have.
   */
  constructor(storageOf: (id: string) => string) {
    this.#storageOf = storageOf;
  }

  async get(namespaceId: string, key: string): Promise<KvValue> {
    const value = await this.find(namespaceId, key);
    if (value === undefined) throw refusals.keyNotFound();
    return value;
  }

  /** Undefined for a key that is not there. */
  async find(namespaceId: string, key: string): Promise<KvValue | undefined> {
    const storage = this.#storageOf(namespaceId);
    assertKeyAllowed(key);
    return await this.#store.get(storage, key);
  }

  async put(namespaceId: string, key: string, value: KvValue): Promise<void> {
    const storage = this.#storageOf(namespaceId);
    assertKeyAllowed(key);
    await this.#store.put(storage, key, value);
  }

  async delete(namespaceId: string, key: string): Promise<void> {
    const storage = this.#storageOf(namespaceId);
    assertKeyAllowed(key);
    await this.#store.delete(storage, key);
  }

  /** The keys with the prefix in the order of their names, a page at a time. */
  async list(namespaceId: string, page: KvPageOptions): Promise<KvPage> {
    const storage = this.#storageOf(namespaceId);
    assertPrefixAllowed(page.prefix);
    return await this.#store.list(storage, page);
  }

  /** Copies the values of these storages to another store, which has them from then on. */
  async moveTo(store: KvStore, storages: Iterable<string>): Promise<void> {
    for (const storage of storages) {
      for await (const keys of pagesOf(this.#store, storage)) {
        for (const { name } of keys) {
          const value = await this.#store.get(storage, name);
          if (value !== undefined) await store.put(storage, name, value);
        }
      }
    }
    this.#store = store;
  }

  /** Removes everything of a storage, whether a namespace has it or not. */
  async empty(storage: string): Promise<void> {
    for await (const keys of pagesOf(this.#store, storage)) {
      await inBatches(keys, ({ name }) => this.#store.delete(storage, name));
    }
  }

  /** Puts values into a storage that no namespace has yet. */
  async fill(storage: string, values: ReadonlyMap<string, KvValue>): Promise<void> {
    await inBatches([...values], ([key, value]) => this.#store.put(storage, key, value));
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
