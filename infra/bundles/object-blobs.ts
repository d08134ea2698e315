import { AwsClient } from "aws4fetch";
import { UserError } from "../errors.ts";
import type { Blobs } from "./blobs.ts";
import { sha256Of } from "./sha256.ts";

export interface ObjectBlobsOptions {
  /** Address of the object store, without the bucket. */
  readonly endpoint: string;
  readonly bucket: string;
  /** What the names of all objects begin with, without a slash at its end. */
  readonly prefix: string;
  readonly region: string;
  /** Environment variables: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, and AWS_SESSION_TOKEN where it is used. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Attempts after a 5xx or 429, each after twice the pause of the one before. */
const RETRIES = 5;

/** Blobs as objects of a bucket in S3, R2 or a store like them. @throws UserError when the credentials are missing. */
export function objectBlobs(options: ObjectBlobsOptions): Blobs {
  const { endpoint, bucket, prefix } = options;
  const client = clientOf(options);
  const place = `${bucket}/${prefix}`;
  const send = async (name: string, init: RequestInit): Promise<Response> => {
    const key = `${prefix}/${name}`.split("/").map(encodeURIComponent).join("/");
    try {
      return await client.fetch(`${endpoint}/${bucket}/${key}`, init);
    } catch (error) {
      const reason =
        error instanceof Error && error.cause instanceof Error ? error.cause.message : "no answer";
      throw new UserError(
        "bundles-unreachable",
        `The bucket ${bucket} at ${endpoint} cannot be reached: ${reason}.`,
      );
    }
  };
  return {
    place,
    read: async (name) => {
      const response = await send(name, { method: "GET" });
      if (response.ok) {
        const bytes = new Uint8Array(await response.arrayBuffer());
        return { bytes, tag: response.headers.get("etag") ?? "" };
      }
      const code = await errorCode(response);
      if (response.status === 404 && code !== "NoSuchBucket") return undefined;
      throw refusal("read", bucket, response.status, code);
    },
    write: async (name, bytes, expected) => {
      const condition = expected === undefined ? { "if-none-match": "*" } : { "if-match": expected };
      const response = await send(name, {
        method: "PUT",
        body: new Uint8Array(bytes),
        headers: { ...condition, "x-amz-content-sha256": sha256Of(bytes) },
      });
      const code = response.ok ? "" : await errorCode(response);
      if (response.ok) return true;
      // 409: another conditional write of the same object was under way.
      if (response.status === 412 || response.status === 409) return false;
      throw refusal("written", bucket, response.status, code);
    },
  };
}

function clientOf({ environment, region, bucket }: ObjectBlobsOptions): AwsClient {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  if (!accessKeyId || !secretAccessKey) {
    throw new UserError(
      "bucket-credentials",
      `The bucket ${bucket} holds the state and the bundles. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to ` +
        "credentials that may read and write its objects.",
    );
  }
  const sessionToken = environment["AWS_SESSION_TOKEN"];
  return new AwsClient({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    service: "s3",
    region,
    retries: RETRIES,
  });
}

/** The code in an error's XML, for example `NoSuchKey`; the rest of it may repeat the request. */
async function errorCode(response: Response): Promise<string> {
  return /<Code>(\w{1,60})<\/Code>/.exec(await response.text())?.[1] ?? "";
}

function refusal(verb: "read" | "written", bucket: string, status: number, code: string): UserError {
  const answer = `It answered ${status}${code === "" ? "" : ` ${code}`}.`;
  if (status === 403) {
    const permission = verb === "read" ? "read" : "write";
    return new UserError(
      "bucket-forbidden",
      `Objects of the bucket ${bucket} may not be ${verb}. ${answer} Give the credentials permission to ${permission} its ` +
        "objects, and check that they are the bucket's.",
    );
  }
  return new UserError(
    "bucket-refused",
    `The bucket ${bucket} could not be ${verb}. ${answer} Check its name, its region and that it is there.`,
  );
}
