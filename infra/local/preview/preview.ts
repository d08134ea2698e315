import type { ConnectorSpec } from "../../connector/specification.ts";
import type { NamedEnvironment } from "../../environments/environment.ts";
import { LocalAccount } from "../cloudflare/account.ts";
import { startEdge } from "../cloudflare/edge.ts";
import type { WorkerLog } from "../cloudflare/generation.ts";
import { type Handler, type LocalNetwork, createOutbound } from "../cloudflare/network.ts";
import type { RequestEvent } from "../cloudflare/request-event.ts";
import { startRuntime } from "../cloudflare/runtime.ts";
import { createDashboard } from "../dashboard/dashboard.ts";
import { type LocalQueueIt, createLocalQueueIt } from "../queue-it/local-queue-it.ts";
import { createDemoShop } from "../shop/demo-shop.ts";
import { deploySynthesized } from "./deploy-synthesized.ts";
import { type PreviewLink, previewLinks } from "./links.ts";
import { makeLocalSecrets, storeSecrets } from "./local-secrets.ts";
import { localZones } from "./local-zones.ts";
import { bringConfiguration } from "./bring-configuration.ts";
import { type PreviewStep, stepsOf } from "./steps.ts";

export interface PreviewOptions {
  readonly named: NamedEnvironment;
  readonly spec: ConnectorSpec;
  /** Port of everything, on the loopback addresses; 0 takes any free one. */
  readonly port: number;
  /**
   * Visitors let in per minute and waiting room.
   * @default 20, so that the only visitor waits three seconds
   */
  readonly outflow?: number;
  /** Gets what the Worker writes to its console, and what breaks behind the edge. */
  readonly log: (line: WorkerLog) => void;
}

export interface Preview {
  /** What was set up, in order. */
  readonly steps: readonly PreviewStep[];
  /** Address of the dashboard, in a browser on this machine. */
  readonly dashboardUrl: string;
  /** What to try in a browser. */
  readonly links: readonly PreviewLink[];
  readonly queueIt: LocalQueueIt;
  /** The latest requests the edge answered, oldest first. */
  readonly requests: readonly RequestEvent[];
  /** How a browser on this machine reaches a real URL. */
  readonly localUrl: (realUrl: string) => string;
  readonly close: () => Promise<void>;
}

const KEPT_REQUESTS = 1000;

/**
 * Deploys the synthesized stack of an environment into a local Cloudflare, with a demo shop behind it and a local
 * Queue-it beside it. Secrets are made up; nothing leaves this machine, and nothing stays on it.
 *
 * @throws UserError when the port is taken, or the stack asks for something the local Cloudflare does not know.
 */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const { named, spec, log } = options;
  const { sites, queueIt: settings, secrets: strategy } = named.environment;
  const secrets = makeLocalSecrets();

  const account = new LocalAccount(spec.accountId);
  for (const zone of localZones(sites)) account.addZone(zone);
  await storeSecrets(account, strategy, secrets);
  const deployed = await deploySynthesized(account, spec, secrets);

  const requests: RequestEvent[] = [];
  const directHosts = new Map<string, Handler>();
  const network: LocalNetwork = {
    account,
    origin: createDemoShop().fetch,
    directHost: (host) => directHosts.get(host),
  };
  const started = performance.now();
  const runtime = await startRuntime({ account, outbound: createOutbound(network), log });
  const startTook = performance.now() - started;

  const onRequest = (event: RequestEvent) => {
    requests.push(event);
    if (requests.length > KEPT_REQUESTS) requests.shift();
  };
  const logFailure = (message: string) => {
    log({ level: "error", message });
  };
  const edge = await startEdge({ ...network, runtime, port: options.port, onRequest, log: logFailure }).catch(
    async (error: unknown) => {
      await runtime.dispose();
      throw error;
    },
  );

  const localUrl = (url: string) => edge.localUrl(url);
  const [first, ...others] = sites;
  const queueIt = createLocalQueueIt({
    customerId: settings.customerId,
    secretKey: secrets.secretKey,
    apiKey: secrets.apiKey,
    sites: [first.hostname, ...others.map(({ hostname }) => hostname)],
    publishUrl: spec.publishUrl,
    publish: (request) => edge.fetch(request),
    localUrl,
    ...(options.outflow !== undefined && { outflow: options.outflow }),
  });
  directHosts.set(`${settings.customerId.toLowerCase()}.queue-it.net`, queueIt.fetch);

  const configuration = await bringConfiguration(spec, queueIt, runtime);
  const steps = stepsOf(spec, { deployed, startTook, configuration });
  const links = previewLinks(sites, localUrl);
  const dashboard = createDashboard({
    queueIt,
    steps: () => steps,
    links: () => links,
    requests: () => requests,
  });
  directHosts.set("localhost", dashboard.fetch);

  return {
    steps,
    dashboardUrl: `http://localhost:${edge.port}/`,
    links,
    queueIt,
    requests,
    localUrl,
    close: async () => {
      await edge.close();
      await runtime.dispose();
    },
  };
}
