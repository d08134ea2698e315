import { UserError } from "../../errors/user-error.ts";
import { packageVersion } from "../../files/package-version.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { startManagementApi } from "../cloudflare/api/server.ts";
import { CONTROL_BASE, HEALTH_PATH } from "../cloudflare/control/calls.ts";
import { type Readiness, createControlApi } from "../cloudflare/control/control-api.ts";
import type { LocalSecrets } from "../state/state-file.ts";
import { type StateFolder, openStateFolder } from "../state/state-folder.ts";
import { issueTokens, type WantedToken } from "./issued-tokens.ts";
import { keepAccount } from "./kept-account.ts";
import { accessVariables, localVariables } from "./local-variables.ts";
import { accountIdOf } from "./account-id.ts";
import { openAccount } from "./opened-account.ts";
import { type RunningSites, type SitesOptions, runSites } from "./running-sites.ts";
import type { WantedZone } from "./wanted-zones.ts";

export interface LocalServerOptions extends SitesOptions {
  /** Port of the management API, on the loopback addresses; 0 takes any free one. */
  readonly apiPort: number;
  /**
   * Folder that keeps the account between runs.
   * @default everything is in memory
   */
  readonly state?: string | undefined;
  /**
   * Tokens to make, beside the one that may do everything.
   * @default none
   */
  readonly tokens?: readonly WantedToken[];
  /**
   * Zones of the account, beside those of the environments.
   * @default none
   */
  readonly zones?: readonly WantedZone[];
  /**
   * Id of the account, which has to be that of the environments.
   * @default theirs; without any, that of the state; without one, the same in every run
   */
  readonly accountId?: string | undefined;
}

export interface LocalServer extends RunningSites {
  /**
   * Environment variables for Terraform, wrangler and the official SDK. Worth something on this machine only.
   */
  readonly variables: Readonly<Record<string, string>>;
  /** Base URL of the management API. */
  readonly apiUrl: string;
  /** Address of the sites, without a slash at its end: a site is below a name under it. */
  readonly sitesUrl: string;
  /** Where it says whether it is ready. */
  readonly healthUrl: string;
  /** What the addresses of reset and snapshots begin with. */
  readonly controlUrl: string;
  /** The token that may do everything. */
  readonly token: string;
  /** Values of the tokens that were wanted, by name. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly secrets: LocalSecrets;
  readonly account: LocalAccount;
  /** Ends it. What was changed by then is kept, where there is a folder for it. */
  readonly close: () => Promise<void>;
}

/**
 * A Cloudflare account on this machine that Terraform, wrangler and the official SDK deploy to, with the edge
 * in front of a demo shop and a local Queue-it beside it. It starts with its zones and nothing else, or with what an
 * earlier run left. Without environments there is no demo shop and no Queue-it. Nothing leaves this machine.
 *
 * @throws UserError when a port is taken, the environments are in different accounts, or the folder of the
 *   state is not usable.
 */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const { environments, accountId: wanted, state } = options;
  // Before a folder is made for an account that cannot be.
  accountIdOf(environments, { wanted });
  const folder = state === undefined ? undefined : await openStateFolder(state);
  const closing: (() => Promise<void>)[] = folder === undefined ? [] : [folder.close];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    const accountId = accountIdOf(environments, { wanted, held: folder?.held()?.accountId });
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
  { apiPort, tokens: wanted = [], zones, ...options }: LocalServerOptions,
  { accountId, folder, closing, close }: Parts,
): Promise<LocalServer> {
  const { environments, log } = options;
  const opened = await openAccount({ accountId, environments, held: folder?.held(), zones });
  const { account, token, secrets, ownZones } = opened;
  await keepAccount({ account, folder, about: { accountId, token, secrets, zones: ownZones }, log });
  const tokens = await issueTokens(account, wanted);
  const kept = account.tokens.all.filter(({ name }) => Object.hasOwn(tokens, name));

  const now: { readiness: Readiness; sites?: RunningSites } = { readiness: "starting" };
  const logError = (message: string) => {
    log({ level: "error", message });
  };
  const control = createControlApi({
    account,
    token,
    version: packageVersion(),
    readiness: () => now.readiness,
    initial: () => ({ ...opened.initial, tokens: kept }),
    restored: async () => now.sites?.putBack(),
    log: logError,
  });
  // First, so that its health can say that the rest is still starting.
  const api = await startManagementApi({
    account,
    token,
    port: apiPort,
    log: logError,
    changed: async () => now.sites?.deployed(),
    beside: control.fetch,
  }).catch(nameApiPort);
  closing.push(async () => {
    now.readiness = "ending";
    await api.close();
    await now.sites?.close();
  });
  const values = folder && { folder: folder.valuesFolder, lock: folder.lock };
  const sites = await runSites({ ...options, opened, values });
  now.sites = sites;
  now.readiness = "ready";

  const edgeUrl = `http://localhost:${sites.port}`;
  const access = { apiUrl: api.baseUrl, token, accountId, edgeUrl };
  const variables =
    environments.length === 0
      ? accessVariables(access, account.zones)
      : localVariables({ ...access, secrets });
  const base = `http://127.0.0.1:${api.port}`;
  return {
    ...sites,
    variables,
    sitesUrl: edgeUrl,
    apiUrl: api.baseUrl,
    healthUrl: `${base}${HEALTH_PATH}`,
    controlUrl: `${base}${CONTROL_BASE}`,
    token,
    tokens,
    secrets,
    account,
    close,
  };
}

/** A port in use, with the option that changes this one. */
function nameApiPort(error: unknown): never {
  if (!(error instanceof UserError)) throw error;
  throw new UserError(error.code, error.message.replace("--port", "--api-port"));
}
