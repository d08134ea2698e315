import { randomBytes } from "node:crypto";
import { UserError } from "../../errors/user-error.ts";
import { LocalAccount } from "../cloudflare/account/account.ts";
import { startManagementApi } from "../cloudflare/api/server.ts";
import type { WorkerLog } from "../cloudflare/runtime/generation.ts";
import type { RequestEvent } from "../cloudflare/edge/request-event.ts";
import type { LocalQueueIt } from "../queue-it/local-queue-it.ts";
import { createDemoShop } from "../shop/demo-shop.ts";
import type { LocalState } from "../state/state-file.ts";
import { type StateFolder, openStateFolder } from "../state/state-folder.ts";
import { guideTo } from "../preview/guide.ts";
import { previewLinks } from "../dashboard/links.ts";
import { routedSites } from "../preview/routed-sites.ts";
import { bringWhenDeployed } from "./bring-when-deployed.ts";
import { byCustomer, type Customer, openCustomer } from "./customer.ts";
import { environmentSteps } from "./environment-steps.ts";
import { firstConfiguration } from "./first-configuration.ts";
import { heldConfiguration } from "./held-configuration.ts";
import { keepAccount } from "./kept-account.ts";
import { startLocalCloudflare } from "./local-cloudflare.ts";
import { type LocalSecrets, makeLocalSecrets, storeSecrets } from "./local-secrets.ts";
import { localVariables } from "./local-variables.ts";
import { localZones } from "./local-zones.ts";
import type { Target } from "../../specification/target.ts";
import { standBeside } from "./surroundings.ts";

export interface LocalServerOptions {
  /** Environments whose zones the account has. All have to be in one account. */
  readonly environments: readonly [Target, ...Target[]];
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
  readonly outflow?: number;
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
  { environments, port, apiPort, outflow, log }: LocalServerOptions,
  { accountId, folder, closing, close }: Parts,
): Promise<LocalServer> {
  const held = heldBy(folder, accountId);
  const { token, secrets } = held ?? { token: makeToken(), secrets: makeLocalSecrets() };
  const account = new LocalAccount(accountId, held?.contents);
  const sites = environments.flatMap(({ named }) => named.environment.sites);
  for (const zone of localZones(sites)) account.addZone(zone);
  for (const { named } of environments) await storeSecrets(account, named.environment.secrets, secrets);
  await keepAccount({ account, folder, about: { accountId, token, secrets }, log });

  let customers: readonly Customer[] = [];
  const guide = guideTo({
    environments,
    account,
    configurationOf: (environment) =>
      customers.find((customer) => customer.environments.includes(environment))?.queueIt.getConfiguration(),
  });
  const origin = createDemoShop(guide).fetch;
  const cloudflare = await startLocalCloudflare({
    account,
    origin,
    port,
    log,
    valuesFolder: folder?.valuesFolder,
    lock: folder?.lock,
  });
  closing.push(cloudflare.close);
  const { edge, runtime, requests } = cloudflare;

  customers = await Promise.all(
    byCustomer(environments).map(async (ofCustomer) =>
      openCustomer({
        environments: ofCustomer,
        account,
        secrets,
        edge,
        configuration: (await heldConfiguration(account, ofCustomer)) ?? seedOf(ofCustomer),
        outflow,
      }),
    ),
  );
  const hostnames = environments.flatMap((environment) => routedSites(environment).hostnames);
  standBeside(cloudflare, customers, {
    steps: () => environmentSteps(environments, account),
    links: () => previewLinks(hostnames, guide, edge.localUrl),
  });

  const bring = bringWhenDeployed({ customers, account, runtime, log });
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
  return {
    variables: localVariables({
      apiUrl: api.baseUrl,
      token,
      accountId,
      edgeUrl: `http://localhost:${edge.port}`,
      secrets,
    }),
    apiUrl: api.baseUrl,
    token,
    secrets,
    dashboardUrl: `http://localhost:${edge.port}/`,
    account,
    queueIts: customers.map(({ queueIt }) => queueIt),
    requests,
    localUrl: edge.localUrl,
    deployed: bring,
    close,
  };
}

/** @throws UserError that says which environment is in which account, when there are several. */
function oneAccount(environments: LocalServerOptions["environments"]): string {
  const [{ spec: first }] = environments;
  if (environments.every(({ spec }) => spec.accountId === first.accountId)) return first.accountId;
  const accounts = environments.map(({ spec }) => `${spec.environment} in ${spec.accountId}`).join(", ");
  throw new UserError(
    "local-accounts",
    `The local Cloudflare has one account, and these environments are in several: ${accounts}. Name those of one ` +
      `account, for example: queueit-cf local ${first.environment}`,
  );
}

function heldBy(folder: StateFolder | undefined, accountId: string): LocalState | undefined {
  const held = folder?.held();
  if (held === undefined || held.accountId === accountId) return held;
  throw new UserError(
    "local-state-account",
    `The folder of the state holds the account ${held.accountId}, but the environments are in ${accountId}. Give ` +
      "--state another folder for this account.",
  );
}

/** Long enough that nobody guesses it, and with a name that nobody takes for a real one. */
function makeToken(): string {
  return `local-only-${randomBytes(24).toString("hex")}`;
}

function seedOf(environments: readonly Target[]): unknown {
  return environments
    .map(({ spec }) => firstConfiguration(spec.configuration))
    .find((configuration) => configuration !== undefined);
}

/** A port in use, with the option that changes this one. */
function nameApiPort(error: unknown): never {
  if (!(error instanceof UserError)) throw error;
  throw new UserError(error.code, error.message.replace("--port", "--api-port"));
}
