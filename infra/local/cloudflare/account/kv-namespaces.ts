import { refusals } from "./refusals.ts";
import type { KvNamespace } from "./model.ts";

/**
 * The KV namespaces of an account, without their values. Throws CloudflareError when Cloudflare would refuse.
 */
export class KvNamespaces {
  readonly #namespaces = new Map<string, KvNamespace>();

  constructor(namespaces: readonly KvNamespace[] = []) {
    for (const namespace of namespaces) this.#namespaces.set(namespace.id, namespace);
  }

  get all(): readonly KvNamespace[] {
    return [...this.#namespaces.values()];
  }

  get ids(): readonly string[] {
    return [...this.#namespaces.keys()];
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
    this.#namespaces.set(namespace.id, namespace);
  }

  rename(id: string, title: string): KvNamespace {
    if (this.get(id).title !== title) this.assertTitleFree(title);
    const namespace = { id, title };
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
