import { randomBytes } from "node:crypto";
import { UserError } from "../../errors/user-error.ts";
import { LocalAccount } from "../cloudflare/account/account.ts";
import { namedWorkers } from "../../specification/named-workers.ts";
import type { Target } from "../../specification/target.ts";
import { frontendWorker } from "../shop/frontend-worker.ts";
import type { LocalSecrets, LocalState } from "../state/state-file.ts";
import type { StateFolder } from "../state/state-folder.ts";
import { makeLocalSecrets, storeSecrets } from "./local-secrets.ts";
import { localZones } from "./local-zones.ts";

/** An account, and what opens it. */
export interface OpenedAccount {
  readonly account: LocalAccount;
  /** The token of the management API that may do everything. */
  readonly token: string;
  readonly secrets: LocalSecrets;
}

/**
 * The account of these environments, with their zones, their secrets and the Workers that they name: as an earlier run left it, or a new one.
 *
 * @param accountId From `oneAccount`.
 * @throws UserError `local-state-account` when the folder holds another account.
 */
export async function openAccount(
  accountId: string,
  environments: readonly Target[],
  folder: StateFolder | undefined,
): Promise<OpenedAccount> {
  const held = heldBy(folder, accountId);
  const { token, secrets } = held ?? { token: makeToken(), secrets: makeLocalSecrets() };
  const account = new LocalAccount(accountId, held?.contents);
  const sites = environments.flatMap(({ named }) => named.environment.sites);
  for (const zone of localZones(sites)) account.addZone(zone);
  for (const { named } of environments) await storeSecrets(account, named.environment.secrets, secrets);
  await addNamedWorkers(account, environments);
  return { account, token, secrets };
}

/** A stand-in for each Worker of the shop that an environment names and the account does not have. */
async function addNamedWorkers(account: LocalAccount, environments: readonly Target[]): Promise<void> {
  const names = new Set(environments.flatMap(({ spec }) => namedWorkers(spec).map(({ name }) => name)));
  for (const { name } of account.scripts) names.delete(name);
  for (const name of names) await account.putScript(frontendWorker(name));
}

/** @throws UserError that says which environment is in which account, when there are several. */
export function oneAccount(environments: readonly [Target, ...Target[]]): string {
  const [{ spec: first }] = environments;
  if (environments.every(({ spec }) => spec.accountId === first.accountId)) return first.accountId;
  const accounts = environments.map(({ spec }) => `${spec.environment} in ${spec.accountId}`).join(", ");
  throw new UserError(
    "local-accounts",
    `The local Cloudflare has one account, and these environments are in several: ${accounts}. Name only ` +
      `environments of one account, for example: queueit-cf local ${first.environment}`,
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
