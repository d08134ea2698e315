import { randomBytes } from "node:crypto";
import { LocalAccount } from "../cloudflare/account/account.ts";
import type { AccountContents, Zone } from "../cloudflare/account/model.ts";
import { namedWorkers } from "../../specification/named-workers.ts";
import type { Target } from "../../specification/target.ts";
import { frontendWorker } from "../shop/frontend-worker.ts";
import type { LocalSecrets, LocalState } from "../state/state-file.ts";
import { makeLocalSecrets, storeSecrets } from "./local-secrets.ts";
import { localZones } from "./local-zones.ts";
import { addedZones, type WantedZone } from "./wanted-zones.ts";

/** An account, and what opens it. */
export interface OpenedAccount {
  readonly account: LocalAccount;
  /** What it would hold if no earlier run had left anything in it: a reset goes back to it. */
  readonly initial: AccountContents;
  /** Zones that are no environment's. */
  readonly ownZones: readonly Zone[];
  /** The token of the management API that may do everything. */
  readonly token: string;
  readonly secrets: LocalSecrets;
}

export interface OpenAccountOptions {
  /** From `accountIdOf`. */
  readonly accountId: string;
  readonly environments: readonly Target[];
  /** What an earlier run left. Default: nothing. */
  readonly held?: LocalState | undefined;
  /** Zones beside those of the environments. Default: none. */
  readonly zones?: readonly WantedZone[] | undefined;
}

/**
 * The account of these environments, with their zones, their secrets and the Workers that they name: as an earlier
 * run left it, or a new one.
 *
 * @throws UserError when a zone has two ids.
 */
export async function openAccount(options: OpenAccountOptions): Promise<OpenedAccount> {
  const { accountId, environments, held, zones: wanted = [] } = options;
  const { token, secrets } = held ?? { token: makeToken(), secrets: makeLocalSecrets() };
  const sites = environments.flatMap(({ named }) => named.environment.sites);
  const ofEnvironments = localZones(sites);
  const ownZones = addedZones(ofEnvironments, [
    { from: "the state of an earlier run", zones: held?.zones ?? [] },
    { from: "--zone", zones: wanted },
  ]);
  const opened = async (contents?: AccountContents) => {
    const account = new LocalAccount(accountId, contents);
    for (const zone of [...ofEnvironments, ...ownZones]) account.addZone(zone);
    for (const { named } of environments) await storeSecrets(account, named.environment.secrets, secrets);
    await addNamedWorkers(account, environments);
    return account;
  };
  const fresh = await opened();
  const initial = fresh.contents;
  const account = held === undefined ? fresh : await opened(held.contents);
  return { account, initial, ownZones, token, secrets };
}

/** A stand-in for each Worker of the shop that an environment names and the account does not have. */
async function addNamedWorkers(account: LocalAccount, environments: readonly Target[]): Promise<void> {
  const names = new Set(environments.flatMap(({ spec }) => namedWorkers(spec).map(({ name }) => name)));
  for (const { name } of account.scripts) names.delete(name);
  for (const name of names) await account.putScript(frontendWorker(name));
}

/** Long enough that nobody guesses it, and with a name that nobody takes for a real one. */
function makeToken(): string {
  return `local-only-${randomBytes(24).toString("hex")}`;
}
