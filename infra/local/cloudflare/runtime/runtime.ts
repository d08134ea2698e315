import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { LOCAL_CLOUDFLARE_FOLDER, markTemporaryFolder } from "../../../files/temporary-folder.ts";
import type { LocalAccount } from "../account/account.ts";
import { startCronClock } from "./cron-clock.ts";
import { FRONT_HEADERS } from "./front-worker.ts";
import { Generation, type Outcome } from "./generation.ts";
import { Keeper } from "./keeper.ts";
import type { Deployment, WorkerHost } from "../account/model.ts";
import type { KvGate } from "./kv-gate.ts";
import { type Outbound, startOutbound } from "./outbound.ts";
import type { ProcessLimits } from "./process-watch.ts";
import { RuntimeKv } from "./runtime-kv.ts";
import { temporaryRoot } from "./temporary-root.ts";
import type { WorkerLog } from "./worker-log.ts";
import { type Answer, isSwitched } from "../http/upgrade.ts";

export interface RuntimeOptions {
  readonly account: LocalAccount;
  /** Answers every `fetch()` of a Worker. */
  readonly outbound: (request: Request) => Promise<Answer>;
  /** Gets what Workers write to the console, and the reason whenever one throws. */
  readonly log: (line: WorkerLog) => void;
  /**
   * Folder that keeps the KV values from one run to the next; one runtime at a time may have it.
   * @default a temporary one that goes with the runtime
   */
  readonly storage?: string | undefined;
  /**
   * Open file with the lock of that folder: it holds until the last of the Workers' processes has ended.
   * @default none
   */
  readonly lock?: number | undefined;
  /** @default what is right for people */
  readonly limits?: ProcessLimits | undefined;
  /**
   * Asked before each KV operation of a Worker: it may let it wait, or fail. The management API's own are not
   * asked about.
   * @default all of them work, and nobody is asked
   */
  readonly kvGate?: KvGate | undefined;
}

/**
 * Starts the account's Workers in workerd, and from then on keeps them in step with the account.
 * Cron triggers run at their times.
 *
 * @throws CloudflareError (10021) when a Worker does not start.
 */
export async function startRuntime(options: RuntimeOptions): Promise<LocalRuntime> {
  const { account, outbound, lock, log, limits, kvGate } = options;
  const scratch = await mkdtemp(path.join(temporaryRoot(), LOCAL_CLOUDFLARE_FOLDER));
  markTemporaryFolder(scratch);
  const storage = options.storage ?? path.join(scratch, "kv");
  const keeper = await Keeper.start({ folders: [scratch], lock });
  const receiver = await startOutbound(outbound, kvGate);
  const asksBeforeKv = kvGate !== undefined;
  const runtime = new LocalRuntime({
    scratch,
    storage,
    keeper,
    outbound: receiver,
    log,
    limits,
    asksBeforeKv,
  });
  try {
    await account.attach(runtime);
    runtime.startCrons(account);
  } catch (error) {
    await runtime.dispose();
    throw error;
  }
  return runtime;
}

interface RuntimeParts extends Pick<RuntimeOptions, "log" | "limits"> {
  /** Folder that goes with the runtime. */
  readonly scratch: string;
  /** Folder of the KV values. */
  readonly storage: string;
  readonly keeper: Keeper;
  readonly outbound: Outbound;
  readonly asksBeforeKv: boolean;
}

/**
 * Runs Workers in generations: a change starts a second workerd process, which takes over once it is up,
 * while the first finishes what it has begun. Miniflare's own `setOptions` would cut those requests off.
 */
export class LocalRuntime implements WorkerHost {
  readonly values = new RuntimeKv((...operation) =>
    this.#onCurrent((current) => current.operate(...operation)),
  );
  readonly #parts: RuntimeParts;
  readonly #generations = new Set<Generation>();
  /** The ends of generations that were replaced and have something under way. */
  readonly #retiring = new Set<Promise<void>>();
  #current: Generation | undefined;
  #deployment: Deployment | undefined;
  #lastStart: Promise<unknown> = Promise.resolve();
  #isEnding = false;
  #clockSkewMs = 0;
  #stopCrons: () => void = () => undefined;
  readonly #removeScratch = () => {
    rmSync(this.#parts.scratch, { recursive: true, force: true });
  };

