import { UserError } from "../../errors/user-error.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { startManagementApi } from "../cloudflare/api/server.ts";
import type { RequestEvent } from "../cloudflare/edge/request-event.ts";
import type { WorkerLog } from "../cloudflare/runtime/worker-log.ts";
import { type PreviewLink, previewLinks } from "../dashboard/links.ts";
import type { DashboardOptions } from "../dashboard/options.ts";
import type { LocalQueueIt } from "../queue-it/local-queue-it.ts";
import { createDemoShop } from "../shop/demo-shop.ts";
import { guideTo } from "../sites/guide.ts";
import { routedSites } from "../sites/routed-sites.ts";
import type { SpecifiedEnvironment } from "../sites/specified-environment.ts";
import type { LocalSecrets } from "../state/state-file.ts";
import { type StateFolder, openStateFolder } from "../state/state-folder.ts";
import { type Brought, bringWhenDeployed, writeBrought } from "./bring-when-deployed.ts";
import { byCustomer, type Customer, openCustomer } from "./customer.ts";
import { environmentSteps } from "./deployed.ts";
import { directHosts } from "./direct-hosts.ts";
import { keepAccount } from "./kept-account.ts";
import { startLocalCloudflare } from "./local-cloudflare.ts";
import { localVariables } from "./local-variables.ts";
import { type OpenedAccount, oneAccount, openAccount } from "./opened-account.ts";
import { startingConfiguration } from "./starting-configuration.ts";

export interface LocalServerOptions {
  /** Environments whose zones the account has. All have to be in one account. */
  readonly environments: readonly [SpecifiedEnvironment, ...SpecifiedEnvironment[]];
  /** Port of the sites, the waiting rooms and the dashboard, on the loopback addresses; 0 takes any free one. */
  readonly port: number;
  /** Port of the management API, on the loopback addresses; 0 takes any free one. */
  readonly apiPort: number;
  /**
   * Folder that keeps the account between runs.
   * @default everything is in memory
   */
  readonly state?: string | undefined;
  /**
   * Visitors let in per minute and waiting room.
   * @default 20, so that the only visitor waits three seconds
   */
  readonly outflow?: number | undefined;
  /**
   * Changes the account before its Workers start: they start once then, instead of once for each change.
   * @default nothing is deployed before the start
   */
  readonly deployFirst?: (opened: Pick<OpenedAccount, "account" | "secrets">) => Promise<void>;
  /**
   * Told of every environment that was to get its integration configuration, before the server is there, too.
   * @default it is written to the log
   */
  readonly onBrought?: (brought: Brought) => void;
  /**
   * What the dashboard says was set up.
   * @default each environment, and whether it is deployed
   */
  readonly steps?: DashboardOptions["steps"];
  /** Gets what the Workers write to their console, what breaks behind the edge, and what the local Queue-it did. */
  readonly log: (line: WorkerLog) => void;
}

export interface LocalServer {
  /** Environment variables for Terraform, wrangler and the official SDK. Worth something on this machine only. */
  readonly variables: Readonly<Record<string, string>>;
  /** Base URL of the management API. */
  readonly apiUrl: string;
  /** The only token the management API takes. */
  readonly token: string;
  readonly secrets: LocalSecrets;
  /** Address of the dashboard, in a browser on this machine. */
  readonly dashboardUrl: string;
  /** What to try in a browser at this moment. */
  readonly links: () => readonly PreviewLink[];
  /** Milliseconds until the Workers ran. */
  readonly startTook: number;
  readonly account: LocalAccount;
  /** The local Queue-it of each customer id, in the order of the environments. */
  readonly queueIts: readonly LocalQueueIt[];
  /** The latest requests the edge answered, oldest first. */
  readonly requests: readonly RequestEvent[];
  /** How a browser on this machine reaches a real URL. */
  readonly localUrl: (realUrl: string) => string;
  /**
   * Call it after the account was changed past the management API: it brings every environment that is deployed since
   * then its integration configuration.
   */
  readonly deployed: () => Promise<void>;
  /** Ends it. What was changed by then is kept, where there is a folder for it. */
  readonly close: () => Promise<void>;
}

