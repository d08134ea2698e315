import { UserError } from "../../errors/user-error.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { startManagementApi } from "../cloudflare/api/server.ts";
import type { LocalSecrets } from "../state/state-file.ts";
import { type StateFolder, openStateFolder } from "../state/state-folder.ts";
import { issueTokens, type WantedToken } from "./issued-tokens.ts";
import { keepAccount } from "./kept-account.ts";
import { localVariables } from "./local-variables.ts";
import { oneAccount, openAccount } from "./opened-account.ts";
import { type RunningSites, type SitesOptions, runSites } from "./running-sites.ts";

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
}

export interface LocalServer extends RunningSites {
  /**
   * Environment variables for Terraform, wrangler and the official SDK. Worth something on this machine only.
   */
  readonly variables: Readonly<Record<string, string>>;
  /** Base URL of the management API. */
  readonly apiUrl: string;
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
 * in front of a demo shop and a local Queue-it beside it. It starts with the environments' zones and nothing
 * else, or with what an earlier run left. Nothing leaves this machine.
 *
 * @throws UserError when a port is taken, the environments are in different accounts, or the folder of the
 *   state is not usable.
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
  { apiPort, tokens: wanted = [], ...options }: LocalServerOptions,
  { accountId, folder, closing, close }: Parts,
): Promise<LocalServer> {
  const { environments, log } = options;
  const opened = await openAccount(accountId, environments, folder);
  const { account, token, secrets } = opened;
  await keepAccount({ account, folder, about: { accountId, token, secrets }, log });
  const tokens = await issueTokens(account, wanted);

  const values = folder && { folder: folder.valuesFolder, lock: folder.lock };
  const sites = await runSites({ ...options, opened, values });
  closing.push(sites.close);

  const api = await startManagementApi({
    account,
    token,
    port: apiPort,
    log: (message) => {
      log({ level: "error", message });
    },
    changed: sites.deployed,
  }).catch(nameApiPort);
  closing.push(() => api.close());
  const edgeUrl = `http://localhost:${sites.port}`;
  const variables = localVariables({ apiUrl: api.baseUrl, token, accountId, edgeUrl, secrets });
  return { ...sites, variables, apiUrl: api.baseUrl, token, tokens, secrets, account, close };
}

/** A port in use, with the option that changes this one. */
function nameApiPort(error: unknown): never {
  if (!(error instanceof UserError)) throw error;
  throw new UserError(error.code, error.message.replace("--port", "--api-port"));
}
