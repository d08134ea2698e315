import { AwsClient } from "aws4fetch";
import pRetry from "p-retry";
import { UserError } from "../errors/user-error.ts";
import { MOST_BYTES } from "./blobs.ts";
import type { BucketCredentials } from "./bucket-credentials.ts";
import { tooLarge } from "./too-large.ts";

export interface BucketRequest {
  readonly method: "GET" | "PUT";
  readonly key: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface BucketAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /**
   * The store's word for an error, for example `NoSuchKey`; empty where it has none. The rest may repeat
   * secrets.
   */
  readonly code: string;
  /** The region that the store asks for; undefined where it names none. */
  readonly regionNamed: string | undefined;
}

export interface SigningOptions {
  /** Address of the object store, without the bucket and a slash at its end. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly credentials: BucketCredentials;
  /** Before the second attempt, in milliseconds; each pause is longer than the one before. */
  readonly firstPauseMs: number;
}

/** Another attempt may have an answer. */
class NoAnswer extends Error {}

const ATTEMPTS = 6;
const ATTEMPT_LIMIT_MS = 30_000;

/**
 * Sends requests until there is an answer that counts. Signatures are in headers: no address is worth
 * anything.
 */
export function signedRequests(options: SigningOptions): (request: BucketRequest) => Promise<BucketAnswer> {
  const { endpoint, bucket, region, credentials, firstPauseMs } = options;
  const signer = new AwsClient({ ...credentials, service: "s3", region });

  const attempt = async ({ method, key, headers, body }: BucketRequest): Promise<BucketAnswer> => {
    const path = key.split("/").map(encodeURIComponent).join("/");
    const request = await signer.sign(`${endpoint}/${bucket}/${path}`, {
      method,
      // To a bucket of another region: the signature would not be right there.
      redirect: "manual",
      signal: AbortSignal.timeout(ATTEMPT_LIMIT_MS),
      ...(headers && { headers }),
      ...(body && { body: new Uint8Array(body) }),
    });
    // Compressed on the way, an object has another ETag. Proxies change this header, so it is not signed.
    request.headers.set("accept-encoding", "identity");
    const answer = await answerTo(request, `${bucket}/${key}`);
    // 501 is an answer: the store cannot do what was asked of it, and will not learn it.
    if (answer.status === 429 || (answer.status >= 500 && answer.status !== 501)) {
      throw new NoAnswer([answer.status, answer.code].join(" ").trim());
    }
    return answer;
  };

  return async (request) => {
    try {
      return await pRetry(() => attempt(request), {
        retries: ATTEMPTS - 1,
        minTimeout: firstPauseMs,
        randomize: true,
        shouldRetry: ({ error }) => error instanceof NoAnswer,
      });
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      throw new UserError(
        "bucket-unreachable",
        `The bucket ${bucket} at ${endpoint} did not answer in ${ATTEMPTS} attempts; the last one ended with ` +
          `${error.message}. Check the network and the store's status page, then run this again.`,
      );
    }
  };
}

async function answerTo(request: Request, object: string): Promise<BucketAnswer> {
  try {
    const response = await fetch(request);
    const { status, headers } = response;
    const bytes = await readLimited(response, object);
    const said = status < 300 ? "" : bytes.toString();
    const [, code = ""] = /<Code>(\w{1,60})<\/Code>/.exec(said) ?? [];
    const [, regionNamed] = /<Region>([a-z0-9-]{1,40})<\/Region>/.exec(said) ?? [];
    return { status, headers, bytes, code, regionNamed };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new NoAnswer(reasonOf(error));
  }
}

async function readLimited({ body }: Response, object: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > MOST_BYTES) throw tooLarge(object);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The system's word for it. Messages are left out: they may repeat what was sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "no answer";
  const { name, cause } = error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : name;
}
