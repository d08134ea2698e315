import type { LocalAccount } from "../../../infra/local/cloudflare/account/account.ts";
import type { Script, ScriptBinding } from "../../../infra/local/cloudflare/account/model.ts";

export const SHOP_ZONE = { id: "0f1e2d3c4b5a69788796a5b4c3d2e1f0", name: "tickets-and-more.dk" };
export const OTHER_ZONE = { id: "1f1e2d3c4b5a69788796a5b4c3d2e1f0", name: "billetter.no" };

/** A configuration as Queue-it's platform publishes it. */
export const PUBLISHED = JSON.stringify({
  Description: "On sale",
  CustomerId: "ticketsandmore",
  Version: 12,
  Integrations: [],
});

/** The vendor's protocol in a few words, not its code. */
const SOURCE = `const PUSH = "__push_queueit_config"; const COOKIE = "QueueITAccepted-SDFrts345E-V3_";`;

/** What somebody typed in the dashboard. */
export const TYPED: readonly ScriptBinding[] = [
  { type: "plain_text", name: "QUEUEIT_CUSTOMER_ID", text: "ticketsandmore" },
  { type: "secret_text", name: "QUEUEIT_SECRET_KEY", text: "fake-typed-in-the-dashboard" },
];

export interface HandMade {
  readonly bindings: readonly ScriptBinding[];
  readonly source: string;
  readonly format: Script["format"];
  /** Routes to the Worker. */
  readonly protect: readonly string[];
  /** Routes past all Workers. */
  readonly bypass: readonly string[];
  readonly title: string;
  /** What KV holds; undefined for nothing. */
  readonly configuration: string | undefined;
  readonly crons: readonly string[];
  readonly observability: Script["observability"];
}

/** Set up as the vendor's manual says, in the dashboard, in an account that has the zones. */
export async function setUp(account: LocalAccount, given: Partial<HandMade> = {}): Promise<void> {
  const {
    bindings = TYPED,
    source = "",
    format = "es-module",
    protect = ["shop.tickets-and-more.dk/*"],
    bypass = ["shop.tickets-and-more.dk/static/*"],
    title = "Queue-it",
    crons = [],
    observability,
  } = given;
  const configuration = "configuration" in given ? given.configuration : PUBLISHED;
  for (const zone of [SHOP_ZONE, OTHER_ZONE]) account.addZone(zone);
  const { id } = await account.createNamespace(title);
  if (configuration !== undefined) {
    await account.putValue(id, "info", { bytes: new TextEncoder().encode(configuration) });
  }
  const handler =
    format === "es-module"
      ? "export default { fetch: (request) => fetch(request), scheduled() {} };"
      : "addEventListener('fetch', (event) => event.respondWith(fetch(event.request)));";
  await account.putScript({
    name: "queueit",
    mainModule: "worker.js",
    content: `${SOURCE}\n${source}\n${handler}\n`,
    format,
    compatibilityDate: "2024-05-01",
    compatibilityFlags: [],
    ...(observability && { observability }),
    bindings: [{ type: "kv_namespace", name: "IntegrationConfigKV", namespaceId: id }, ...bindings],
  });
  for (const pattern of protect) await account.createRoute(zoneOf(pattern), pattern, "queueit");
  for (const pattern of bypass) await account.createRoute(zoneOf(pattern), pattern, undefined);
  if (crons.length > 0) await account.putSchedules("queueit", crons);
}

/** A Worker that has nothing to do with Queue-it, with a route. */
export async function otherWorker(account: LocalAccount, name: string, pattern: string): Promise<void> {
  await account.putScript({
    name,
    mainModule: "worker.js",
    content: "export default { fetch: () => new Response('another') };",
    format: "es-module",
    compatibilityDate: "2024-05-01",
    compatibilityFlags: [],
    bindings: [],
  });
  await account.createRoute(zoneOf(pattern), pattern, name);
}

function zoneOf(pattern: string): string {
  return pattern.includes(OTHER_ZONE.name) ? OTHER_ZONE.id : SHOP_ZONE.id;
}
