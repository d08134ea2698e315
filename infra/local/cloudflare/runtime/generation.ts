import type { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import type { Pool } from "undici";
import type { Script } from "../account/model.ts";
import { bodyOf, isHopHeader, toResponse } from "../http/node-http.ts";
import { type Switched, askToSwitch, isSwitched } from "../http/upgrade.ts";
import { FRONT_HEADERS } from "./front-worker.ts";
import { type Excess, watchRunning } from "./process-watch.ts";
import type { Started } from "./start-limits.ts";
import { type RunningWorkerd, type WorkerdOptions, startWorkerd } from "./start-workerd.ts";
import { workerdPool } from "./workerd-pool.ts";

/** What a Worker did with a request: it answered, it threw, or its process ended before it answered. */
export type Outcome =
  | { readonly kind: "answered"; readonly response: Response }
  | { readonly kind: "threw" | "ended"; readonly reason: string };

/** They begin with Cloudflare's own words, seen in public reports. */
const EXCESS: Readonly<Record<Excess, string>> = {
  cpu: "Worker exceeded CPU time limit.",
  memory: "Worker exceeded memory limit.",
};

/** One workerd process with everything that was deployed when it started. It never changes. */
export class Generation implements Started {
  readonly scripts: readonly Script[];
  readonly startCpu: number;
  readonly #workerd: RunningWorkerd;
  readonly #pool: Pool;
  readonly #exited: Promise<unknown>;
  readonly #stopWatching: () => void;
  #inFlight = 0;
  #onDrained: (() => void) | undefined;
  #disposed: Promise<void> | undefined;
  #ended: string | undefined;

  private constructor(workerd: RunningWorkerd, scripts: readonly Script[]) {
    const { process, address, limits, startCpu } = workerd;
    this.scripts = scripts;
    this.startCpu = startCpu;
    this.#workerd = workerd;
    this.#exited = new Promise((resolve) => process.once("exit", resolve));
    this.#pool = workerdPool(address.origin);
    process.once("exit", () => {
      this.#end("The process of the Workers ended.");
    });
    const ask = () => this.operate("ping", {});
    this.#stopWatching = watchRunning(process, limits, ask, (excess) => {
      this.#end(EXCESS[excess]);
      process.kill("SIGKILL");
    });
  }

  /** As `startWorkerd`, and throws as it does. */
  static async start(options: WorkerdOptions): Promise<Generation> {
    return new Generation(await startWorkerd(options), options.deployment.scripts);
  }

  /** Whether its process is gone, so that nothing answers any more. */
  get hasEnded(): boolean {
    return this.#ended !== undefined;
  }

  async dispatch(script: string, request: Request): Promise<Outcome> {
    // A visitor must not be able to speak to the front Worker itself.
    const headers = Object.fromEntries([...request.headers].filter(([name]) => !name.startsWith("x-local-")));
    headers[FRONT_HEADERS.script] = script;
    headers[FRONT_HEADERS.url] = request.url;
    try {
      return await this.#outcomeOf(
        await this.#send(request.method, headers, bodyOf(request), request.signal),
      );
    } catch (error) {
      return await this.#endedOr(error, request.signal);
    }
  }

  /**
   * Hands a Worker a WebSocket's handshake. The connection keeps this process as an answer under way does; an
   * answer that does not switch is told as `dispatch` tells it.
   */
  async upgrade(script: string, { url, headers, signal }: Request): Promise<Switched | Outcome> {
    const asked = Object.fromEntries([...headers].filter(([name]) => !name.startsWith("x-local-")));
    asked[FRONT_HEADERS.script] = script;
    asked[FRONT_HEADERS.url] = url;
    asked[FRONT_HEADERS.key] = this.#workerd.key;
    this.#inFlight += 1;
    try {
      const answer = await askToSwitch(this.#workerd.address, asked, signal);
      (isSwitched(answer) ? answer.socket : answer).once("close", () => {
        this.#finish();
      });
      if (isSwitched(answer)) return answer;
      return await this.#outcomeOf(toResponse(answer.statusCode ?? 502, webHeaders(answer.headers), answer));
    } catch (error) {
      this.#finish();
      return await this.#endedOr(error, signal);
    }
  }

  async #outcomeOf(response: Response): Promise<Outcome> {
    const failure = response.headers.get(FRONT_HEADERS.failure);
    if (failure?.startsWith(this.#workerd.key) !== true) return { kind: "answered", response };
    await response.body?.cancel();
    return { kind: "threw", reason: decodeURIComponent(failure.slice(this.#workerd.key.length)) };
  }

  /** @throws The error, where it is the visitor's going away or anything but the end of the process. */
  async #endedOr(error: unknown, signal: AbortSignal): Promise<Outcome> {
    if (signal.aborted) throw error;
    await this.#settled(error);
    if (this.#ended === undefined) throw error;
    return { kind: "ended", reason: this.#ended };
  }

  /**
   * Runs one of the front Worker's operations.
   *
   * @throws Error with the runtime's reason when it fails.
   */
  async operate(operation: string, headers: Record<string, string>, body?: Uint8Array): Promise<Response> {
    const all = { ...headers, [FRONT_HEADERS.operation]: operation };
    const response = await this.#send("POST", all, body ?? null, undefined).catch(async (error: unknown) => {
      await this.#settled(error);
      throw error;
    });
    const failure = response.headers.get(FRONT_HEADERS.failure);
    if (failure !== null) throw new Error(decodeURIComponent(failure.slice(this.#workerd.key.length)));
    return response;
  }

  /** Its connections break a moment before the system tells of the end of a process. */
  async #settled(error: unknown): Promise<void> {
    if (this.#ended !== undefined || !isBrokenConnection(error)) return;
    await Promise.race([this.#exited, wait(1000, undefined, { ref: false })]);
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
    this.#stopWatching();
    this.#disposed ??= this.#pool.destroy().then(() => this.#workerd.dispose());
    return this.#disposed;
  }

  #end(reason: string): void {
    this.#stopWatching();
    this.#ended ??= reason;
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
        headers: { ...headers, [FRONT_HEADERS.key]: this.#workerd.key },
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

/** Codes of Node and undici. */
const BROKEN_CONNECTION: ReadonlySet<unknown> = new Set([
  "ECONNRESET",
  "ECONNREFUSED",
  "EPIPE",
  "UND_ERR_SOCKET",
]);

function isBrokenConnection(error: unknown): boolean {
  return error instanceof Error && "code" in error && BROKEN_CONNECTION.has(error.code);
}
