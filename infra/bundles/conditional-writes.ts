import { UserError } from "../errors/user-error.ts";
import type { Blobs } from "./blobs.ts";

/** Written once and never deleted: from the second deploy on, the first request is refused already. */
const NAME = "conditional-writes.json";
const CONTENT = new TextEncoder().encode(
  `${JSON.stringify({ purpose: "queueit-cf tries here whether the bucket refuses to overwrite an object." })}\n`,
);
/** No object has this one. */
const NO_ETAG = '"00000000000000000000000000000000"';

/**
 * Makes sure that a bucket refuses to write over an object when it is asked not to. Terraform's lock is such a
 * write (`use_lockfile`), and so is each addition to the record of the bundles: a store that takes the
 * condition for a header it need not know says yes to everybody.
 *
 * @param blobs Of the bucket, in the folder of the bundles.
 * @throws UserError when it does not refuse, or the bucket cannot be written.
 */
export async function requireConditionalWrites(blobs: Blobs): Promise<void> {
  const isRefused = async (expected: string | undefined) => !(await blobs.write(NAME, CONTENT, expected));
  const createsOnce = (await isRefused(undefined)) || (await isRefused(undefined));
  if (createsOnce && (await isRefused(NO_ETAG))) return;
  throw new UserError(
    "bucket-without-locks",
    `${blobs.place} overwrites an object although the request forbids it ` +
      `(${createsOnce ? "If-Match with an ETag that no object has" : "If-None-Match: *"}), tried with ${NAME}. So the ` +
      "lock of the state would not lock: two deploys at once would both go on, and the later one would " +
      "overwrite the state of the earlier one. Nothing was deployed. Keep the state in R2, in Amazon S3 or in a store " +
      "that supports conditional writes, or update the store; a proxy between here and the store must pass " +
      "these two headers on.",
  );
}
