import { zoneSpelling } from "../../cloudflare/hostname.ts";
import { coloursOn, lookOf } from "../../console/colours.ts";
import { inFormat } from "../../json/format.ts";
import { LOCAL_READY } from "../../local/server/local-ready-format.ts";
import type { LocalServer } from "../../local/server/local-server.ts";
import { wrap } from "../../text/wrap.ts";
import type { Target } from "../../specification/target.ts";

export interface ReadyOptions {
  readonly server: LocalServer;
  readonly environments: readonly Target[];
  /** Folder of the state; undefined for an account that is in memory only. */
  readonly state: string | undefined;
}

/** What programs are told once it is ready: every address, id and token that they need. */
export function readyJson({ server, environments, state }: ReadyOptions) {
  const { variables, account, token, tokens, dashboardUrl, sitesUrl, apiUrl, healthUrl, controlUrl } = server;
  return inFormat(LOCAL_READY, {
    variables,
    accountId: account.id,
    zones: zonesOf(server),
    token,
    tokens,
    dashboardUrl: environments.length === 0 ? null : dashboardUrl,
    sitesUrl,
    apiUrl,
    healthUrl,
    controlUrl,
    state: state ?? null,
  });
}

/** What people are told once it is ready: lines to paste, and what to open. */
export function readyText({ server, environments, state }: ReadyOptions): string {
  const { variables, tokens } = server;
  const { bold, dim } = coloursOn(process.stdout);
  const { columns } = lookOf(process.stdout);
  const where = environments.length === 0 ? "" : ", in this folder";
  const end =
    state === undefined
      ? "Press Ctrl-C to stop it; the account is then lost. With --state FOLDER it is kept."
      : `Press Ctrl-C to stop it; the account stays in ${state}.`;
  return [
    ...wrap("", `${bold("A local Cloudflare is ready.")} In another terminal${where}, paste these lines:`, {
      columns,
    }),
    "",
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${value}`),
    "",
    ...Object.entries(tokens).flatMap(([name, value]) => [
      // Comments: who pastes all of these lines stays with the token above.
      dim(`# to be the token ${name} instead:`),
      `# export CLOUDFLARE_API_TOKEN=${value}`,
      "",
    ]),
    ...(environments.length === 0 ? withoutEnvironments(server) : withEnvironments(server, environments)),
    "",
    ...wrap("", "The values above work on this machine only.", { columns }),
    ...wrap("", end, { columns, keepsWords: true }),
  ].join("\n");
}

function withEnvironments(server: LocalServer, environments: readonly Target[]): readonly string[] {
  const { bold, cyan, dim } = coloursOn(process.stdout);
  const { columns } = lookOf(process.stdout);
  // The one that waits for no other.
  const first = environments.find(({ spec }) => spec.promotedFrom === undefined) ?? environments[0];
  return [
    dim("# then deploy"),
    `npx queueit-cf deploy ${String(first?.spec.environment)}`,
    dim("# and look around"),
    "npx wrangler kv namespace list",
    "",
    `${bold("Dashboard")}  ${cyan(server.dashboardUrl)}`,
    ...wrap("  ", DASHBOARD, { columns }).map(dim),
  ];
}

const DASHBOARD = "What is deployed, what to open, every request, and the integration configuration to edit.";

/** Nobody reads more zones than that; a call lists them all. */
const MOST_SHOWN = 20;

function withoutEnvironments(server: LocalServer): readonly string[] {
  const { bold, cyan, dim } = coloursOn(process.stdout);
  const { columns } = lookOf(process.stdout);
  const zones = zonesOf(server);
  const more = zones.length - MOST_SHOWN;
  return [
    dim("# then deploy with Terraform, wrangler or curl, and look around"),
    "npx wrangler kv namespace list",
    // Comments: who pastes all of these lines loses nothing.
    dim("# between tests: save the account, put it back, or empty it"),
    ...["PUT snapshots/before", "POST snapshots/before/restore", "POST reset"].map(
      (call) => `# ${callLine(call, server.controlUrl)}`,
    ),
    "",
    bold("Zones"),
    ...(zones.length === 0
      ? wrap("  ", "none: start it with --zone NAME for each domain whose routes you test", { columns })
      : zones.slice(0, MOST_SHOWN).map(({ name, id, url }) => `  ${name}  id ${id}  ${cyan(url)}`)),
    ...(more > 0 ? [`  and ${more} more: GET ${server.apiUrl}/zones lists them`] : []),
  ];
}

function callLine(call: string, controlUrl: string): string {
  const [method = "", path = ""] = call.split(" ");
  return `curl -X ${method} -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" ${controlUrl}/${path}`;
}

function zonesOf({ account, localUrl }: LocalServer) {
  return account.zones.map(({ name, id }) => ({
    // As Cloudflare's API has it.
    name: zoneSpelling(name),
    id,
    url: localUrl(`https://${name}/`),
  }));
}
