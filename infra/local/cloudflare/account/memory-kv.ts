import type { KvKey, KvStore, KvValue } from "./model.ts";

/** Keeps KV values until Workers run, when the runtime's own storage takes over. */
export class MemoryKv implements KvStore {
  readonly #values = new Map<string, Map<string, KvValue>>();

  get(namespaceId: string, key: string): Promise<KvValue | undefined> {
    const value = this.#values.get(namespaceId)?.get(key);
    return Promise.resolve(value !== undefined && isAlive(value) ? value : undefined);
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

  keys(namespaceId: string, prefix: string): Promise<readonly KvKey[]> {
    const keys = [...(this.#values.get(namespaceId) ?? [])]
      .filter(([name, value]) => name.startsWith(prefix) && isAlive(value))
      .map(([name, { metadata, expiration }]) => ({
        name,
        ...(metadata !== undefined && { metadata }),
        ...(expiration !== undefined && { expiration }),
      }));
    return Promise.resolve(keys.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name))));
  }
}

function isAlive({ expiration }: KvValue): boolean {
  return expiration === undefined || expiration * 1000 > Date.now();
}
