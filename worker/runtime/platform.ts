/**
 * What the Worker uses of its platform, as narrow as it is used. Cloudflare's own objects fit these shapes,
 * and so do the parts that other runtimes offer, so the same modules type check with and without Workers
 * types.
 */

/** A KV namespace binding. */
export interface KeyValueNamespace {
  get(key: string, type: "text"): Promise<string | null>;
  put(key: string, value: string): Promise<void>;
}

/** A Secrets Store binding. */
export interface SecretBinding {
  get(): Promise<string>;
}

/** A service binding: another Worker. */
export interface ServiceBinding {
  fetch(request: Request): Promise<Response>;
}

/** The execution context of one request or one scheduled event. */
export interface Context {
  /** Keeps the runtime busy with `work` after the answer went out. */
  waitUntil(work: Promise<unknown>): void;
  /** Lets the origin answer if the Worker throws. */
  passThroughOnException(): void;
}

/** A cache of the data center. */
interface DataCenterCache {
  match(address: string): Promise<Response | undefined>;
  put(address: string, answer: Response): Promise<void>;
}

/**
 * A cache of the data center, by its name.
 * @throws What the runtime throws where it has none.
 */
export async function openCache(name: string): Promise<DataCenterCache> {
  const { caches } = globalThis as unknown as { caches: { open(name: string): Promise<DataCenterCache> } };
  return caches.open(name);
}

/** Variables, secrets and bindings, by name. */
export type Env = Readonly<Record<string, unknown>>;
