import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer, request } from "node:http";
import { buffer } from "node:stream/consumers";
import { AwsClient } from "aws4fetch";
import { KEYS } from "./versity-gateway.ts";

/** What happens to a request on its way to the store and back. */
export type Fault =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly code: string;
      readonly headers?: Record<string, string>;
    }
  | { readonly kind: "silent" }
  | { readonly kind: "slow"; readonly ms: number }
  /** The answer ends in the middle of its body. */
  | { readonly kind: "cut" }
  /** The request is done, and its answer lost. */
  | { readonly kind: "lost" }
  /** The answer is shorter, and says that it is whole. */
  | { readonly kind: "truncated" };

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/** Stands between a client and a store, and passes everything on as it is, but for what it is told to break. */
export class Between {
  /** For each request, what happens to it. */
  fault: (request: { readonly method: string; readonly path: string }) => Fault | undefined = () => undefined;
  /** Takes the conditions out of every write, as a store does that does not know them. */
  dropsConditions = false;
  readonly requests: string[] = [];
  endpoint = "";
  readonly #server = createServer((incoming, outgoing) => {
    this.#pass(incoming, outgoing).catch(() => outgoing.destroy());
  });

  constructor(
    private readonly store: string,
    private readonly region: string,
  ) {}

  async start(): Promise<void> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("No port.");
    this.endpoint = `http://127.0.0.1:${address.port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const { method = "GET", url: path = "/" } = incoming;
    this.requests.push(`${method} ${path}`);
    const fault = this.fault({ method, path });
    if (fault?.kind === "silent") return;
    if (fault?.kind === "answer") {
      outgoing
        .writeHead(fault.status, { "content-type": "application/xml", ...fault.headers })
        .end(`<?xml version="1.0"?><Error><Code>${fault.code}</Code></Error>`);
      return;
    }
    const answer = await this.#ask(incoming, method, path, body);
    if (fault?.kind === "slow") await new Promise((resolve) => setTimeout(resolve, fault.ms));
    if (fault?.kind === "lost") return void incoming.socket.destroy();
    const kept = fault?.kind === "truncated" ? answer.body.subarray(0, answer.body.length / 2) : answer.body;
    const headers = Object.fromEntries(
      [...answer.headers].filter(([name]) => !/^(connection|transfer-encoding|content-length)$/.test(name)),
    );
    outgoing.writeHead(answer.status, {
      ...headers,
      ...(method !== "HEAD" && { "content-length": kept.length }),
    });
    if (fault?.kind !== "cut") return void outgoing.end(kept);
    outgoing.write(kept.subarray(0, kept.length / 2), () => incoming.socket.destroy());
  }

  /** Conditions are signed: without them, the request needs a signature of its own. */
  async #ask(incoming: IncomingMessage, method: string, path: string, body: Buffer): Promise<Answer> {
    const isConditional = "if-none-match" in incoming.headers || "if-match" in incoming.headers;
    const headers = Object.entries(incoming.headers).filter(
      ([name]) => !/^(connection|host|expect)$/.test(name),
    );
    const init = {
      method,
      redirect: "manual" as const,
      ...(body.length > 0 && { body: new Uint8Array(body) }),
    };
    if (this.dropsConditions && isConditional && method === "PUT") {
      const signer = new AwsClient({ ...KEYS, service: "s3", region: this.region });
      const response = await signer.fetch(`${this.store}${path}`, {
        ...init,
        headers: { "content-type": incoming.headers["content-type"] ?? "application/octet-stream" },
        aws: { signQuery: false },
      });
      return {
        status: response.status,
        headers: response.headers,
        body: Buffer.from(await response.arrayBuffer()),
      };
    }
    return this.#askAsItIs(
      method,
      path,
      { ...Object.fromEntries(headers), host: incoming.headers.host ?? "" },
      body,
    );
  }

  async #askAsItIs(method: string, path: string, headers: object, body: Buffer): Promise<Answer> {
    const sent = request(new URL(path, this.store), {
      method,
      headers: headers as Record<string, string>,
      agent: false,
    });
    sent.end(body);
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    const answered = new Headers();
    for (const [name, value] of Object.entries(response.headers)) answered.set(name, String(value));
    return { status: response.statusCode ?? 502, headers: answered, body: await buffer(response) };
  }
}
