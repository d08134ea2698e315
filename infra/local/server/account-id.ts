import { createHash } from "node:crypto";
import { UserError } from "../../errors/user-error.ts";
import type { Target } from "../../specification/target.ts";

/** The account of a run that neither environments nor anybody else names one for: the same in every run. */
const UNNAMED = createHash("sha256").update("the account of the local Cloudflare").digest("hex").slice(0, 32);

/**
 * The id of the account that these environments are in; without any, that which is wanted or held.
 *
 * @throws UserError that says which environment is in which account, when there are several, or which id was wanted
 *   and which one there is.
 */
export function accountIdOf(
  environments: readonly Target[],
  { wanted, held }: { readonly wanted?: string | undefined; readonly held?: string | undefined } = {},
): string {
  const [first, ...others] = environments;
  const ofEnvironments = first && oneAccount([first, ...others]);
  const asked = ofEnvironments ?? wanted;
  if (wanted !== undefined && asked !== wanted) {
    throw new UserError(
      "local-account",
      `The environments are in the account ${String(asked)}, and --account names ${wanted}. Leave --account out.`,
    );
  }
  if (held !== undefined && asked !== undefined && asked !== held) {
    const source = ofEnvironments === undefined ? "--account names" : "the environments are in";
    throw new UserError(
      "local-state-account",
      `The folder of the state holds the account ${held}, but ${source} ${asked}. Give --state another folder for ` +
        "this account.",
    );
  }
  return asked ?? held ?? UNNAMED;
}

function oneAccount(environments: readonly [Target, ...Target[]]): string {
  const [{ spec: first }] = environments;
  if (environments.every(({ spec }) => spec.accountId === first.accountId)) return first.accountId;
  const accounts = environments.map(({ spec }) => `${spec.environment} in ${spec.accountId}`).join(", ");
  throw new UserError(
    "local-accounts",
    `The local Cloudflare has one account, and these environments are in several: ${accounts}. Name only ` +
      `environments of one account, for example: queueit-cf local ${first.environment}`,
  );
}
