import { createHash, createHmac } from "node:crypto";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { buffer } from "node:stream/consumers";

export const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: "fake-access-key",
  AWS_SECRET_ACCESS_KEY: "fake-secret-access-key",
} as const;

/**
 * An object store on this machine that answers as S3 and R2 do: signatures of version 4, ETags, conditional writes
 * and their errors.
 */
export class LocalBucket {
  readonly objects = new Map<string, Buffer>();
  /** What the next requests get, instead of an answer. */
  readonly failures: number[] = [];
  /** Called before each write, as somebody else who writes meanwhile. */
  beforeWrite: ((path: string) => void) | undefined;
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  endpoint = "";

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("No port.");
    this.endpoint = `http://127.0.0.1:${address.port}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const path = request.url ?? "";
    const failure = this.failures.shift();
    if (failure !== undefined) return error(response, failure, "SlowDown");
    if (!isSigned(request, body)) return error(response, 403, "SignatureDoesNotMatch");
    if (!path.startsWith("/states/")) return error(response, 404, "NoSuchBucket");
    if (request.method === "PUT") this.beforeWrite?.(path);
    const held = this.objects.get(path);
    if (request.method === "GET") {
      if (held === undefined) return error(response, 404, "NoSuchKey");
      response.writeHead(200, { etag: etagOf(held) }).end(held);
      return;
    }
    const { "if-match": match, "if-none-match": noneMatch } = request.headers;
    const isWrong = noneMatch === "*" ? held !== undefined : held === undefined || match !== etagOf(held);
    if (isWrong) return error(response, 412, "PreconditionFailed");
    this.objects.set(path, body);
    response.writeHead(200, { etag: etagOf(body) }).end();
  }
}

function error(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status).end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
}

function etagOf(bytes: Buffer): string {
  return `"${createHash("md5").update(bytes).digest("hex")}"`;
}

// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
function isSigned(request: IncomingMessage, body: Buffer): boolean {
  const { headers, method = "", url = "" } = request;
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? "",
    );
  const [, credential = "", signedHeaders = "", signature] = parts ?? [];
  const [keyId, date = "", region = "", service = ""] = credential.split("/");
  const bodyHash = String(headers["x-amz-content-sha256"]);
  const isBody = bodyHash === "UNSIGNED-PAYLOAD" || bodyHash === sha256(body);
  const canonical = [
    method,
    url,
    "",
    ...signedHeaders.split(";").map((name) => `${name}:${String(headers[name]).trim()}`),
    "",
    signedHeaders,
    bodyHash,
  ].join("\n");
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(canonical)].join("\n");
  const key = [date, region, service, "aws4_request"].reduce<Buffer>(
    (signing, part) => createHmac("sha256", signing).update(part).digest(),
    Buffer.from(`AWS4${CREDENTIALS.AWS_SECRET_ACCESS_KEY}`),
  );
  const wanted = createHmac("sha256", key).update(toSign).digest("hex");
  return keyId === CREDENTIALS.AWS_ACCESS_KEY_ID && isBody && wanted === signature;
}

function sha256(text: string | Buffer): string {
  return createHash("sha256").update(text).digest("hex");
}
