import type { ConnectorSpec } from "../specification/specification.ts";
import { UserError } from "../errors/user-error.ts";
import { bucketRefusal } from "./state-bucket-refusal.ts";
import { type Diagnostic, errorText } from "./messages.ts";

/** Why there is no plan worth a report, where that is known and can be said better than Terraform does. */
export function knownRefusal(
  { environment, promotedFrom, backend, accountId }: ConnectorSpec,
  errors: readonly Diagnostic[],
): UserError | undefined {
  const isAbout = (words: RegExp) => errors.some((error) => words.test(`${error.summary} ${error.detail}`));
  if (promotedFrom !== undefined && isAbout(/Unable to find remote state|No stored state was found/)) {
    const { environment: earlier } = promotedFrom;
    return promotionSourceMissing(environment, earlier);
  }
  if (isAbout(/Error acquiring the state lock/)) {
    const words = errors.map(errorText).join(" ");
    const [, id = "ID"] = /\bID:\s*(\S+)/.exec(words) ?? [];
    const details = errors.map(({ detail }) => detail).join("\n");
    return new UserError(
      "state-locked",
      `Somebody else is deploying ${environment}: its state is locked${lockedBy(details)}. Wait for it to finish, then plan ` +
        "again; a deploy whose command was killed continues by itself. If nobody is deploying and no " +
        `Terraform is running, the lock was left behind: remove it with "terraform force-unlock ${id}" in ` +
        `the folder of the stack, cdktf.out/stacks/${environment}. ${words}`,
    );
  }
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
      `zones of ${environment}. Nothing was changed. Export a token with the permissions that the README ` +
      `lists, then try again with: npx queueit-cf plan ${environment}`,
  );
}

/** Who locked a state and when, as Terraform tells it: `Who: root@host`, `Created: 2026-11-25 22:22:18.57 +0000 UTC`. */
function lockedBy(details: string): string {
  const [, who] = /^\s*Who:[ \t]*(\S+)/m.exec(details) ?? [];
  const [, since] = /^\s*Created:[ \t]*(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)/m.exec(details) ?? [];
  return [who && ` by ${who}`, since && ` since ${since} UTC`].filter(Boolean).join("");
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
