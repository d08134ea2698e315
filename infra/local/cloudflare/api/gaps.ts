/**
 * Calls of Cloudflare's clients, in the fields that are emulated, that the local Cloudflare does not answer.
 */
export interface Gap {
  /** As in a route; `*` at the end stands for anything, also for nothing. Any method that has no route. */
  readonly paths: readonly string[];
  /** Half a sentence that goes on after a colon. */
  readonly reason: string;
}

const WORKERS = "/accounts/:account/workers";
const STORES = "/accounts/:account/secrets_store";

/** What is not listed belongs to a product that is not emulated at all. */
export const gaps: readonly Gap[] = [
  {
    paths: ["/zones", "/zones/:zone"],
    reason:
      "the zones are those of the environments and of --zone, from the start on; they can be read, not changed",
  },
  {
    paths: ["/accounts", "/accounts/:account", "/memberships/:membership", "/user"],
    reason: "there is one account, with one user; they can be read, not changed",
  },
  {
    paths: [
      "/zones/:zone/workers/edge-preview",
      `${WORKERS}/scripts/:script/edge-preview`,
      `${WORKERS}/subdomain/edge-preview`,
      `${WORKERS}/services/:script/environments/:environment/edge-preview`,
    ],
    reason:
      "wrangler dev --remote runs a Worker on Cloudflare; here every Worker that is deployed runs on this machine",
  },
  {
    paths: [
      `${WORKERS}/scripts/:script/tails*`,
      `${WORKERS}/services/:script/environments/:environment/tails*`,
      `${WORKERS}/observability/*`,
    ],
    reason: "what a Worker logs is in the local Cloudflare's own output",
  },
  {
    paths: [`${WORKERS}/scripts/:script/deployments/:deployment`],
    reason: "a deployment cannot be deleted; the latest hundred are kept",
  },
  {
    paths: [`${WORKERS}/scripts/:script/assets-upload-session`, `${WORKERS}/assets/*`],
    reason: "static assets are not emulated",
  },
  { paths: [`${WORKERS}/scripts-search`], reason: "the list of Workers has them all" },
  {
    paths: [`${WORKERS}/services/:script/environments/*`],
    reason:
      "a Worker has one environment, production; service environments are deprecated, and the " +
      "environments of wrangler's configuration are Workers of their own",
  },
  {
    paths: [`${WORKERS}/subdomain`, `${WORKERS}/subdomains/:name`],
    reason: "there is no workers.dev on this machine; a Worker is reached by its routes",
  },
  {
    paths: [`${WORKERS}/workers*`],
    reason: "this is the beta of another API for the same Workers; use workers/scripts",
  },
  {
    paths: [`${WORKERS}/account-settings`],
    reason: "nothing on this machine depends on settings of the account",
  },
  { paths: [`${WORKERS}/dispatch/*`], reason: "Workers for Platforms is not emulated" },
  {
    paths: [`${WORKERS}/durable_objects/*`],
    reason: "Durable Objects are not emulated",
  },
  { paths: [`${STORES}/quota`], reason: "there is no quota on this machine" },
  {
    paths: [`${STORES}/stores/:store/secrets/:secret/duplicate`],
    reason: "create the secret again under its other name",
  },
];

const compiled = gaps.flatMap((gap) => gap.paths.map((path) => ({ gap, pattern: patternOf(path) })));

/** The gap that a path is in; undefined for none. */
export function findGap(path: string): Gap | undefined {
  return compiled.find(({ pattern }) => pattern.test(path))?.gap;
}

function patternOf(path: string): RegExp {
  const [, fixed = path, isOpen] = /^(.*?)\/?(\*)?$/.exec(path) ?? [];
  return new RegExp(`^${fixed.replaceAll(/:\w+/g, "[^/]+")}${isOpen === undefined ? "" : "(?:/.*)?"}$`, "s");
}