/**
 * A Cloudflare account on this machine that Terraform, wrangler and the official SDK deploy to, with the edge in front
 * of a demo shop and a local Queue-it beside it. It starts with the environments' zones and nothing else, or with what
 * an earlier run left. Nothing leaves this machine.
 *
 * @throws UserError when a port is taken, the environments are in different accounts, or the folder of the state is not
 * usable.
 */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const accountId = oneAccount(options.environments);
  const folder = options.state === undefined ? undefined : await openStateFolder(options.state);
  const closing: (() => Promise<void>)[] = folder === undefined ? [] : [folder.close];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    return await start(options, { accountId, folder, closing, close });
  } catch (error) {
    await close();
    throw error;
  }
}

interface Parts {
  readonly accountId: string;
  readonly folder: StateFolder | undefined;
  /** What has to end, in the order it was started. */
  readonly closing: (() => Promise<void>)[];
  readonly close: () => Promise<void>;
}

async function start(
  options: LocalServerOptions,
  { accountId, folder, closing, close }: Parts,
): Promise<LocalServer> {
  const { environments, port, apiPort, outflow, log } = options;
  const { account, token, secrets } = await openAccount(accountId, environments, folder);
  await keepAccount({ account, folder, about: { accountId, token, secrets }, log });
  await options.deployFirst?.({ account, secrets });

  let customers: readonly Customer[] = [];
  const guide = guideTo({
    environments,
    account,
    configurationOf: (environment) =>
      customers.find((customer) => customer.environments.includes(environment))?.queueIt.getConfiguration(),
  });
  const { edge, runtime, requests, startTook, answerDirectHosts, ...cloudflare } = await startLocalCloudflare(
    {
      account,
      origin: createDemoShop(guide).fetch,
      port,
      log,
      valuesFolder: folder?.valuesFolder,
      lock: folder?.lock,
    },
  );
  closing.push(cloudflare.close);

  customers = await Promise.all(
    byCustomer(environments).map(async (ofCustomer) => {
      const configuration = await startingConfiguration(account, ofCustomer);
      return openCustomer({ environments: ofCustomer, account, secrets, edge, configuration, outflow });
    }),
  );
  const hostnames = environments.flatMap((environment) => routedSites(environment).hostnames);
  const links = () => previewLinks(hostnames, guide, edge.localUrl);
  const steps = options.steps ?? (() => environmentSteps(environments, account));
  answerDirectHosts(directHosts(customers, { steps, links, requests: () => requests }));

  const tellBrought = (brought: Brought): void => {
    writeBrought(brought, log);
  };
  const bring = bringWhenDeployed({
    customers,
    account,
    runtime,
    onBrought: options.onBrought ?? tellBrought,
  });
  await bring();
  const api = await startManagementApi({
    account,
    token,
    port: apiPort,
    log: (message) => {
      log({ level: "error", message });
    },
    changed: bring,
  }).catch(nameApiPort);
  closing.push(() => api.close());
  const edgeUrl = `http://localhost:${edge.port}`;
  return {
    variables: localVariables({ apiUrl: api.baseUrl, token, accountId, edgeUrl, secrets }),
    apiUrl: api.baseUrl,
    token,
    secrets,
    dashboardUrl: `${edgeUrl}/`,
    links,
    startTook,
    account,
    queueIts: customers.map(({ queueIt }) => queueIt),
    requests,
    localUrl: edge.localUrl,
    deployed: bring,
    close,
  };
}

/** A port in use, with the option that changes this one. */
function nameApiPort(error: unknown): never {
  if (!(error instanceof UserError)) throw error;
  throw new UserError(error.code, error.message.replace("--port", "--api-port"));
}