  constructor(parts: RuntimeParts) {
    this.#parts = parts;
    process.once("exit", this.#removeScratch);
  }

  run(deployment: Deployment): Promise<void> {
    return this.#oneByOne(() => this.#start(deployment));
  }

  async settled(): Promise<void> {
    await Promise.all(this.#retiring);
  }

  /**
   * Sets the clock of all Workers, which start anew for it: what is under way ends with the clock it began with.
   *
   * @param skewMs Milliseconds by which it is ahead; 0 for the right time.
   */
  setClock(skewMs: number): Promise<void> {
    return this.#oneByOne(async () => {
      if (this.#deployment === undefined) throw new Error("The runtime has not started.");
      const before = this.#clockSkewMs;
      this.#clockSkewMs = skewMs;
      try {
        await this.#start(this.#deployment);
      } catch (error) {
        this.#clockSkewMs = before;
        throw error;
      }
    });
  }

  /**
   * Lets a Worker answer a request under its real URL. Bodies stream both ways. A Worker that throws gives
   * Cloudflare's error 1101 to the visitor and the reason to the log; one that never lets go of the CPU gives
   * 1102.
   */
  async dispatch(scriptName: string, request: Request): Promise<Response> {
    const outcome = await this.#onCurrent((current) => current.dispatch(scriptName, request));
    return this.#answerOf(scriptName, outcome);
  }

  /**
   * As `dispatch`, for a WebSocket's handshake: the Worker may switch, and speaks until either side closes.
   */
  async upgrade(scriptName: string, handshake: Request): Promise<Answer> {
    const outcome = await this.#onCurrent((current) => current.upgrade(scriptName, handshake));
    return isSwitched(outcome) ? outcome : this.#answerOf(scriptName, outcome);
  }

  /**
   * Sends a Worker a cron event and waits for its end.
   *
   * @throws Error when the handler fails or is missing; the reason is in the log.
   */
  async runScheduled(scriptName: string, cron: string): Promise<void> {
    const headers = { [FRONT_HEADERS.script]: scriptName, [FRONT_HEADERS.name]: encodeURIComponent(cron) };
    const response = await this.#onCurrent((current) => current.operate("scheduled", headers));
    const { outcome } = z.object({ outcome: z.string() }).parse(await response.json());
    if (outcome !== "ok")
      throw new Error(`The cron event "${cron}" of ${scriptName} ended with "${outcome}".`);
  }

  /** Sends the account's cron events at their times, until the runtime ends. */
  startCrons(account: LocalAccount): void {
    this.#stopCrons = startCronClock(account, ({ script, cron }) => {
      this.runScheduled(script, cron).catch((error: unknown) => {
        this.#parts.log({ level: "error", message: String(error) });
      });
    });
  }

  /** Ends every workerd process and removes everything that is not to be kept. */
  async dispose(): Promise<void> {
    const { scratch, keeper, outbound } = this.#parts;
    this.#stopCrons();
    this.#isEnding = true;
    // One that is being started would never be ready once its process is gone, and keep ours from its end.
    await this.#lastStart;
    outbound.close();
    await Promise.all([...this.#generations].map((generation) => generation.dispose()));
    await rm(scratch, { recursive: true, force: true });
    process.off("exit", this.#removeScratch);
    await keeper.end();
  }

  /**
   * Begins something on the generation that answers. One whose process has ended is replaced by another with
   * the same deployment.
   */
  async #onCurrent<Result>(begin: (current: Generation) => Promise<Result>): Promise<Result> {
    if (this.#current?.hasEnded === true) {
      await this.#oneByOne(async () => {
        if (this.#current?.hasEnded === true && this.#deployment !== undefined)
          await this.#start(this.#deployment);
      });
    }
    if (this.#current === undefined) throw new Error("The runtime has not started.");
    // Nothing may be awaited before this: a generation that has nothing under way may be replaced and end
    // meanwhile.
    return await begin(this.#current);
  }

  async #start(deployment: Deployment): Promise<void> {
    if (this.#isEnding) throw new Error("The local Cloudflare is ending.");
    const { outbound, ...parts } = this.#parts;
    const next = await Generation.start({
      ...parts,
      deployment,
      outbound: outbound.address,
      clockSkewMs: this.#clockSkewMs,
      before: this.#current,
    });
    this.#generations.add(next);
    const previous = this.#current;
    this.#current = next;
    this.#deployment = deployment;
    if (previous !== undefined) this.#retire(previous);
  }

  #answerOf(scriptName: string, outcome: Outcome): Response {
    switch (outcome.kind) {
      case "answered":
        return outcome.response;
      case "threw":
        this.#parts.log({ level: "error", message: `${scriptName} threw: ${outcome.reason}` });
        return plainError(1101, 500);
      case "ended":
        this.#parts.log({ level: "error", message: `${scriptName} did not answer: ${outcome.reason}` });
        return plainError(1102, 503);
    }
  }

  #retire(generation: Generation): void {
    const retired = generation
      .retire()
      .then(
        () => void this.#generations.delete(generation),
        (error: unknown) => {
          this.#parts.log({ level: "error", message: `A replaced Worker did not end: ${String(error)}` });
        },
      )
      .finally(() => this.#retiring.delete(retired));
    this.#retiring.add(retired);
  }

  /** The generation that was asked for last is the one that answers. */
  #oneByOne(work: () => Promise<void>): Promise<void> {
    const done = this.#lastStart.then(work);
    this.#lastStart = done.catch(() => undefined);
    return done;
  }
}

/** What a visitor sees of one of Cloudflare's own errors. */
function plainError(code: number, status: number): Response {
  return new Response(`error code: ${code}\n`, { status, headers: { "content-type": "text/plain" } });
}
