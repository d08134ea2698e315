import type { LocalAccount } from "../cloudflare/account/account.ts";
import type { Edge } from "../cloudflare/edge/edge.ts";
import { settledFeatures } from "../../environments/definition/settled.ts";
import { environmentConfiguration } from "../sites/environment-configuration.ts";
import { type LocalQueueIt, createLocalQueueIt } from "../queue-it/local-queue-it.ts";
import type { LocalSecrets } from "../state/state-file.ts";
import { takesPublishCalls } from "../../specification/takes-publish-calls.ts";
import { isDeployed } from "./deployed.ts";
import type { Target } from "../../specification/target.ts";
import { Crowd } from "../visitors/crowd.ts";
import { waitingRoomHosts } from "./waiting-room-hosts.ts";

export interface CustomerOptions {
  /** The customer's environments, all with the same customer id. */
  readonly environments: readonly [Target, ...Target[]];
  readonly account: LocalAccount;
  readonly secrets: LocalSecrets;
  readonly edge: Edge;
  /** The integration configuration to begin with; undefined for one made for these environments. */
  readonly configuration: unknown;
  /** Visitors let in per minute and waiting room; undefined for the default. */
  readonly outflow: number | undefined;
}

/** One customer of Queue-it: waiting rooms and an integration configuration for all of its environments. */
export interface Customer {
  readonly customerId: string;
  readonly environments: readonly Target[];
  readonly queueIt: LocalQueueIt;
  /** Whether a host is one of its waiting rooms'. */
  readonly hasHost: (host: string) => boolean;
  /** Visitors who can be opened; nobody at first. */
  readonly visitors: Crowd;
}

/**
 * Opens the customer's account at the local Queue-it. It publishes to those environments that are deployed.
 */
export function openCustomer(options: CustomerOptions): Customer {
  const { environments, account, secrets, edge, configuration, outflow } = options;
  const [{ named, spec }] = environments;
  const { customerId } = named.environment.queueIt;
  const [site, ...others] = environments.flatMap(({ named: { environment } }) =>
    environment.sites.map(({ hostname }) => hostname),
  );
  if (site === undefined) throw new Error(`The environment ${named.name} has no site.`);
  const published = environments.filter(({ spec }) => spec.configuration.owner === "publish");
  const queueIt = createLocalQueueIt({
    customerId,
    secretKey: secrets.secretKey,
    apiKey: secrets.apiKey,
    // An app on another origin is where its visitors come back to.
    sites: [site, ...others, ...environments.flatMap(appHosts)],
    publishUrl: spec.publishUrl,
    publish: publishTo(
      () =>
        published
          .filter(({ spec }) => takesPublishCalls(spec) && isDeployed(account, spec))
          .map(({ spec }) => spec.publishUrl),
      edge.fetch,
    ),
    localUrl: edge.localUrl,
    configuration: configuration ?? environmentConfiguration(environments),
    ...(outflow !== undefined && { outflow }),
  });
  const hasHost = waitingRoomHosts(customerId, queueIt.getConfiguration);
  const visitors = new Crowd({ isQueueIt: hasHost, send: edge.fetch });
  return { customerId, environments, queueIt, hasHost, visitors };
}

/** Hosts of the origins whose scripts may call an environment's sites. */
function appHosts({ named }: Target): readonly string[] {
  const { allowedOrigins } = settledFeatures(named.environment.queueIt);
  return allowedOrigins
    .filter((origin) => origin.startsWith("https://"))
    .map((origin) => new URL(origin).hostname);
}

/** Environments by their customer id, in the order they come in. */
export function byCustomer(environments: readonly Target[]): readonly CustomerOptions["environments"][] {
  const customers = new Map<string, [Target, ...Target[]]>();
  for (const environment of environments) {
    const { customerId } = environment.named.environment.queueIt;
    const known = customers.get(customerId);
    if (known === undefined) customers.set(customerId, [environment]);
    else known.push(environment);
  }
  return [...customers.values()];
}

/**
 * Sends a publish call to every address in turn. The first refusal is the answer; without one, the last
 * answer is.
 *
 * @param addresses Real URLs, asked for at each call.
 */
export function publishTo(
  addresses: () => readonly string[],
  send: (request: Request) => Promise<Response>,
): (call: Request) => Promise<Response> {
  return async (call) => {
    const { method, headers } = call;
    const body = await call.text();
    let answer = new Response(
      "No deployed environment has an address that Queue-it's platform could publish to.",
      { status: 502 },
    );
    for (const address of addresses()) {
      answer = await send(new Request(address, { method, headers, body }));
      if (!answer.ok) break;
    }
    return answer;
  };
}
