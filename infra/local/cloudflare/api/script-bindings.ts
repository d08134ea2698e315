import { z } from "zod";
import { DEFAULT_SERVICE_ENVIRONMENT } from "../../../cloudflare/service-environment.ts";
import type { ScriptBinding } from "../account/model.ts";
import { refusals } from "../account/refusals.ts";
import { apiRefusals } from "./api-errors.ts";

const named = z.looseObject({ name: z.string(), type: z.string() });

type NamedBinding = z.output<typeof named>;

/** More than the bindings that Cloudflare allows; how many texts may be among them is the account's rule. */
const MOST = 1000;

/** Bindings as an upload names them; each type's own fields are read in `readBindings`. */
export const bindingsBody = z.array(z.unknown()).max(MOST).pipe(z.array(named));

const fields = {
  kv_namespace: z.object({ namespace_id: z.string() }),
  text: z.object({ text: z.string() }),
  json: z.object({ json: z.json() }),
  secrets_store_secret: z.object({ store_id: z.string(), secret_name: z.string() }),
  service: z.object({
    service: z.string(),
    environment: z.string().max(100).nullish(),
    entrypoint: z.string().max(255).nullish(),
  }),
  inherit: z.object({ old_name: z.string().optional(), version_id: z.string().optional() }),
} as const;

/** What bindings of a request refer to. */
export interface EarlierBindings {
  /** Those of the newest version. */
  readonly newest: readonly ScriptBinding[];
  /** Those of another one; throws CloudflareError when there is no such version. */
  readonly of: (versionId: string) => readonly ScriptBinding[];
  /** Whether it is refused to inherit what is not there; it is left out otherwise. */
  readonly strict: boolean;
}

/**
 * What an upload's bindings become.
 *
 * @param keepTypes Types of bindings that stay though the upload does not name them (`keep_bindings`).
 * @throws CloudflareError for a type that is not emulated, or nothing to inherit.
 */
export function readBindings(
  bindings: readonly NamedBinding[],
  earlier: EarlierBindings,
  keepTypes: readonly string[],
): readonly ScriptBinding[] {
  const read = bindings.flatMap((binding) => readBinding(binding, earlier) ?? []);
  const kept = earlier.newest.filter(
    ({ name, type }) => keepTypes.includes(type) && !read.some((binding) => binding.name === name),
  );
  return [...read, ...kept];
}

/**
 * As `readBindings`, for a change of settings: a binding that comes with its name and type alone stays as it
 * is. So wrangler keeps secrets, whose values it cannot know, in `secret bulk`.
 *
 * @throws CloudflareError 10057 when there is no such binding.
 */
export function editBindings(
  bindings: readonly NamedBinding[],
  earlier: EarlierBindings,
  keepTypes: readonly string[],
): readonly ScriptBinding[] {
  const named = bindings.map((binding) => {
    if (binding.type === "inherit" || Object.keys(binding).length > 2) return binding;
    const { name, type } = binding;
    const isThere = earlier.newest.some((before) => before.name === name && before.type === type);
    if (!isThere) throw apiRefusals.nothingToInherit(name);
    return { name, type: "inherit" };
  });
  return readBindings(named, earlier, keepTypes);
}

/** Undefined for one that is to be inherited and not there. */
function readBinding(binding: NamedBinding, earlier: EarlierBindings): ScriptBinding | undefined {
  const { name, type } = binding;
  switch (type) {
    case "kv_namespace":
      return { type, name, namespaceId: fields.kv_namespace.parse(binding).namespace_id };
    case "plain_text":
    case "secret_text":
      return { type, name, text: fields.text.parse(binding).text };
    case "json":
      return { type, name, json: fields.json.parse(binding).json };
    case "secrets_store_secret": {
      const { store_id, secret_name } = fields.secrets_store_secret.parse(binding);
      return { type, name, storeId: store_id, secretName: secret_name };
    }
    case "service": {
      const { service, environment, entrypoint } = fields.service.parse(binding);
      if ((environment ?? DEFAULT_SERVICE_ENVIRONMENT) !== DEFAULT_SERVICE_ENVIRONMENT)
        throw refusals.bindingEnvironmentNotFound(name, service, environment ?? "");
      return { type, name, service, ...(entrypoint != null && { entrypoint }) };
    }
    case "inherit": {
      const { old_name = name, version_id = "latest" } = fields.inherit.parse(binding);
      const before = version_id === "latest" ? earlier.newest : earlier.of(version_id);
      const inherited = before.find((candidate) => candidate.name === old_name);
      if (inherited !== undefined) return { ...inherited, name };
      if (earlier.strict) throw apiRefusals.nothingToInherit(old_name);
      return undefined;
    }
    default:
      throw apiRefusals.bindingNotEmulated(type, name);
  }
}

/** A binding as Cloudflare answers it: a secret's text is never told. */
export function presentBinding(binding: ScriptBinding): Readonly<Record<string, unknown>> {
  const { name, type } = binding;
  switch (type) {
    case "kv_namespace":
      return { name, namespace_id: binding.namespaceId, type };
    case "plain_text":
      return { name, text: binding.text, type };
    case "json":
      return { json: binding.json, name, type };
    case "secret_text":
      return { name, type };
    case "secrets_store_secret":
      return { name, secret_name: binding.secretName, store_id: binding.storeId, type };
    case "service": {
      const { service, entrypoint } = binding;
      const environment = DEFAULT_SERVICE_ENVIRONMENT;
      return { ...(entrypoint !== undefined && { entrypoint }), environment, name, service, type };
    }
    default:
      return binding satisfies never;
  }
}
