import { LocalAccount } from "../cloudflare/account/account.ts";
import type { WorkerLog } from "../cloudflare/runtime/generation.ts";
import type { RequestEvent } from "../cloudflare/edge/request-event.ts";
import type { LocalQueueIt } from "../queue-it/local-queue-it.ts";
import { bringConfiguration } from "../server/bring-configuration.ts";
import { type Customer, openCustomer } from "../server/customer.ts";
import { firstConfiguration } from "../server/first-configuration.ts";
import { startLocalCloudflare } from "../server/local-cloudflare.ts";
import { makeLocalSecrets, storeSecrets } from "../server/local-secrets.ts";
import { localZones } from "../server/local-zones.ts";
import type { Target } from "../../specification/target.ts";
import { standBeside } from "../server/surroundings.ts";
import { createDemoShop } from "../shop/demo-shop.ts";
import { deploySynthesized } from "./deploy-synthesized.ts";
import { guideTo } from "./guide.ts";
import { type PreviewLink, previewLinks } from "../dashboard/links.ts";
import { routedSites } from "./routed-sites.ts";
import { type PreviewStep, stepsOf } from "./steps.ts";

export interface PreviewOptions extends Target {
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

/**
 * Deploys the synthesized stack of an environment into a local Cloudflare, with a demo shop behind it and a local
 * Queue-it beside it. Secrets are made up; nothing leaves this machine, and nothing stays on it.
 *
 * @throws UserError when the port is taken, the stack asks for something the local Cloudflare does not know, or the
 * Worker does not take the integration configuration.
 */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const { named, spec, port, outflow, log } = options;
  const { sites, secrets: strategy } = named.environment;
  const secrets = makeLocalSecrets();

  const account = new LocalAccount(spec.accountId);
  for (const zone of localZones(sites)) account.addZone(zone);
  await storeSecrets(account, strategy, secrets);
  const deployed = await deploySynthesized(account, spec, secrets);

  let customer: Customer | undefined;
  const environment = { named, spec };
  const guide = guideTo({
    environments: [environment],
    account,
    configurationOf: () => customer?.queueIt.getConfiguration(),
  });
  const origin = createDemoShop(guide).fetch;
  const cloudflare = await startLocalCloudflare({ account, origin, port, log });
  try {
    const { edge, runtime, requests, startTook } = cloudflare;
    const links = () => previewLinks(routedSites(environment).hostnames, guide, edge.localUrl);
    const steps: PreviewStep[] = [];
    customer = openCustomer({
      environments: [environment],
      account,
      secrets,
      edge,
      configuration: firstConfiguration(spec.configuration),
      outflow,
    });
    const { queueIt } = customer;
    standBeside(cloudflare, [customer], { steps: () => steps.map(withWarning), links });
    const configuration = await bringConfiguration(spec, { queueIt, runtime, account });
    steps.push(...stepsOf(spec, { deployed, startTook, configuration }));
    const dashboardUrl = `http://localhost:${edge.port}/`;
    return {
      steps,
      dashboardUrl,
      links: links(),
      queueIt,
      requests,
      localUrl: edge.localUrl,
      close: cloudflare.close,
    };
  } catch (error) {
    await cloudflare.close();
    throw error;
  }
}

/** The dashboard has one text for a step. */
function withWarning({ detail, warning, ...step }: PreviewStep): PreviewStep {
  return { ...step, detail: warning === undefined ? detail : `${detail}. ${warning}` };
}
