import { gzipSync } from "node:zlib";
import { refusals } from "./refusals.ts";
import type { Script } from "./model.ts";

/** Cloudflare's limit for one text binding, in bytes. */
const TEXT_LIMIT = 5 * 1024;

/** Cloudflare's limit for text bindings of one Worker on the paid plan. */
const TEXT_BINDINGS_LIMIT = 128;

/** More than Cloudflare allows, with those of types that are not emulated. */
const BINDINGS_LIMIT = 1000;

/** Cloudflare's limits for a Worker's code on the paid plan: as it is, and compressed, in bytes. */
const CODE_LIMIT = 64 * 1024 * 1024;
const COMPRESSED_LIMIT = 10 * 1024 * 1024;

/** Cloudflare names no limit; no client needs longer ones, and they are kept and shown. */
const BINDING_NAME_LIMIT = 255;
const MODULE_NAME_LIMIT = 512;

/** What bindings may refer to. */
export interface BoundObjects {
  readonly hasNamespace: (id: string) => boolean;
  readonly hasScript: (name: string) => boolean;
}

/**
 * Cloudflare's rules for an upload, before any code runs.
 *
 * @throws CloudflareError for the first rule that is broken.
 */
export function assertScriptAllowed(script: Script, account: BoundObjects): void {
  if (!/^[a-z0-9_][a-z0-9_-]{0,62}$/.test(script.name)) throw refusals.scriptNameNotValid(script.name);
  assertCodeAllowed(script);
  if (script.bindings.length > BINDINGS_LIMIT) throw refusals.tooManyBindings(BINDINGS_LIMIT, "bindings");
  const names = new Set<string>();
  let texts = 0;
  for (const [index, binding] of script.bindings.entries()) {
    assertBindingNameAllowed(binding.name, index);
    if (names.has(binding.name)) throw refusals.bindingNameTaken(binding.name);
    names.add(binding.name);
    switch (binding.type) {
      case "kv_namespace":
        if (!account.hasNamespace(binding.namespaceId))
          throw refusals.bindingNamespaceNotValid(binding.namespaceId);
        break;
      case "plain_text":
      case "secret_text":
        if (Buffer.byteLength(binding.text) > TEXT_LIMIT) throw refusals.bindingTextTooLong(binding.name);
        texts += 1;
        break;
      case "json":
        if (Buffer.byteLength(JSON.stringify(binding.json)) > TEXT_LIMIT)
          throw refusals.bindingTextTooLong(binding.name);
        texts += 1;
        break;
      case "secrets_store_secret":
        break;
      case "service":
        if (!account.hasScript(binding.service))
          throw refusals.bindingServiceNotFound(binding.name, binding.service);
        break;
      default:
        binding satisfies never;
    }
  }
  if (texts > TEXT_BINDINGS_LIMIT) throw refusals.tooManyBindings(TEXT_BINDINGS_LIMIT, "text bindings");
}

function assertBindingNameAllowed(name: string, index: number): void {
  if (name === "") throw refusals.bindingNameMissing(index);
  if (name.length > BINDING_NAME_LIMIT) {
    throw refusals.bindingNameNotValid(name, `it has more than ${BINDING_NAME_LIMIT} characters`);
  }
  // An object cannot have it as a property of its own, and so no Worker could read it.
  if (name === "__proto__") throw refusals.bindingNameNotValid(name, "JavaScript keeps it for itself");
  if (!isPlainText(name)) throw refusals.bindingNameNotValid(name, "it has characters that no name has");
}

function assertCodeAllowed({ mainModule, content, modules = [] }: Script): void {
  for (const name of [mainModule, ...modules.map((module) => module.name)]) {
    const isNamed = name !== "" && name.length <= MODULE_NAME_LIMIT && isPlainText(name);
    if (!isNamed) throw refusals.moduleNameNotValid(name);
  }
  const size = modules.reduce(
    (sum, { base64 }) => sum + Buffer.byteLength(base64, "base64"),
    Buffer.byteLength(content),
  );
  if (size > CODE_LIMIT) throw refusals.scriptTooLarge("64 MiB");
  // What is not larger as it is cannot be larger when it is compressed.
  if (size <= COMPRESSED_LIMIT) return;
  const others = modules.map(({ base64 }) => Buffer.from(base64, "base64"));
  const compressed = gzipSync(Buffer.concat([Buffer.from(content), ...others]), { level: 1 });
  if (compressed.length > COMPRESSED_LIMIT) throw refusals.scriptTooLarge("10 MiB, compressed");
}

/** Whether a text has neither control characters nor halves of a character. */
function isPlainText(text: string): boolean {
  return text.isWellFormed() && !/\p{Cc}/u.test(text);
}
