import type { Flow } from "../activity/activity.ts";
import { LogTail } from "../activity/log-tail.ts";
import type { RequestEvent } from "../cloudflare/edge/request-event.ts";
import type { WorkerLog } from "../cloudflare/runtime/worker-log.ts";
import { type PreviewLink, previewLinks } from "../dashboard/links.ts";
import type { DashboardCustomer } from "../dashboard/options.ts";
import type { LocalQueueIt } from "../queue-it/local-queue-it.ts";
import { zoneOfHost } from "../cloudflare/account/zone-of-host.ts";
import { createDemoShop, type DemoShop } from "../shop/demo-shop.ts";
import { echo } from "../shop/echo.ts";
import { guideTo } from "../sites/guide.ts";
import { routedSites } from "../sites/routed-sites.ts";
import { redact } from "../../secrets/redact.ts";
import type { Target } from "../../specification/target.ts";
import { type Brought, bringWhenDeployed, writeBrought } from "./bring-when-deployed.ts";
import { byCustomer, type Customer, openCustomer } from "./customer.ts";
import { environmentSteps } from "./deployed.ts";
import { explaining } from "./explaining.ts";
import { directHosts } from "./direct-hosts.ts";
import { type LocalCloudflare, startLocalCloudflare } from "./local-cloudflare.ts";
import { knownSecrets } from "./known-secrets.ts";
import type { OpenedAccount } from "./opened-account.ts";
import { startingConfiguration } from "./starting-configuration.ts";

/** What runs the sites says of them, however the account is changed. */
export interface SitesOptions {
  /** Environments whose zones the account has. All have to be in one account; there may be none. */
  readonly environments: readonly Target[];
  /**
   * Port of the sites, the waiting rooms and the dashboard, on the loopback addresses; 0 takes any free one.
   */
  readonly port: number;
  /**
   * Visitors let in per minute and waiting room.
   * @default 20, so that the only visitor waits three seconds
   */
  readonly outflow?: number | undefined;
  /**
   * Gets what the Workers write to their console, what breaks behind the edge, and what the local Queue-it
   * did.
   */
  readonly log: (line: WorkerLog) => void;
}

export interface RunningSitesOptions extends SitesOptions {
  readonly opened: OpenedAccount;
  /**
   * Folder that keeps the KV values, and the open file with its lock.
   * @default a temporary one
   */
  readonly values?: { readonly folder: string; readonly lock: number } | undefined;
  /**
   * Told of every environment that was to get its integration configuration.
   * @default it is written to the log
   */
  readonly onBrought?: (brought: Brought) => void;
  /**
   * What the dashboard says was set up.
   * @default each environment, and whether it is deployed
   */
  readonly steps?: (environments: readonly Target[]) => ReturnType<DashboardCustomer["steps"]>;
}

