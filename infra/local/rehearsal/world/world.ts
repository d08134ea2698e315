import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { Log, LogLevel, Miniflare, type MiniflareOptions } from "miniflare";
import type { Pool } from "undici";
import { LOCAL_CLOUDFLARE_FOLDER, markTemporaryFolder } from "../../../files/temporary-folder.ts";
import { Keeper } from "../../cloudflare/runtime/keeper.ts";
import { usageOf } from "../../cloudflare/runtime/process-usage.ts";
import { makePrivateFiles, withStartedProcesses } from "../../cloudflare/runtime/started-processes.ts";
import { temporaryRoot } from "../../cloudflare/runtime/temporary-root.ts";
import { workerdPool } from "../../cloudflare/runtime/workerd-pool.ts";
import { onInterruption } from "../../../console/interruption.ts";
import { UserError } from "../../../errors/user-error.ts";
import { ELSEWHERE, ONE_ANSWER, SAID, VALUE } from "./driver-answers.ts";
import { KEY_HEADER } from "./driver-worker.ts";
import { DRIVER_NAME, type WorldOptions, workersOf } from "./world-options.ts";

/** A request as the edge hands it on. */
export interface SentRequest {
  /** The isolate that gets it; undefined for the site, past the Worker. */
  readonly isolate: number | undefined;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string | undefined;
}

/** What came back, as far as it is judged. */
export interface RawAnswer {
  /** 0 when nobody answered. */
  readonly status: number;
  readonly location: string | null;
  /** Header `x-queueit-redirect`. */
  readonly ajaxRedirect: string | null;
  /** Sum of `ANSWER_FLAGS`. */
  readonly flags: number;
  readonly cookies: readonly string[];
}

/** What is around the Worker, besides the time. */
export interface Surroundings {
  readonly kv:
    | { readonly how: "well" | "slow" | "failing" }
    /** What these keys held when it became stale is all that reads see. */
    | { readonly how: "stale"; readonly values: Readonly<Record<string, string | null>> };
  readonly site: "well" | "down";
  readonly queueIt: "well" | "unreachable";
  /** What a Worker that pulls gets. */
  readonly configuration: string;
}

export interface BatchAnswer {
  readonly answers: readonly RawAnswer[];
  /** What the Workers wrote to their logs, with the isolate. */
  readonly lines: readonly (readonly [isolate: number, line: string])[];
}

export interface OneAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Milliseconds of real time that a batch may take: a Worker that never answers must not hold a rehearsal. */
const BATCH_TIMEOUT_MS = 180_000;

/** Requests in one message to the driver. */
const LARGEST_BATCH = 1000;

/**
 * The Workers of a rehearsal, in one workerd process: some isolates of the environment's Worker, the site behind it, and
 * a driver that asks them. Nothing that they ask leaves the process.
 */
export class World {
  #options: WorldOptions;
  readonly #key = randomUUID();
  readonly #scratch: string;
  readonly #keeper: Keeper;
  #miniflare: Miniflare | undefined;
  #pool: Pool | undefined;
  #process: ChildProcess | undefined;
  /** Seconds of CPU of processes that have ended. */
  #cpuBefore = 0;
  #surroundings: Surroundings;
  /** What has changed and the Workers do not know yet: the site once, each isolate by itself. */
  #untold: { site: boolean; readonly isolates: Set<number> } = { site: true, isolates: new Set() };

  private constructor(options: WorldOptions, surroundings: Surroundings, scratch: string, keeper: Keeper) {
    this.#options = options;
    this.#surroundings = surroundings;
    this.#scratch = scratch;
    this.#keeper = keeper;
  }

  /** @throws UserError `rehearsal-start` with the runtime's words when the Worker does not start. */
  static async start(options: WorldOptions, surroundings: Surroundings): Promise<World> {
    const scratch = await mkdtemp(join(temporaryRoot(), LOCAL_CLOUDFLARE_FOLDER));
    markTemporaryFolder(scratch);
    const keeper = await Keeper.start({ folders: [scratch] });
    const world = new World(options, surroundings, scratch, keeper);
    try {
      await world.#launch();
    } catch (error) {
      await world.close();
      throw error;
    }
    return world;
  }

