import { refusals } from "./refusals.ts";
import type { KvNamespace } from "./model.ts";

/** Cloudflare's limit for an account. */
const MOST = 1000;

/** Where the values of a namespace are. */
export function storageOf({ id, storage = id }: KvNamespace): string {
  return storage;
}

/** The KV namespaces of an account, without their values. Throws CloudflareError when Cloudflare would refuse. */
export class KvNamespaces {
  readonly #namespaces = new Map<string, KvNamespace>();

  constructor(namespaces: readonly KvNamespace[] = []) {
    for (const namespace of namespaces) this.#namespaces.set(namespace.id, namespace);
  }

  get all(): readonly KvNamespace[] {
    return [...this.#namespaces.values()];
  }

  /** Where the values of all of them are. */
  get storages(): readonly string[] {
    return this.all.map(storageOf);
  }

  has(id: string): boolean {
    return this.#namespaces.has(id);
  }

  get(id: string): KvNamespace {
    const namespace = this.#namespaces.get(id);
    if (namespace === undefined) throw refusals.namespaceNotFound();
    return namespace;
  }

  add(namespace: KvNamespace): void {
    if (this.#namespaces.size >= MOST) throw refusals.accountFull(`${MOST} KV namespaces in an account`);
    this.#namespaces.set(namespace.id, namespace);
  }

  rename(id: string, title: string): KvNamespace {
    if (this.get(id).title !== title) this.assertTitleFree(title);
    const namespace = { ...this.get(id), title };
    this.#namespaces.set(id, namespace);
    return namespace;
  }

  delete(id: string): void {
    this.#namespaces.delete(id);
  }

  assertTitleFree(title: string): void {
    if (title === "") throw refusals.namespaceTitleMissing();
    if (this.all.some((namespace) => namespace.title === title)) throw refusals.namespaceTitleTaken();
  }
}
