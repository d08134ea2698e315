import { createHash } from "node:crypto";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import type { Script, ScriptBinding } from "../cloudflare/account/model.ts";
import { type Attributes, RESOURCE_SCHEMAS, type ResourceType } from "./resources.ts";
import { stackError } from "./read-stack.ts";

export interface ApplyContext {
  readonly address: string;
  readonly account: LocalAccount;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Id of the one that it changes; without one it is made. */
  readonly existingId?: string | undefined;
}

/** What a resource became in the account. */
export interface Applied {
  readonly id: string;
  /** What a person calls it. */
  readonly name: string;
}

/**
 * Makes or changes one resource in the account.
 *
 * @throws CloudflareError when Cloudflare would refuse it, UserError when the stack contradicts itself.
 */
export async function applyResource(
  type: ResourceType,
  raw: unknown,
  context: ApplyContext,
): Promise<Applied> {
  const { account, existingId } = context;
  switch (type) {
    case "cloudflare_workers_kv_namespace": {
      const { account_id, title } = RESOURCE_SCHEMAS[type].parse(raw);
      assertAccount(account_id, context);
      const { id } =
        existingId === undefined
          ? await account.createNamespace(title)
          : await account.renameNamespace(existingId, title);
      return { id, name: title };
    }
    case "cloudflare_workers_kv": {
      const { account_id, namespace_id, key_name, value } = RESOURCE_SCHEMAS[type].parse(raw);
      assertAccount(account_id, context);
      await account.putValue(namespace_id, key_name, { bytes: new TextEncoder().encode(value) });
      return { id: key_name, name: key_name };
    }
    case "cloudflare_workers_script": {
      const attributes = RESOURCE_SCHEMAS[type].parse(raw);
      assertAccount(attributes.account_id, context);
      await account.putScript(await readScript(attributes, context));
      return { id: attributes.script_name, name: attributes.script_name };
    }
    case "cloudflare_workers_route": {
      const { zone_id, pattern, script } = RESOURCE_SCHEMAS[type].parse(raw);
      const { id } =
        existingId === undefined
          ? await account.createRoute(zone_id, pattern, script)
          : await account.replaceRoute(existingId, pattern, script);
      return { id, name: pattern };
    }
    case "cloudflare_workers_cron_trigger": {
      const { account_id, script_name, schedules } = RESOURCE_SCHEMAS[type].parse(raw);
      assertAccount(account_id, context);
      const crons = schedules.map(({ cron }) => cron);
      await account.putSchedules(script_name, crons);
      return { id: script_name, name: crons.join(", ") };
    }
    default:
      return type satisfies never;
  }
}

function assertAccount(accountId: string, { address, account }: ApplyContext): void {
  if (accountId === account.id) return;
  throw stackError([`${address} is for the account ${accountId}, but the local account is ${account.id}`]);
}

async function readScript(
  attributes: Attributes<"cloudflare_workers_script">,
  { address, readFile }: ApplyContext,
): Promise<Script> {
  const { content_file, content_sha256, main_module, body_part, observability } = attributes;
  const { usage_model, logpush, limits, placement } = attributes;
  const bytes = await readFile(content_file);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== content_sha256) {
    throw stackError([
      `${address} says content_sha256 ${content_sha256}, but ${content_file} has ${sha256}: synthesize the stack again`,
    ]);
  }
  return {
    name: attributes.script_name,
    mainModule: main_module ?? body_part ?? "worker.js",
    // With its byte order mark, if it has one: the hash is of all bytes.
    content: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
    format: main_module === undefined ? "service-worker" : "es-module",
    compatibilityDate: attributes.compatibility_date,
    compatibilityFlags: attributes.compatibility_flags,
    bindings: attributes.bindings.map(toBinding),
    ...(observability && {
      observability: { enabled: observability.enabled, samplingRate: observability.head_sampling_rate },
    }),
    settings: defined({ observability, usage_model, logpush, limits, placement }),
  };
}

function defined(values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function toBinding(binding: Attributes<"cloudflare_workers_script">["bindings"][number]): ScriptBinding {
  switch (binding.type) {
    case "kv_namespace":
      return { type: binding.type, name: binding.name, namespaceId: binding.namespace_id };
    case "plain_text":
    case "secret_text":
      return binding;
    case "secrets_store_secret":
      return {
        type: binding.type,
        name: binding.name,
        storeId: binding.store_id,
        secretName: binding.secret_name,
      };
    default:
      return binding satisfies never;
  }
}
