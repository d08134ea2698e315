import { LocalAccount } from "../../../../../infra/local/cloudflare/account/account.ts";
import type { ScriptBinding } from "../../../../../infra/local/cloudflare/account/model.ts";
import { ACCOUNT_ID } from "../worker-sources.ts";
import type { Exchange, Identifiers } from "./recorded-traffic.ts";

const ZONE = { id: "fedcba9876543210fedcba9876543210", name: "example.com" };

export function emptyAccount(): LocalAccount {
  const account = new LocalAccount(ACCOUNT_ID);
  account.addZone(ZONE);
  return account;
}

/** The account as a recording found it: made from what the refresh at its beginning read. */
export async function accountAsRead(
  traffic: readonly Exchange[],
  identifiers: Identifiers,
): Promise<LocalAccount> {
  const account = emptyAccount();
  const read = (ending: RegExp) =>
    traffic.filter(
      ({ request, response }) =>
        request.method === "GET" && ending.test(request.path) && response.status === 200,
    );
  const result = ({ response }: Exchange) => (JSON.parse(response.body) as { result: Read }).result;

  for (const exchange of read(/namespaces\/\w+$/).slice(0, 1)) {
    const { id, title } = result(exchange);
    const made = await account.createNamespace(title);
    identifiers.learn(id, made.id);
    for (const { response } of read(/values\/info$/).slice(0, 1)) {
      await account.putValue(made.id, "info", { bytes: Buffer.from(response.body) });
    }
  }
  const [settings] = read(/settings$/).map(result);
  const [content] = read(/content\/v2$/);
  if (settings !== undefined && content !== undefined) {
    await account.putScript({
      name: "queueit-connector-staging",
      mainModule: "worker.mjs",
      content: content.response.body.split("\r\n\r\n")[1]?.split("\r\n--")[0] ?? "",
      format: "es-module",
      compatibilityDate: settings.compatibility_date,
      compatibilityFlags: settings.compatibility_flags,
      bindings: settings.bindings.map((binding) => toBinding(binding, identifiers)),
      settings: { observability: settings.observability, logpush: settings.logpush },
    });
  }
  for (const exchange of read(/schedules$/).slice(0, 1)) {
    await account.putSchedules(
      "queueit-connector-staging",
      result(exchange).schedules.map(({ cron }) => cron),
    );
  }
  const routes = new Map(
    read(/workers\/routes\/\w+$/).map((exchange) => [result(exchange).id, result(exchange)]),
  );
  for (const { id, pattern, script } of routes.values()) {
    if (wasMadeHere(traffic, id)) continue;
    identifiers.learn(id, (await account.createRoute(ZONE.id, pattern, script)).id);
  }
  return account;
}

interface Read {
  readonly id: string;
  readonly title: string;
  readonly pattern: string;
  readonly script?: string;
  readonly schedules: readonly { readonly cron: string }[];
  readonly bindings: readonly Readonly<Record<string, string>>[];
  readonly compatibility_date: string;
  readonly compatibility_flags: readonly string[];
  readonly observability: unknown;
  readonly logpush: boolean;
}

function toBinding(binding: Readonly<Record<string, string>>, identifiers: Identifiers): ScriptBinding {
  const { name = "", type = "", namespace_id = "", text = "" } = binding;
  switch (type) {
    case "kv_namespace":
      return { type, name, namespaceId: identifiers.readdress(namespace_id) };
    case "plain_text":
      return { type, name, text };
    case "secret_text":
      return { type, name, text: "not-a-real-secret" };
    default:
      throw new Error(`The recordings have no binding of the type ${type}.`);
  }
}

function wasMadeHere(traffic: readonly Exchange[], id: string): boolean {
  return traffic.some(({ request, response }) => request.method === "POST" && response.body.includes(id));
}
