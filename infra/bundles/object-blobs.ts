import type { Blobs } from "./blobs.ts";
import { bucketCredentials } from "./bucket-credentials.ts";
import { refusal } from "./bucket-refusal.ts";
import { sha256Of } from "../files/sha256.ts";
import { type BucketAnswer, signedRequests } from "./signed-requests.ts";
import type { Variables } from "../variables/command-variables.ts";

export interface ObjectBlobsOptions {
  /** Address of the object store, without the bucket and a slash at its end. */
  readonly endpoint: string;
  readonly bucket: string;
  /** What the names of all objects begin with, without a slash at its end. */
  readonly prefix: string;
  readonly region: string;
  /**
   * Environment variables: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, and AWS_SESSION_TOKEN where it is used.
   */
  readonly variables: Variables;
  /**
   * Before a request without an answer is sent again, in milliseconds.
   * @default 100
   */
  readonly firstPauseMs?: number;
}

/**
 * Blobs as objects of a bucket in S3, R2 or a store like them. @throws UserError when the credentials are
 * missing.
 */
export function objectBlobs(options: ObjectBlobsOptions): Blobs {
  const { bucket, prefix, region, variables, firstPauseMs = 100 } = options;
  const credentials = bucketCredentials(variables, bucket);
  const send = signedRequests({ ...options, credentials, firstPauseMs });
  return {
    place: `${bucket}/${prefix}`,
    read: async (name) => {
      const answer = await send({ method: "GET", key: `${prefix}/${name}` });
      // Any other 404 is about something else: the bucket, the key id, or a proxy that knows no such page.
      if (answer.status === 404 && answer.code === "NoSuchKey") return undefined;
      // A proxy marks an ETag as weak when it changes the encoding; the store knows it without the mark.
      const tag = answer.headers.get("etag")?.replace(/^W\//, "");
      if (answer.status !== 200 || tag === undefined) throw refusal("read", bucket, region, answer);
      return { bytes: answer.bytes, tag };
    },
    write: async (name, bytes, expected) => {
      const answer = await send({
        method: "PUT",
        key: `${prefix}/${name}`,
        body: bytes,
        headers: {
          "content-type": name.endsWith(".json") ? "application/json" : "text/javascript",
          "x-amz-content-sha256": sha256Of(bytes),
          ...(expected === undefined ? { "if-none-match": "*" } : { "if-match": expected }),
        },
      });
      if (isOvertaken(answer)) return false;
      if (answer.status !== 200) throw refusal("written", bucket, region, answer);
      return true;
    },
  };
}

/** Another blob is there by now, another write is under way, or the one to replace is gone. */
function isOvertaken({ status, code }: BucketAnswer): boolean {
  return status === 412 || status === 409 || (status === 404 && code === "NoSuchKey");
}
