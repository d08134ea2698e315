import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import type { LocalAccount } from "./account.ts";
import { startCronClock } from "./cron-clock.ts";
import { FRONT_HEADERS } from "./front-worker.ts";
import { Generation, type Outcome, type WorkerLog } from "./generation.ts";
import type { Deployment, WorkerHost } from "./model.ts";
import { type Outbound, startOutbound } from "./outbound.ts";
import { RuntimeKv } from "./runtime-kv.ts";
import { temporaryRoot } from "./temporary-root.ts";
import { type Answer, isSwitched } from "./upgrade.ts";

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
}

/**
 * Starts the account's Workers in workerd, and from then on keeps them in step with the account.
 * Cron triggers run at their times.
 *
 * @throws CloudflareError (10021) when a Worker does not start.
 */
export async function startRuntime(options: RuntimeOptions): Promise<LocalRuntime> {
  const { account, outbound, log } = options;
  const [storage, receiver] = await Promise.all([storageOf(options), startOutbound(outbound)]);
  const runtime = new LocalRuntime(storage, receiver, log);
  try {
    await account.attach(runtime);
    runtime.startCrons(account);
  } catch (error) {
    await runtime.dispose();
    throw error;
  }
  return runtime;
}

/** Where the KV values are, and whether they go with the runtime. */
interface Storage {
  readonly folder: string;
  readonly temporary: boolean;
}

async function storageOf({ storage }: RuntimeOptions): Promise<Storage> {
  if (storage !== undefined) return { folder: storage, temporary: false };
  return { folder: await mkdtemp(path.join(temporaryRoot(), "queueit-local-cloudflare-")), temporary: true };
}

/**
 * Runs Workers in generations: a change starts a second workerd process, which takes over once it is up, while the
 * first finishes what it has begun. Miniflare's own `setOptions` would cut those requests off.
 */
export class LocalRuntime implements WorkerHost {
  readonly values = new RuntimeKv(() => this.#generation());
  readonly #storage: Storage;
  readonly #outbound: Outbound;
  readonly #log: (line: WorkerLog) => void;
  readonly #generations = new Set<Generation>();
  #current: Generation | undefined;
  #stopCrons: () => void = () => undefined;
  readonly #removeStorage = () => {
    if (this.#storage.temporary) rmSync(this.#storage.folder, { recursive: true, force: true });
  };

  constructor(storage: Storage, outbound: Outbound, log: (line: WorkerLog) => void) {
    this.#storage = storage;
    this.#outbound = outbound;
    this.#log = log;
    process.once("exit", this.#removeStorage);
  }

  async run(deployment: Deployment): Promise<void> {
    const next = await Generation.start({
      deployment,
      outbound: this.#outbound.address,
      storage: this.#storage.folder,
      log: this.#log,
    });
    this.#generations.add(next);
    const previous = this.#current;
    this.#current = next;
    if (previous !== undefined) this.#retire(previous);
  }

  /**
   * Lets a Worker answer a request under its real URL. Bodies stream both ways. A Worker that throws gives
   * Cloudflare's error 1101 to the visitor and the reason to the log.
   */
  async dispatch(scriptName: string, request: Request): Promise<Response> {
    return this.#answerOf(scriptName, await this.#generation().dispatch(scriptName, request));
  }

  /** As `dispatch`, for a WebSocket's handshake: the Worker may switch, and speaks until either side closes. */
  async upgrade(scriptName: string, handshake: Request): Promise<Answer> {
    const outcome = await this.#generation().upgrade(scriptName, handshake);
    return isSwitched(outcome) ? outcome : this.#answerOf(scriptName, outcome);
  }

  /**
   * Sends a Worker a cron event and waits for its end.
   *
   * @throws Error when the handler fails or is missing; the reason is in the log.
   */
  async runScheduled(scriptName: string, cron: string): Promise<void> {
    const headers = { [FRONT_HEADERS.script]: scriptName, [FRONT_HEADERS.name]: encodeURIComponent(cron) };
    const response = await this.#generation().operate("scheduled", headers);
    const { outcome } = (await response.json()) as { readonly outcome: string };
    if (outcome !== "ok")
      throw new Error(`The cron event "${cron}" of ${scriptName} ended with "${outcome}".`);
  }

  /** Sends the account's cron events at their times, until the runtime ends. */
  startCrons(account: LocalAccount): void {
    this.#stopCrons = startCronClock(account, ({ script, cron }) => {
      this.runScheduled(script, cron).catch((error: unknown) => {
        this.#log({ level: "error", message: String(error) });
      });
    });
  }

  /** Ends every workerd process and removes the KV values, unless they are to be kept. */
  async dispose(): Promise<void> {
    this.#stopCrons();
    this.#outbound.close();
    await Promise.all([...this.#generations].map((generation) => generation.dispose()));
    if (this.#storage.temporary) await rm(this.#storage.folder, { recursive: true, force: true });
    process.off("exit", this.#removeStorage);
  }

  #answerOf(scriptName: string, outcome: Outcome): Response {
    if (!outcome.threw) return outcome.response;
    this.#log({ level: "error", message: `${scriptName} threw: ${outcome.reason}` });
    return new Response("error code: 1101\n", { status: 500, headers: { "content-type": "text/plain" } });
  }

  #retire(generation: Generation): void {
    generation.retire().then(
      () => this.#generations.delete(generation),
      (error: unknown) => {
        this.#log({ level: "error", message: `A replaced Worker did not end: ${String(error)}` });
      },
    );
  }

  #generation(): Generation {
    if (this.#current === undefined) throw new Error("The runtime has not started.");
    return this.#current;
  }
}
