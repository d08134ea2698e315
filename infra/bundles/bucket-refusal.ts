import { UserError } from "../errors/user-error.ts";
import type { BucketAnswer } from "./signed-requests.ts";

const REMEDIES: Readonly<Record<string, string>> = {
  InvalidAccessKeyId:
    "The store does not know this AWS_ACCESS_KEY_ID. Export the credentials for the bucket that holds the state.",
  SignatureDoesNotMatch:
    "AWS_SECRET_ACCESS_KEY does not belong to AWS_ACCESS_KEY_ID, or a proxy changes the requests. Export " +
    "both again, from the same place.",
  ExpiredToken: "AWS_SESSION_TOKEN has expired. Get new temporary credentials and export all three.",
  InvalidToken:
    "AWS_SESSION_TOKEN does not belong to AWS_ACCESS_KEY_ID. Export all three again, or unset it.",
  RequestTimeTooSkewed: "The clock of this machine is wrong by more than 15 minutes. Set it.",
  NoSuchBucket: "There is no bucket of this name there. Correct backend.bucket, or create it first.",
  TemporaryRedirect: "The bucket was created a moment ago. Wait some minutes, then run this again.",
  NotImplemented:
    "The store does not support conditional writes (If-Match and If-None-Match), which keep two deploys " +
    "from overwriting each other. Keep the state in R2, in S3 or in a store that supports them.",
};

/**
 * What an answer means, and what to do. Its text is not repeated: stores echo the key id and what was signed.
 */
export function refusal(
  verb: "read" | "written",
  bucket: string,
  region: string,
  { status, code, headers, regionNamed }: BucketAnswer,
): UserError {
  const what = `Objects of the bucket ${bucket} may not be ${verb}. It answered ${`${status} ${code}`.trim()}.`;
  const known = REMEDIES[code];
  if (known !== undefined) return new UserError("bucket-refused", `${what} ${known}`);
  // A proxy may answer for the store without a word of it.
  if (status === 501) return new UserError("bucket-refused", `${what} ${REMEDIES["NotImplemented"] ?? ""}`);
  const actual = headers.get("x-amz-bucket-region") ?? regionNamed ?? region;
  if (actual !== region && /^[a-z0-9-]{1,40}$/.test(actual)) {
    return new UserError(
      "bucket-refused",
      `${what} It is in ${actual}, not in ${region}: correct backend.region.`,
    );
  }
  if (status === 401 || status === 403) {
    const permission = verb === "read" ? "read" : "write";
    return new UserError(
      "bucket-forbidden",
      `${what} Give the credentials permission to ${permission} its objects: in R2 a token with Object ` +
        "Read & Write, in S3 s3:GetObject and s3:PutObject on the objects and s3:ListBucket on the " +
        "bucket, without which S3 says the same of an object that is not there.",
    );
  }
  return new UserError(
    "bucket-refused",
    `${what} Check its name, its region, that it is there, and that the credentials and the address of the store belong to it.`,
  );
}
