import type { Readable } from "node:stream";
import { Miniflare } from "miniflare";
import { BUNDLE_COMPATIBILITY_DATE } from "../../../infra/cloudflare/compatibility-date.ts";
import { RawConnections, type RawListener, type RawRequest } from "./raw-connections.ts";

/** A request as the runtime delivers it to a Worker. */
export interface Delivered {
  readonly method: string;
  readonly url: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const SCRIPT = `export default {
  async fetch(request) {
    const { method, url, headers } = request;
    const hasBody = request.body !== null && method !== "TRACE";
    const body = hasBody ? await request.text() : "";
    return Response.json({ method, url, headers: Object.fromEntries(headers), body }, { headers: { "x-probe": "1" } });
  },
};`;

/**
 * A Worker that says what it was delivered: how the runtime joins lines, cuts blanks, decodes bytes and takes a
 * target is the runtime's own business, and a test that imagines it is wrong sooner or later.
 */
export class DeliveryProbe implements RawListener {
  readonly #miniflare = new Miniflare({
    modules: true,
    script: SCRIPT,
    compatibilityDate: BUNDLE_COMPATIBILITY_DATE,
    unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
    // What it refuses it complains about, too.
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      stdout.resume();
      stderr.resume();
    },
  });

  readonly #connections = new RawConnections(this);

  async address(): Promise<URL> {
    await this.#miniflare.ready;
    return this.#miniflare.unsafeGetDirectURL();
  }

  /** What these bytes are to a Worker; undefined for a request that the runtime refuses by itself. */
  async deliver(requests: readonly RawRequest[]): Promise<(Delivered | undefined)[]> {
    const answers = await this.#connections.send(requests.map(withAnswer));
    return answers.map((answer, index) => {
      const end = answer.indexOf("\r\n\r\n");
      const head = answer.slice(0, end);
      if (!/^x-probe: 1/im.test(head)) return undefined;
      const said = Buffer.from(unchunked(head, answer.slice(end + 4)), "latin1").toString("utf8");
      const delivered = JSON.parse(said) as Delivered;
      return isHead(requests[index]) ? { ...delivered, method: "HEAD" } : delivered;
    });
  }

  async close(): Promise<void> {
    this.#connections.close();
    await this.#miniflare.dispose();
  }
}

function isHead(request: RawRequest | undefined): boolean {
  return request?.head[0]?.startsWith("HEAD ") === true;
}

/** To HEAD nobody answers with a body. */
function withAnswer(request: RawRequest): RawRequest {
  if (!isHead(request)) return request;
  return {
    ...request,
    head: request.head.map((line, index) => (index === 0 ? line.replace("HEAD", "GET") : line)),
  };
}

function unchunked(head: string, body: string): string {
  if (!/^transfer-encoding: chunked/im.test(head)) return body;
  let text = "";
  for (let rest = body; ;) {
    const start = rest.indexOf("\r\n") + 2;
    const size = parseInt(rest, 16);
    if (!(size > 0)) return text;
    text += rest.slice(start, start + size);
    rest = rest.slice(start + size + 2);
  }
}
