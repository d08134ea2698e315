import type { KvPage, KvPageOptions, KvStore, KvValue } from "./model.ts";

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

  list(namespaceId: string, { prefix, cursor, limit }: KvPageOptions): Promise<KvPage> {
    const after = Buffer.from(cursor, "base64url");
    const found = [...(this.#values.get(namespaceId) ?? [])]
      .filter(([name, value]) => name.startsWith(prefix) && isAlive(value))
      .map(([name, value]) => ({ name, bytes: Buffer.from(name), value }))
      .filter(({ bytes }) => cursor === "" || Buffer.compare(bytes, after) > 0)
      .sort((a, b) => Buffer.compare(a.bytes, b.bytes));
    const page = found.slice(0, limit);
    const keys = page.map(({ name, value: { metadata, expiration } }) => ({
      name,
      ...(metadata !== undefined && { metadata }),
      ...(expiration !== undefined && { expiration }),
    }));
    const isLast = page.length === found.length;
    return Promise.resolve({ keys, cursor: isLast ? "" : (page.at(-1)?.bytes.toString("base64url") ?? "") });
  }
}

function isAlive({ expiration }: KvValue): boolean {
  return expiration === undefined || expiration * 1000 > Date.now();
}
