import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { Log, LogLevel, Miniflare } from "miniflare";
import type { Pool } from "undici";
import { UserError } from "../../../errors/user-error.ts";
import { FRONT_HEADERS } from "./front-worker.ts";
import type { Keeper } from "./keeper.ts";
import { type Deployment, type Script, WorkerStartError } from "../account/model.ts";
import { bodyOf, isHopHeader, toResponse } from "../http/node-http.ts";
import {
  type Excess,
  PROCESS_LIMITS,
  type ProcessLimits,
  watchRunning,
  watchStart,
} from "./process-watch.ts";
import { type Started, limitsOfStart } from "./start-limits.ts";
import { makePrivateFiles, withStartedProcesses } from "./started-processes.ts";
import { type Switched, askToSwitch, isSwitched } from "../http/upgrade.ts";
import { FRONT, FRONT_COMPATIBILITY_DATE, frontOptions, scriptOptions } from "./worker-options.ts";
import type { WorkerLog } from "./worker-log.ts";
import { workerdPool } from "./workerd-pool.ts";

export interface GenerationOptions {
  readonly deployment: Deployment;
  /** Host and port that receive the Workers' subrequests. */
  readonly outbound: string;
  /** Folder with the KV values, shared by all generations. */
  readonly storage: string;
  /** Folder for what may go with the process. */
  readonly scratch: string;
  /** Ends the process should this one be gone. */
  readonly keeper: Keeper;
  readonly log: (line: WorkerLog) => void;
  /**
   * What answers until this one has started.
   * @default nothing, and every Worker of the deployment was accepted before
   */
  readonly before?: Started | undefined;
  /** @default what is right for people */
  readonly limits?: ProcessLimits | undefined;
}

/** What a Worker did with a request: it answered, it threw, or its process ended before it answered. */
export type Outcome =
  | { readonly kind: "answered"; readonly response: Response }
  | { readonly kind: "threw" | "ended"; readonly reason: string };

/** They begin with Cloudflare's own words, seen in public reports. */
const START_EXCESS: Readonly<Record<Excess, string>> = {
  cpu: "Script startup exceeded CPU time limit: its code outside of handlers does not come to an end.",
  memory: "Script startup exceeded memory limit: its code outside of handlers takes too much of it.",
};

const EXCESS: Readonly<Record<Excess, string>> = {
  cpu: "Worker exceeded CPU time limit.",
  memory: "Worker exceeded memory limit.",
};

/** One workerd process with everything that was deployed when it started. It never changes. */
export class Generation implements Started {
  readonly scripts: readonly Script[];
  readonly #miniflare: Miniflare;
  readonly #address: URL;
  readonly #pool: Pool;
  readonly #key: string;
  readonly #exited: Promise<unknown>;
  readonly #stopWatching: () => void;
  #inFlight = 0;
  #onDrained: (() => void) | undefined;
  #disposed: Promise<void> | undefined;
  #ended: string | undefined;

  private constructor(
    miniflare: Miniflare,
    address: URL,
    key: string,
    child: ChildProcess,
    limits: ProcessLimits,
    { scripts }: Deployment,
    readonly startCpu: number,
  ) {
    this.scripts = scripts;
    this.#miniflare = miniflare;
    this.#key = key;
    this.#exited = new Promise((resolve) => child.once("exit", resolve));
    this.#address = address;
    this.#pool = workerdPool(address.origin);
    child.once("exit", () => {
      this.#end("The process of the Workers ended.");
    });
    const ask = () => this.operate("ping", {});
    this.#stopWatching = watchRunning(child, limits, ask, (excess) => {
      this.#end(EXCESS[excess]);
      child.kill("SIGKILL");
    });
  }

  /**
   * @throws WorkerStartError with the runtime's own reason, or Cloudflare's where a Worker takes too much to start.
   * @throws UserError `clock-behind` where no Worker of today starts.
   */
  static async start(options: GenerationOptions): Promise<Generation> {
    const { deployment, outbound, storage, scratch, keeper, log, before } = options;
    const limits = limitsOfStart(options.limits ?? PROCESS_LIMITS, deployment.scripts, before);
    assertClock();
    const key = randomUUID();
    const complaints: string[] = [];
    let forward = (line: WorkerLog): void => {
      if (line.level === "error") complaints.push(line.message);
    };
    let excess: Excess | undefined;
    let stopWatching = (): number => 0;
    let workerd: ChildProcess | undefined;
    let miniflare: Miniflare | undefined;
    const onProcess = (child: ChildProcess): void => {
      workerd = child;
      makePrivateFiles(child);
      keeper.keep(child);
      child.once("spawn", () => {
        stopWatching = watchStart(child, limits, (what) => {
          excess = what;
          child.kill("SIGKILL");
        });
      });
    };
    try {
      miniflare = withStartedProcesses(
        onProcess,
        () =>
          new Miniflare({
            // `cf: false` because the default asks Cloudflare for it over the network.
            cf: false,
            log: new Log(LogLevel.NONE),
            logRequests: false,
            kvPersist: storage,
            // The default is a folder of Miniflare's own, which a `kill -9` would leave behind.
            cachePersist: join(scratch, `cache-${randomUUID()}`),
            workflowsPersist: join(scratch, "workflows"),
            handleStructuredLogs: (line: WorkerLog) => {
              forward(line);
            },
            workers: [
              frontOptions(deployment, key),
              ...deployment.scripts.map((script) => scriptOptions(script, deployment.secret, outbound)),
            ],
          }),
      );
      const address = await miniflare.unsafeGetDirectURL(FRONT);
      if (workerd === undefined) throw new Error("Miniflare started no process.");
      forward = log;
      return new Generation(miniflare, address, key, workerd, limits, deployment, stopWatching());
    } catch (error) {
      // Miniflare rejects again with the reason it could not start.
      await miniflare?.dispose().catch(() => undefined);
      const reason = complaints.length > 0 ? complaints.join("\n") : String(error);
      throw new WorkerStartError(
        excess === undefined
          ? reason.replaceAll(/^service core:user:([^:]+): /gm, "$1: ")
          : START_EXCESS[excess],
      );
    } finally {
      stopWatching();
    }
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
      return await this.#outcomeOf(toResponse(answer.statusCode ?? 502, webHeaders(answer.headers), answer));
    } catch (error) {
      this.#finish();
      return await this.#endedOr(error, signal);
    }
  }

  async #outcomeOf(response: Response): Promise<Outcome> {
    const failure = response.headers.get(FRONT_HEADERS.failure);
    if (failure?.startsWith(this.#key) !== true) return { kind: "answered", response };
    await response.body?.cancel();
    return { kind: "threw", reason: decodeURIComponent(failure.slice(this.#key.length)) };
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
    if (failure !== null) throw new Error(decodeURIComponent(failure.slice(this.#key.length)));
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
    this.#disposed ??= this.#pool.destroy().then(() => this.#miniflare.dispose());
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

/** workerd refuses what is dated later than today. */
function assertClock(): void {
  const today = new Date().toISOString().slice(0, 10);
  if (today >= FRONT_COMPATIBILITY_DATE) return;
  throw new UserError(
    "clock-behind",
    `The clock of this machine says ${today}, but this version is of ${FRONT_COMPATIBILITY_DATE} or later, and the Workers ` +
      "runtime starts nothing from the future. Set the clock, then run this again.",
  );
}
