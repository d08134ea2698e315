import { z } from "zod";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { etagOf, presentSettings } from "../cloudflare/api/script-presenter.ts";
import { CloudflareError } from "../cloudflare/account/refusals.ts";
import type { Script } from "../cloudflare/account/model.ts";
import type { HeldResource, Values } from "./state.ts";

/**
 * What the account has now of a resource: its attributes, those that Cloudflare never tells as they were. Undefined
 * when it is gone.
 */
export async function readResource(
  { type, values }: HeldResource,
  account: LocalAccount,
): Promise<Values | undefined> {
  switch (type) {
    case "cloudflare_workers_kv_namespace": {
      const namespace = account.namespaces.find(({ id }) => id === values["id"]);
      return namespace && { ...values, title: namespace.title };
    }
    case "cloudflare_workers_kv": {
      const value = await readValue(account, String(values["namespace_id"]), String(values["key_name"]));
      return value === undefined ? undefined : { ...values, value };
    }
    case "cloudflare_workers_script": {
      const script = account.scripts.find(({ name }) => name === values["script_name"]);
      return script && readScript(script, values);
    }
    case "cloudflare_workers_route": {
      const route = account.routes.find(({ id }) => id === values["id"]);
      if (route === undefined) return undefined;
      const { script, pattern } = route;
      return told({ ...values, pattern, script });
    }
    case "cloudflare_workers_cron_trigger": {
      const name = String(values["script_name"]);
      if (!account.scripts.some((script) => script.name === name)) return undefined;
      return { ...values, schedules: account.schedules(name).map((cron) => ({ cron })) };
    }
    default:
      return type satisfies never;
  }
}

async function readValue(
  account: LocalAccount,
  namespaceId: string,
  key: string,
): Promise<string | undefined> {
  try {
    return new TextDecoder().decode((await account.getValue(namespaceId, key)).bytes);
  } catch (error) {
    if (error instanceof CloudflareError && error.status === 404) return undefined;
    throw error;
  }
}

/** As the management API tells it, which is all that Terraform gets to see. */
function readScript(script: Script, values: Values): Values {
  const { bindings, placement, ...settings } = presentSettings(script);
  return told({
    ...values,
    observability: undefined,
    limits: undefined,
    compatibility_date: settings.compatibility_date,
    compatibility_flags: settings.compatibility_flags.length > 0 ? settings.compatibility_flags : undefined,
    usage_model: settings.usage_model,
    logpush: settings.logpush,
    ...("observability" in settings && { observability: settings.observability }),
    ...("limits" in settings && { limits: settings.limits }),
    ...("placement" in values && { placement }),
    bindings: bindings.map((binding) => withKnownText(binding, values["bindings"])),
    content_sha256: etagOf(script),
  });
}

const textBindings = z.array(z.object({ name: z.string(), type: z.string(), text: z.string().optional() }));

/** Cloudflare never tells a secret: whoever reads it sees that it is there, and goes on with the text it gave. */
function withKnownText(binding: Values, known: unknown): Values {
  if (binding["type"] !== "secret_text") return binding;
  const held = textBindings.safeParse(known).data ?? [];
  const text = held.find(({ name, type }) => name === binding["name"] && type === "secret_text")?.text;
  return told({ ...binding, text });
}

function told(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
