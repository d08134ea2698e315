import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { Log, LogLevel, Miniflare } from "miniflare";
import type { Pool } from "undici";
import { FRONT_HEADERS } from "./front-worker.ts";
import { type Deployment, WorkerStartError } from "./model.ts";
import { isHopHeader, toResponse } from "./node-http.ts";
import { type Switched, askToSwitch, isSwitched } from "./upgrade.ts";
import { FRONT, frontOptions, scriptOptions } from "./worker-options.ts";
import { workerdPool } from "./workerd-pool.ts";

/** A line that a Worker or the runtime wrote. */
export interface WorkerLog {
  /** As in the console: `log`, `info`, `debug`, `warn` or `error`. */
  readonly level: string;
  readonly message: string;
}

export interface GenerationOptions {
  readonly deployment: Deployment;
  /** Host and port that receive the Workers' subrequests. */
  readonly outbound: string;
  /** Folder with the KV values, shared by all generations. */
  readonly storage: string;
  readonly log: (line: WorkerLog) => void;
}

/** What a Worker did with a request: it answered, or it threw. */
export type Outcome =
  { readonly threw: false; readonly response: Response } | { readonly threw: true; readonly reason: string };

/** One workerd process with everything that was deployed when it started. It never changes. */
export class Generation {
  readonly #miniflare: Miniflare;
  readonly #address: URL;
  readonly #pool: Pool;
  readonly #key: string;
  #inFlight = 0;
  #onDrained: (() => void) | undefined;
  #disposed: Promise<void> | undefined;

  private constructor(miniflare: Miniflare, address: URL, key: string) {
    this.#miniflare = miniflare;
    this.#key = key;
    this.#address = address;
    this.#pool = workerdPool(address.origin);
  }

  /** @throws WorkerStartError with the runtime's own reason. */
  static async start({ deployment, outbound, storage, log }: GenerationOptions): Promise<Generation> {
    const key = randomUUID();
    const complaints: string[] = [];
    let forward = (line: WorkerLog): void => {
      if (line.level === "error") complaints.push(line.message);
    };
    let miniflare: Miniflare | undefined;
    try {
      miniflare = new Miniflare({
        // `cf: false` because the default asks Cloudflare for it over the network.
        cf: false,
        log: new Log(LogLevel.NONE),
        logRequests: false,
        kvPersist: storage,
        handleStructuredLogs: (line: WorkerLog) => {
          forward(line);
        },
        workers: [
          frontOptions(deployment, key),
          ...deployment.scripts.map((script) => scriptOptions(script, deployment.secret, outbound)),
        ],
      });
      const address = await miniflare.unsafeGetDirectURL(FRONT);
      forward = log;
      return new Generation(miniflare, address, key);
    } catch (error) {
      // Miniflare rejects again with the reason it could not start.
      await miniflare?.dispose().catch(() => undefined);
      const reason = complaints.length > 0 ? complaints.join("\n") : String(error);
      throw new WorkerStartError(reason.replaceAll(/^service core:user:([^:]+): /gm, "$1: "));
    }
  }

  async dispatch(script: string, request: Request): Promise<Outcome> {
    // A visitor must not be able to speak to the front Worker itself.
    const headers = Object.fromEntries([...request.headers].filter(([name]) => !name.startsWith("x-local-")));
    headers[FRONT_HEADERS.script] = script;
    headers[FRONT_HEADERS.url] = request.url;
    const body = request.body === null ? null : Readable.fromWeb(request.body);
    const response = await this.#send(request.method, headers, body, request.signal);
    const failure = response.headers.get(FRONT_HEADERS.failure);
    if (failure?.startsWith(this.#key) !== true) return { threw: false, response };
    await response.body?.cancel();
    return { threw: true, reason: decodeURIComponent(failure.slice(this.#key.length)) };
  }

  /**
   * Hands a Worker a WebSocket's handshake. The connection keeps this process as an answer under way does; an answer
   * that does not switch is told as `dispatch` tells it.
   */
  async upgrade(script: string, { url, headers, signal }: Request): Promise<Switched | Outcome> {
    const asked = Object.fromEntries([...headers].filter(([name]) => !name.startsWith("x-local-")));
    asked[FRONT_HEADERS.script] = script;
    asked[FRONT_HEADERS.url] = url;
    asked[FRONT_HEADERS.key] = this.#key;
    this.#inFlight += 1;
    try {
      const answer = await askToSwitch(this.#address, asked, signal);
      (isSwitched(answer) ? answer.socket : answer).once("close", () => {
        this.#finish();
      });
      if (isSwitched(answer)) return answer;
      const response = toResponse(answer.statusCode ?? 502, webHeaders(answer.headers), answer);
      const failure = response.headers.get(FRONT_HEADERS.failure);
      if (failure?.startsWith(this.#key) !== true) return { threw: false, response };
      await response.body?.cancel();
      return { threw: true, reason: decodeURIComponent(failure.slice(this.#key.length)) };
    } catch (error) {
      this.#finish();
      throw error;
    }
  }

  /**
   * Runs one of the front Worker's operations.
   *
   * @throws Error with the runtime's reason when it fails.
   */
  async operate(operation: string, headers: Record<string, string>, body?: Uint8Array): Promise<Response> {
    const all = { ...headers, [FRONT_HEADERS.operation]: operation };
    const response = await this.#send("POST", all, body ?? null, undefined);
    const failure = response.headers.get(FRONT_HEADERS.failure);
    if (failure !== null) throw new Error(decodeURIComponent(failure.slice(this.#key.length)));
    return response;
  }

  /** Ends the process as soon as the last answer is out. */
  async retire(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#onDrained = resolve;
      if (this.#inFlight === 0) resolve();
    });
    await this.dispose();
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.#pool.destroy().then(() => this.#miniflare.dispose());
    return this.#disposed;
  }

  async #send(
    method: string,
    headers: Record<string, string>,
    body: Readable | Uint8Array | null,
    signal: AbortSignal | undefined,
  ): Promise<Response> {
    this.#inFlight += 1;
    try {
      const answer = await this.#pool.request({
        method,
        path: "/",
        headers: { ...headers, [FRONT_HEADERS.key]: this.#key },
        body,
        ...(signal === undefined ? {} : { signal }),
      });
      answer.body.once("close", () => {
        this.#finish();
      });
      return toResponse(answer.statusCode, webHeaders(answer.headers), answer.body);
    } catch (error) {
      this.#finish();
      throw error;
    }
  }

  #finish(): void {
    this.#inFlight -= 1;
    if (this.#inFlight === 0) this.#onDrained?.();
  }
}

function webHeaders(headers: NodeJS.Dict<string | string[]>): Headers {
  const result = new Headers();
  for (const [name, values = []] of Object.entries(headers)) {
    if (isHopHeader(name)) continue;
    for (const value of [values].flat()) result.append(name, value);
  }
  return result;
}