export interface RunningSites {
  /** Port that was taken. */
  readonly port: number;
  /** Address of the dashboard, in a browser on this machine. */
  readonly dashboardUrl: string;
  /** What to try in a browser at this moment. */
  readonly links: () => readonly PreviewLink[];
  /** The local Queue-it of each customer id, in the order of the environments. */
  readonly queueIts: readonly LocalQueueIt[];
  /** The latest requests the edge answered, oldest first. */
  readonly requests: readonly RequestEvent[];
  /** How a browser on this machine reaches a real URL. */
  readonly localUrl: (realUrl: string) => string;
  /** Milliseconds until the Workers ran. */
  readonly startTook: number;
  /**
   * Call it after the account was changed: it brings every environment that is deployed since then its
   * integration configuration.
   */
  readonly deployed: () => Promise<void>;
  /** Call it after the account was put back as it was: its environments have their integration configurations. */
  readonly putBack: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Milliseconds after which the lines are looked at again. */
const SAMPLE_MS = 1000;

/**
 * Runs what is deployed in an account: Cloudflare's edge in front of a demo shop, a local Queue-it for each
 * customer beside it, and the dashboard. What is deployed already gets its integration configuration.
 *
 * @throws UserError when the port is taken, or a Worker does not start.
 */
export async function runSites(options: RunningSitesOptions): Promise<RunningSites> {
  const { environments, opened, port, values } = options;
  const { account } = opened;
  const tail = new LogTail((text) => redact(text, knownSecrets(opened)));
  const log = (line: WorkerLog): void => {
    tail.add(line);
    options.log(line);
  };
  let customers: readonly Customer[] = [];
  const guide = guideTo({
    environments,
    account,
    configurationOf: (environment) =>
      customers.find((customer) => customer.environments.includes(environment))?.queueIt.getConfiguration(),
  });
  const cloudflare = await startLocalCloudflare({
    account,
    origin: originOf(opened, createDemoShop(guide).fetch),
    port,
    log,
    valuesFolder: values?.folder,
    lock: values?.lock,
  });
  try {
    const { edge, runtime, requests, startTook, activity, faults } = cloudflare;
    cloudflare.explainRequests(explaining(environments, account, opened.secrets).decided);
    customers = await openCustomers(options, cloudflare);
    const links = (of: readonly Target[]) =>
      previewLinks(
        of.flatMap((environment) => routedSites(environment).hostnames),
        guide,
        edge.localUrl,
      );
    const steps = options.steps ?? ((of) => environmentSteps(of, account));
    cloudflare.answerDirectHosts(
      directHosts(customers, {
        steps,
        links,
        account,
        runtime,
        requests: () => requests,
        decided: cloudflare.decided,
        outcomeOf: cloudflare.outcomeOf,
        activity,
        faults,
        log: () => tail.lines,
        localUrl: edge.localUrl,
        secrets: () => knownSecrets(opened),
        explain: (of) => explaining(of, account, opened.secrets).explain,
      }),
    );

    const toLog = (brought: Brought): void => {
      writeBrought(brought, log);
    };
    const { onBrought = toLog } = options;
    const bring = bringWhenDeployed({ customers, account, runtime, onBrought });
    await bring();
    const sampling = setInterval(() => {
      activity.sample(flowOf(customers));
    }, SAMPLE_MS).unref();
    const close = async () => {
      clearInterval(sampling);
      faults.end();
      await Promise.all(customers.map(({ visitors }) => visitors.sendHome()));
      await cloudflare.close();
    };
    return {
      port: edge.port,
      dashboardUrl: `http://localhost:${edge.port}/`,
      links: () => links(environments),
      queueIts: customers.map(({ queueIt }) => queueIt),
      requests,
      localUrl: edge.localUrl,
      startTook,
      deployed: () => bring(),
      putBack: () => bring("put-back"),
      close,
    };
  } catch (error) {
    await cloudflare.close();
    throw error;
  }
}

/** The demo shop behind the environments' sites; behind zones of others, what says which request arrived. */
function originOf({ account, ownZones }: OpenedAccount, shop: DemoShop["fetch"]): DemoShop["fetch"] {
  const own = new Set(ownZones.map(({ id }) => id));
  return (request) => {
    const zone = zoneOfHost(account.zones, new URL(request.url).hostname);
    return zone !== undefined && own.has(zone.id) ? echo(request) : shop(request);
  };
}

/** All waiting rooms of all customers. */
function flowOf(customers: readonly Customer[]): Flow {
  const flows = customers.map(({ queueIt }) => queueIt.getFlow());
  const sum = (of: (flow: Flow) => number) => flows.reduce((total, flow) => total + of(flow), 0);
  return {
    joined: sum(({ joined }) => joined),
    passed: sum(({ passed }) => passed),
    waiting: sum(({ waiting }) => waiting),
  };
}

function openCustomers(
  { environments, opened: { account, secrets }, outflow }: RunningSitesOptions,
  { edge }: LocalCloudflare,
): Promise<readonly Customer[]> {
  return Promise.all(
    byCustomer(environments).map(async (ofCustomer) => {
      const configuration = await startingConfiguration(account, ofCustomer);
      return openCustomer({ environments: ofCustomer, account, secrets, edge, configuration, outflow });
    }),
  );
}
