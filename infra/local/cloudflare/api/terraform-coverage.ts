/** What of the Cloudflare provider for Terraform works here, by the calls that it makes. */
export interface TerraformType {
  /** Names of resources (or, with `data.` before them, of data sources) of provider 5.14. */
  readonly types: readonly string[];
  /** Calls that it makes, each as `METHOD path`. */
  readonly calls: readonly string[];
}

/** One that cannot be used here. */
export interface UncoveredType extends TerraformType {
  /** What to do instead, or why it is missing: half a sentence. */
  readonly instead: string;
}

const A = "/accounts/:account";
const KV = `${A}/storage/kv/namespaces`;
const SCRIPT = `${A}/workers/scripts/:script`;

/** Those whose calls were recorded with the real provider (`test/fixtures/traffic/`), and are replayed by a test. */
export const RECORDED_TYPES: readonly TerraformType[] = [
  {
    types: ["cloudflare_workers_kv_namespace"],
    calls: [`POST ${KV}`, `GET ${KV}/:namespace`, `PUT ${KV}/:namespace`, `DELETE ${KV}/:namespace`],
  },
  {
    types: ["cloudflare_workers_kv"],
    calls: [
      `PUT ${KV}/:namespace/values/:key`,
      `GET ${KV}/:namespace/values/:key`,
      `GET ${KV}/:namespace/metadata/:key`,
      `DELETE ${KV}/:namespace/values/:key`,
    ],
  },
  {
    types: ["cloudflare_workers_script"],
    calls: [
      `PUT ${SCRIPT}`,
      `GET ${SCRIPT}/content/v2`,
      `GET ${SCRIPT}/settings`,
      `GET ${A}/workers/services/:script`,
      `DELETE ${SCRIPT}`,
    ],
  },
  {
    types: ["cloudflare_workers_route"],
    calls: [
      "POST /zones/:zone/workers/routes",
      "GET /zones/:zone/workers/routes/:route",
      "DELETE /zones/:zone/workers/routes/:route",
    ],
  },
  {
    types: ["cloudflare_workers_cron_trigger"],
    calls: [`PUT ${SCRIPT}/schedules`, `GET ${SCRIPT}/schedules`],
  },
];

/** Those whose calls are answered, as Cloudflare's documentation and the official SDK have them. */
export const ANSWERED_TYPES: readonly TerraformType[] = [
  {
    types: ["cloudflare_workers_custom_domain"],
    calls: [
      `PUT ${A}/workers/domains`,
      `GET ${A}/workers/domains/:domain`,
      `DELETE ${A}/workers/domains/:domain`,
    ],
  },
  {
    types: ["cloudflare_workers_script_subdomain"],
    calls: [`POST ${SCRIPT}/subdomain`, `GET ${SCRIPT}/subdomain`, `DELETE ${SCRIPT}/subdomain`],
  },
  {
    types: ["cloudflare_workers_deployment"],
    calls: [`POST ${SCRIPT}/deployments`, `GET ${SCRIPT}/deployments/:deployment`],
  },
  {
    types: ["cloudflare_api_token"],
    calls: [
      "POST /user/tokens",
      "GET /user/tokens/:token",
      "PUT /user/tokens/:token",
      "DELETE /user/tokens/:token",
    ],
  },
  {
    types: ["cloudflare_account_token"],
    calls: [
      `POST ${A}/tokens`,
      `GET ${A}/tokens/:token`,
      `PUT ${A}/tokens/:token`,
      `DELETE ${A}/tokens/:token`,
    ],
  },
  { types: ["data.cloudflare_zone", "data.cloudflare_zones"], calls: ["GET /zones", "GET /zones/:zone"] },
  {
    types: ["data.cloudflare_account", "data.cloudflare_accounts"],
    calls: ["GET /accounts", "GET /accounts/:account"],
  },
  { types: ["data.cloudflare_user"], calls: ["GET /user"] },
  {
    types: ["data.cloudflare_api_token_permission_groups_list"],
    calls: ["GET /user/tokens/permission_groups"],
  },
  {
    types: ["data.cloudflare_account_api_token_permission_groups_list"],
    calls: [`GET ${A}/tokens/permission_groups`],
  },
  { types: ["data.cloudflare_workers_scripts"], calls: [`GET ${A}/workers/scripts`] },
  { types: ["data.cloudflare_workers_kv_namespaces"], calls: [`GET ${KV}`] },
  { types: ["data.cloudflare_workers_routes"], calls: ["GET /zones/:zone/workers/routes"] },
  { types: ["data.cloudflare_workers_custom_domains"], calls: [`GET ${A}/workers/domains`] },
];

/** Those next to Workers that cannot be used here. Any other type belongs to a product that is not emulated at all. */
export const UNCOVERED_TYPES: readonly UncoveredType[] = [
  {
    types: ["cloudflare_worker", "cloudflare_worker_version"],
    calls: [`POST ${A}/workers/workers`, `POST ${A}/workers/workers/:worker/versions`],
    instead: "they speak to the beta of another API for the same Workers: use cloudflare_workers_script",
  },
  {
    types: ["cloudflare_zone"],
    calls: ["POST /zones", "DELETE /zones/:zone"],
    instead:
      "zones are there from the start on: name them with --zone, and look them up with data.cloudflare_zone",
  },
  {
    types: ["cloudflare_dns_record"],
    calls: ["POST /zones/:zone/dns_records"],
    instead: "every name of a zone leads here already",
  },
  {
    types: ["cloudflare_workers_for_platforms_dispatch_namespace"],
    calls: [`POST ${A}/workers/dispatch/namespaces`],
    instead: "Workers for Platforms is not emulated",
  },
  {
    types: ["cloudflare_workflow"],
    calls: [`PUT ${A}/workflows/:workflow`],
    instead: "Workflows are not emulated",
  },
  { types: ["cloudflare_d1_database"], calls: [`POST ${A}/d1/database`], instead: "D1 is not emulated" },
  { types: ["cloudflare_r2_bucket"], calls: [`POST ${A}/r2/buckets`], instead: "R2 is not emulated" },
  {
    types: ["cloudflare_queue", "cloudflare_queue_consumer"],
    calls: [`POST ${A}/queues`, `POST ${A}/queues/:queue/consumers`],
    instead: "Queues are not emulated",
  },
  {
    types: ["cloudflare_hyperdrive_config"],
    calls: [`POST ${A}/hyperdrive/configs`],
    instead: "Hyperdrive is not emulated",
  },
  {
    types: ["cloudflare_pages_project", "cloudflare_pages_domain"],
    calls: [`POST ${A}/pages/projects`, `POST ${A}/pages/projects/:project/domains`],
    instead: "Pages is not emulated",
  },
  {
    types: ["cloudflare_ruleset", "cloudflare_snippet", "cloudflare_snippet_rules"],
    calls: [
      "POST /zones/:zone/rulesets",
      "PUT /zones/:zone/snippets/:snippet",
      "PUT /zones/:zone/snippets/snippet_rules",
    ],
    instead: "rules before a Worker are not emulated",
  },
];
