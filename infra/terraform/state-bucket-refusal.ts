import { credentialsMissing } from "../bundles/bucket-credentials.ts";
import { UserError } from "../errors/user-error.ts";
import type { StateBackend } from "../environments/definition/state-backend.ts";

/**
 * What Terraform's words about the bucket of the state mean: without credentials it looks for a role of
 * Amazon's machines and tells of that, and with wrong ones it repeats what the store answered.
 *
 * @param words What it wrote.
 * @returns Undefined where they are about something else.
 */
export function bucketRefusal(
  { backend, environment }: { readonly backend: StateBackend; readonly environment: string },
  words: string,
): UserError | undefined {
  if (backend.type !== "r2" && backend.type !== "s3") return undefined;
  if (/No valid credential sources found|no EC2 IMDS role found|NoCredentialProviders/i.test(words)) {
    return credentialsMissing(backend.bucket);
  }
  const answer =
    /\b(InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken|AccessDenied|Unauthorized)\b/.exec(
      words,
    ) ?? /StatusCode: (401|403)\b/.exec(words);
  if (answer === null) return undefined;
  return new UserError(
    "bucket-credentials-refused",
    `The bucket ${backend.bucket}, which holds the state of ${environment}, refuses the credentials (${answer[1] ?? ""}). ` +
      "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are mistyped, were revoked, or may not read and write its objects. Nothing " +
      "was changed. Export the right ones, then run this again.",
  );
}
