import { FRONT_HEADERS } from "./front-worker.ts";
import type { Generation } from "./generation.ts";
import type { KvKey, KvStore, KvValue } from "./model.ts";

/** The KV values that the running Workers read, through the runtime's own KV bindings. */
export class RuntimeKv implements KvStore {
  readonly #current: () => Promise<Generation>;

  constructor(current: () => Promise<Generation>) {
    this.#current = current;
  }

  async get(namespaceId: string, key: string): Promise<KvValue | undefined> {
    const response = await this.#operate("get", namespaceId, key);
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (response.status === 404) return undefined;
    const metadata = response.headers.get(FRONT_HEADERS.metadata);
    const expiration = response.headers.get(FRONT_HEADERS.expiration);
    return {
      bytes,
      ...(metadata !== null && { metadata: JSON.parse(decodeURIComponent(metadata)) as unknown }),
      ...(expiration !== null && { expiration: Number(expiration) }),
    };
  }

  async put(namespaceId: string, key: string, { bytes, metadata, expiration }: KvValue): Promise<void> {
    const headers = {
      ...(metadata !== undefined && {
        [FRONT_HEADERS.metadata]: encodeURIComponent(JSON.stringify(metadata)),
      }),
      ...(expiration !== undefined && { [FRONT_HEADERS.expiration]: String(expiration) }),
    };
    await this.#operate("put", namespaceId, key, headers, bytes);
  }

  async delete(namespaceId: string, key: string): Promise<void> {
    await this.#operate("delete", namespaceId, key);
  }

  async keys(namespaceId: string, prefix: string): Promise<readonly KvKey[]> {
    const response = await this.#operate("keys", namespaceId, prefix);
    return (await response.json()) as KvKey[];
  }

  async #operate(
    operation: string,
    namespaceId: string,
    name: string,
    headers: Record<string, string> = {},
    body?: Uint8Array,
  ): Promise<Response> {
    const target = { [FRONT_HEADERS.namespace]: namespaceId, [FRONT_HEADERS.name]: encodeURIComponent(name) };
    return (await this.#current()).operate(operation, { ...headers, ...target }, body);
  }
}
