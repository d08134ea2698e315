import type { KvStore, KvValue } from "./model.ts";

/** Keeps KV values until Workers run, when the runtime's own storage takes over. */
export class MemoryKv implements KvStore {
  readonly #values = new Map<string, Map<string, KvValue>>();

  get(namespaceId: string, key: string): Promise<KvValue | undefined> {
    return Promise.resolve(this.#values.get(namespaceId)?.get(key));
  }

  put(namespaceId: string, key: string, value: KvValue): Promise<void> {
    const namespace = this.#values.get(namespaceId) ?? new Map<string, KvValue>();
    this.#values.set(namespaceId, namespace.set(key, value));
    return Promise.resolve();
  }

  delete(namespaceId: string, key: string): Promise<void> {
    this.#values.get(namespaceId)?.delete(key);
    return Promise.resolve();
  }

  keys(namespaceId: string, prefix: string): Promise<readonly string[]> {
    const keys = [...(this.#values.get(namespaceId)?.keys() ?? [])];
    return Promise.resolve(keys.filter((key) => key.startsWith(prefix)).sort());
  }
}