  get isolates(): number {
    return this.#options.isolates;
  }

  get surroundings(): Surroundings {
    return this.#surroundings;
  }

  /** Changes what is around the Worker, from the next batch on. */
  surround(change: Partial<Surroundings>): void {
    this.#surroundings = { ...this.#surroundings, ...change };
    this.#tellAll();
  }

  /** New isolates, with what is changed: another bundle, another secret. KV and caches stay. */
  async restart(change: Partial<Pick<WorldOptions, "worker" | "secrets">> = {}): Promise<void> {
    this.#options = { ...this.#options, ...change };
    await this.#launch();
  }

  /**
   * Sends requests of one moment, and waits for what the Workers do in the background afterwards.
   *
   * @param now Milliseconds since 1970 by the Workers' clock; undefined for the machine's.
   * @throws Error when the Workers' process is gone or does not answer.
   */
  async send(requests: readonly SentRequest[], now: number | undefined): Promise<BatchAnswer> {
    const answers: RawAnswer[] = [];
    const lines: (readonly [number, string])[] = [];
    for (let from = 0; from < requests.length; from += LARGEST_BATCH) {
      const part = requests.slice(from, from + LARGEST_BATCH);
      const message = { what: "batch", now: now ?? null, ...this.#messageOf(part) };
      const said = SAID.parse(await this.#ask(message));
      for (const [status, location, ajaxRedirect, flags, cookies] of said.answers)
        answers.push({ status, location, ajaxRedirect, flags, cookies: cookies ?? [] });
      lines.push(...said.lines);
    }
    return { answers, lines };
  }

  /** Sets the clock of all isolates, and waits for what they do in the background. */
  async tick(now: number | undefined): Promise<void> {
    this.#tellAll();
    await this.#ask({ what: "batch", now: now ?? null, ...this.#messageOf([]) });
  }

  /** One request, for its whole answer. The clock is that of the last batch. */
  async ask(
    isolate: number,
    { method, url, headers, body }: Omit<SentRequest, "isolate">,
  ): Promise<OneAnswer> {
    const request = [isolate, method, url, headers, body];
    const said = ONE_ANSWER.parse(await this.#ask({ what: "once", request }));
    return { ...said, headers: new Headers(said.headers) };
  }

  /** Runs the cron handler of one isolate. */
  async runScheduled(cron: string): Promise<void> {
    await this.#ask({ what: "scheduled", cron });
  }

  /** Writes a value to the namespace, past the Worker. */
  async put(key: string, value: string): Promise<void> {
    await this.#ask({ what: "put", key, value });
  }

  async get(key: string): Promise<string | null> {
    return VALUE.parse(await this.#ask({ what: "get", key })).value;
  }

  /** Hosts that Workers asked and that are neither the sites nor Queue-it, since the last call: they got no answer. */
  async askedElsewhere(): Promise<readonly (readonly [host: string, requests: number])[]> {
    return ELSEWHERE.parse(await this.#ask({ what: "elsewhere" })).elsewhere;
  }

  /** CPU seconds of workerd so far, and bytes that it holds now; zero where the system does not tell. */
  usage(): { readonly cpu: number; readonly memory: number } {
    const pid = this.#process?.pid;
    const { cpu, memory } = (pid === undefined ? undefined : usageOf(pid)) ?? { cpu: 0, memory: 0 };
    return { cpu: this.#cpuBefore + cpu, memory };
  }

  async close(): Promise<void> {
    await this.#pool?.destroy();
    await this.#miniflare?.dispose().catch(() => undefined);
    await this.#keeper.end();
    rmSync(this.#scratch, { recursive: true, force: true });
  }

  async #launch(): Promise<void> {
    this.#cpuBefore = this.usage().cpu;
    this.#process = undefined;
    await this.#pool?.destroy();
    const complaints: string[] = [];
    const options: MiniflareOptions = {
      // The default asks Cloudflare for it over the network.
      cf: false,
      log: new Log(LogLevel.NONE),
      logRequests: false,
      kvPersist: join(this.#scratch, "kv"),
      cachePersist: join(this.#scratch, "cache"),
      workflowsPersist: join(this.#scratch, "workflows"),
      handleStructuredLogs: ({ message }: { readonly message: string }) => complaints.push(message),
      workers: workersOf(this.#options, this.#key),
    };
    const onProcess = (child: ChildProcess): void => {
      this.#process = child;
      makePrivateFiles(child);
      this.#keeper.keep(child);
    };
    try {
      await withStartedProcesses(onProcess, async () => {
        if (this.#miniflare === undefined) this.#miniflare = new Miniflare(options);
        else await this.#miniflare.setOptions(options);
        await this.#miniflare.ready;
      });
      const address = await this.#miniflare?.unsafeGetDirectURL(DRIVER_NAME);
      if (address === undefined) throw new Error("Miniflare did not start.");
      this.#pool = workerdPool(address.origin);
      // Miniflare ends the process at a signal, whatever is under way: whoever listens does so alone again.
      onInterruption(() => undefined)();
    } catch (error) {
      const why = complaints.length > 0 ? complaints.join(" ") : String(error);
      throw new UserError(
        "rehearsal-start",
        `The Worker cannot be rehearsed, because it does not start in workerd: ${why.slice(0, 1000)} Fix that, ` +
          "and try it with: npx queueit-cf preview --check",
      );
    }
    this.#tellAll();
  }

  #tellAll(): void {
    const { isolates } = this.#options;
    this.#untold = { site: true, isolates: new Set(Array.from({ length: isolates }, (_, each) => each)) };
  }

  #messageOf(requests: readonly SentRequest[]): object {
    const { site, queueIt, configuration, kv } = this.#surroundings;
    const asked = new Set(requests.flatMap(({ isolate }) => (isolate === undefined ? [] : [isolate])));
    // Isolates that are told something new are told even when nobody asks them.
    const tells = this.#untold.isolates.size > 0;
    const isolates = tells ? [...new Set([...asked, ...this.#untold.isolates])] : [...asked];
    const message = {
      requests: requests.map(({ isolate, method, url, headers, body }) => [
        isolate ?? -1,
        method,
        url,
        headers,
        body,
      ]),
      isolates: isolates.sort((a, b) => a - b),
      ...(tells && { kv }),
      ...(this.#untold.site && { site: { site, queueIt, configuration } }),
    };
    this.#untold = { site: false, isolates: new Set() };
    return message;
  }

  async #ask(message: object): Promise<unknown> {
    if (this.#pool === undefined) throw new Error("The Workers of the rehearsal do not run.");
    const { statusCode, body } = await this.#pool
      .request({
        method: "POST",
        path: "/",
        headers: { [KEY_HEADER]: this.#key },
        body: JSON.stringify(message),
        // workerd ends a connection after 5 s without a request, which a busy process here may not have heard of when
        // it sends the next.
        reset: true,
        signal: AbortSignal.timeout(BATCH_TIMEOUT_MS),
      })
      .catch((error: unknown) => {
        throw stuck(error);
      });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`The driver of the rehearsal failed: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  }
}

function stuck(error: unknown): UserError {
  const why = error instanceof Error && error.name === "TimeoutError" ? "did not answer in time" : "is gone";
  return new UserError(
    "rehearsal-stuck",
    `The process with the Worker of the rehearsal ${why}: the Worker may never let go of the processor, or use up the ` +
      "memory. Look for a loop without end in it; where the machine was too busy, or has too little memory, rehearse " +
      "with fewer visitors.",
  );
}
