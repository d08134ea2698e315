import { refusals } from "./errors.ts";
import type { Script } from "./model.ts";

/** Cloudflare's limit for one text binding, in bytes. */
const TEXT_LIMIT = 5 * 1024;

/** Cloudflare's limit for text bindings of one Worker on the paid plan. */
const TEXT_BINDINGS_LIMIT = 128;

/**
 * Cloudflare's rules for an upload, before any code runs.
 *
 * @throws CloudflareError for the first rule that is broken.
 */
export function assertScriptAllowed(script: Script, hasNamespace: (id: string) => boolean): void {
  if (!/^[a-z0-9_][a-z0-9_-]{0,62}$/.test(script.name)) throw refusals.scriptNameNotValid(script.name);
  const names = new Set<string>();
  let texts = 0;
  for (const binding of script.bindings) {
    if (names.has(binding.name)) throw refusals.bindingNameTaken(binding.name);
    names.add(binding.name);
    switch (binding.type) {
      case "kv_namespace":
        if (!hasNamespace(binding.namespaceId)) throw refusals.bindingNamespaceNotValid(binding.namespaceId);
        break;
      case "plain_text":
      case "secret_text":
        if (Buffer.byteLength(binding.text) > TEXT_LIMIT) throw refusals.bindingTextTooLong(binding.name);
        texts += 1;
        break;
      case "secrets_store_secret":
        break;
      default:
        binding satisfies never;
    }
  }
  if (texts > TEXT_BINDINGS_LIMIT) throw refusals.tooManyBindings(TEXT_BINDINGS_LIMIT);
}
