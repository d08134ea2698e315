import { createHash } from "node:crypto";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { sha256, signatureFault } from "./signature.ts";

export const CREDENTIALS = {
  AWS_ACCESS_KEY_ID: "fake-access-key",
  AWS_SECRET_ACCESS_KEY: "fake-secret-access-key",
  AWS_SESSION_TOKEN: "fake-session-token//+==",
} as const;

const SIGNER = {
  accessKeyId: CREDENTIALS.AWS_ACCESS_KEY_ID,
  secretAccessKey: CREDENTIALS.AWS_SECRET_ACCESS_KEY,
};

/**
 * An object store on this machine that answers as S3 and R2 do: signatures of version 4, ETags, conditional
 * writes and their errors.
 */
export class LocalBucket {
  readonly objects = new Map<string, Buffer>();
  /**
   * What the next requests get: a status instead of an answer, the code of an error, what a malformed
   * request is answered with beside its code (`<Region>…`), a connection that ends ("cut"), or, when it writes, 503 although it was done ("lost").
   */
  readonly failures: (number | string)[] = [];
  /** Headers of conditions that it takes for none, as a store does that does not know them. */
  readonly unknown = new Set<string>();
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
    if (failure === "cut") return void request.socket.destroy();
    if (failure === 404) return void response.writeHead(404).end("<html>No such page</html>");
    if (typeof failure === "number") return error(request, response, failure, "SlowDown");
    if (failure?.startsWith("<"))
      return error(request, response, 400, "AuthorizationHeaderMalformed", failure);
    if (failure !== undefined && failure !== "lost") return error(request, response, 403, failure);
    const fault = signatureFault(
      { method: request.method ?? "", target: path, headers: request.headers },
      SIGNER,
    );
    if (fault !== undefined) return error(request, response, 403, fault);
    if (request.headers["x-amz-security-token"] !== CREDENTIALS.AWS_SESSION_TOKEN) {
      return error(request, response, 400, "InvalidToken");
    }
    if (!path.startsWith("/states/")) return error(request, response, 404, "NoSuchBucket");
    const held = this.objects.get(path);
    if (request.method === "GET") {
      if (held === undefined) return error(request, response, 404, "NoSuchKey");
      response.writeHead(200, { etag: etagOf(held) }).end(held);
      return;
    }
    const { "if-match": match, "if-none-match": noneMatch } = request.headers;
    const isWrong =
      noneMatch === "*"
        ? held !== undefined && !this.unknown.has("if-none-match")
        : !this.unknown.has("if-match") && (held === undefined || match !== etagOf(held));
    if (isWrong) return error(request, response, 412, "PreconditionFailed");
    if (request.headers["x-amz-content-sha256"] !== sha256(body)) {
      return error(request, response, 400, "XAmzContentSHA256Mismatch");
    }
    this.objects.set(path, body);
    if (failure === "lost") return error(request, response, 503, "SlowDown");
    response.writeHead(200, { etag: etagOf(body) }).end();
  }
}

/** As talkative as S3: it repeats who asked, and with what. */
function error(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  code: string,
  more = "",
): void {
  const echoed = JSON.stringify(request.headers);
  response
    .writeHead(status)
    .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${echoed}</Message>${more}</Error>`);
}

function etagOf(bytes: Buffer): string {
  return `"${createHash("md5").update(bytes).digest("hex")}"`;
}
