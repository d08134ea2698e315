import type { ConnectorSpec } from "../specification/specification.ts";
import { UserError } from "../errors/user-error.ts";
import { bucketRefusal } from "./state-bucket-refusal.ts";
import { type Diagnostic, errorText } from "./messages.ts";
import { ownPath } from "../text/own-path.ts";

/**
 * Why there is no plan worth a report, where that is known and can be said better than Terraform does.
 *
 * @param folder Of the stack, as it can be given to Terraform.
 */
export function knownRefusal(
  { environment, promotedFrom, backend, accountId }: ConnectorSpec,
  errors: readonly Diagnostic[],
  folder = usualFolder(environment),
): UserError | undefined {
  const isAbout = aboutOneOf(errors);
  if (promotedFrom !== undefined && isAbout(/Unable to find remote state|No stored state was found/)) {
    const { environment: earlier } = promotedFrom;
    return promotionSourceMissing(environment, earlier);
  }
  const locked = stateLocked(environment, errors, folder);
  if (locked !== undefined) return locked;
  const words = errors.map(errorText).join(" ");
  const ofBucket = bucketRefusal({ backend, environment }, words);
  if (ofBucket !== undefined) return ofBucket;
  // Cloudflare's own codes: https://developers.cloudflare.com/fundamentals/api/troubleshooting/
  const refused = /\b(401 Unauthorized|403 Forbidden)\b|"code": ?(?:10000|9109|6003|6111)\b/.exec(words);
  if (refused === null) return undefined;
  return new UserError(
    "token-refused",
    `Cloudflare refuses the API token in CLOUDFLARE_API_TOKEN (${refused[1] ?? "authentication error"}). ` +
      `It is mistyped, has expired or was revoked, or it may not read the account ${accountId} and the ` +
      `zones of ${environment}. Nothing was changed. Export a token with the permissions that ` +
      `${ownPath("README.md")} lists, then try again with: npx queueit-cf plan ${environment}`,
  );
}

/**
 * Why a plan was not applied at all; undefined where it may have been.
 *
 * @param errors Of the apply.
 */
export function applyRefusal(
  { environment }: ConnectorSpec,
  errors: readonly Diagnostic[],
  folder: string,
): UserError | undefined {
  if (aboutOneOf(errors)(/Saved plan is stale/)) {
    return new UserError(
      "plan-stale",
      `Somebody else changed the state of ${environment} after this plan was made, so Terraform refused to apply it. ` +
        "This command has changed nothing. Find out who is deploying, then plan again and look at what is left to " +
        `change: npx queueit-cf plan ${environment}`,
    );
  }
  return stateLocked(environment, errors, folder);
}

/** Who has locked a state and since when, as far as Terraform tells. */
interface LockHolder {
  /** What Terraform takes to remove the lock. */
  readonly id: string;
  /** For example ` by root@host since 2026-11-25 22:22:18 UTC`; empty where nobody tells. */
  readonly text: string;
}

/** Undefined where the state is not locked. */
export function lockHolder(errors: readonly Diagnostic[]): LockHolder | undefined {
  if (!aboutOneOf(errors)(/Error acquiring the state lock/)) return undefined;
  const details = errors.map(({ detail }) => detail).join("\n");
  const [, id = "ID"] = /\bID:\s*(\S+)/.exec(details) ?? [];
  // As Terraform tells it: `Who: root@host`, `Created: 2026-11-25 22:22:18.57 +0000 UTC`.
  const [, who] = /^\s*Who:[ \t]*(\S+)/m.exec(details) ?? [];
  const [, since] = /^\s*Created:[ \t]*(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)/m.exec(details) ?? [];
  return { id, text: [who && ` by ${who}`, since && ` since ${since} UTC`].filter(Boolean).join("") };
}

function usualFolder(environment: string): string {
  return `cdktf.out/stacks/${environment}`;
}

function stateLocked(
  environment: string,
  errors: readonly Diagnostic[],
  folder: string,
): UserError | undefined {
  const holder = lockHolder(errors);
  if (holder === undefined) return undefined;
  return new UserError(
    "state-locked",
    `Somebody else is deploying ${environment}: its state is locked${holder.text}. Wait for it to finish, then plan ` +
      "again; a deploy whose command was killed continues by itself. This command has changed nothing. If nobody is " +
      "deploying and no Terraform is running, the lock was left behind: remove it with " +
      `"terraform -chdir=${folder} force-unlock ${holder.id}". ` +
      errors.map(errorText).join(" "),
  );
}

function aboutOneOf(errors: readonly Diagnostic[]): (words: RegExp) => boolean {
  return (words) => errors.some(({ summary, detail }) => words.test(`${summary} ${detail}`));
}

/** There is nothing that an environment could be promoted from. @param earlier Name of the one that was never deployed. */
export function promotionSourceMissing(environment: string, earlier: string): UserError {
  return new UserError(
    "promotion-source-missing",
    `${environment} only gets a bundle that ${earlier} runs, and ${earlier} was never deployed. ` +
      `Deploy it first, with: npx queueit-cf deploy ${earlier}`,
  );
}

/**
 * A plan that failed for any other reason, in Terraform's words.
 *
 * @param output What was printed, without secrets, for where there are no diagnostics.
 */
export function planFailed(
  { environment }: ConnectorSpec,
  errors: readonly Diagnostic[],
  output: string,
): UserError {
  const words = errors.length === 0 ? output : errors.map(errorText).join(" ");
  return new UserError("plan-failed", `The plan of ${environment} failed. ${words}`);
}
