import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { Log, LogLevel, Miniflare, type MiniflareOptions } from "miniflare";
import { UserError } from "../../../errors/user-error.ts";
import { type Deployment, WorkerStartError } from "../account/model.ts";
import type { Keeper } from "./keeper.ts";
import { type Excess, PROCESS_LIMITS, type ProcessLimits, watchStart } from "./process-watch.ts";
import { type Started, limitsOfStart } from "./start-limits.ts";
import { makePrivateFiles, withStartedProcesses } from "./started-processes.ts";
import type { WorkerLog } from "./worker-log.ts";
import {
  FRONT,
  FRONT_COMPATIBILITY_DATE,
  frontOptions,
  namespaceGates,
  scriptOptions,
  type Surroundings,
} from "./worker-options.ts";

export interface WorkerdOptions extends Surroundings {
  readonly deployment: Deployment;
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

/** A workerd process with the Workers of one deployment. */
export interface RunningWorkerd {
  readonly process: ChildProcess;
  /** Where the front Worker listens. */
  readonly address: URL;
  /** What a caller has to show to it. */
  readonly key: string;
  /** What the process may take from now on. */
  readonly limits: ProcessLimits;
  /** Seconds of CPU that the start took. */
  readonly startCpu: number;
  readonly dispose: () => Promise<void>;
}

/** They begin with Cloudflare's own words, seen in public reports. */
const START_EXCESS: Readonly<Record<Excess, string>> = {
  cpu: "Script startup exceeded CPU time limit: its code outside of handlers does not come to an end.",
  memory: "Script startup exceeded memory limit: its code outside of handlers uses too much.",
};

/**
 * Starts a workerd process, and ends it where a Worker takes too much to start.
 *
 * @throws WorkerStartError with the runtime's own reason, or Cloudflare's where a Worker takes too much.
 * @throws UserError `clock-behind` where no Worker of today starts.
 */
export async function startWorkerd(options: WorkerdOptions): Promise<RunningWorkerd> {
  const { deployment, keeper, log, before } = options;
  const limits = limitsOfStart(options.limits ?? PROCESS_LIMITS, deployment.scripts, before);
  assertClock();
  const key = randomUUID();
  const complaints: string[] = [];
  let forward = (line: WorkerLog): void => {
    if (line.level === "error") complaints.push(line.message);
  };
  let excess: Excess | undefined;
  let stopWatching = (): number => 0;
  let process: ChildProcess | undefined;
  let miniflare: Miniflare | undefined;
  const onProcess = (child: ChildProcess): void => {
    process = child;
    makePrivateFiles(child);
    keeper.keep(child);
    child.once("spawn", () => {
      stopWatching = watchStart(child, limits, (what) => {
        excess = what;
        child.kill("SIGKILL");
      });
    });
  };
  const logged = (line: WorkerLog): void => {
    forward(line);
  };
  try {
    const started = withStartedProcesses(onProcess, () => new Miniflare(optionsOf(options, key, logged)));
    miniflare = started;
    const address = await started.unsafeGetDirectURL(FRONT);
    if (process === undefined) throw new Error("Miniflare started no process.");
    forward = log;
    return { process, address, key, limits, startCpu: stopWatching(), dispose: () => started.dispose() };
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

function optionsOf(
  { deployment, storage, scratch, ...surroundings }: WorkerdOptions,
  key: string,
  log: (line: WorkerLog) => void,
): MiniflareOptions {
  return {
    // `cf: false` because the default asks Cloudflare for it over the network.
    cf: false,
    log: new Log(LogLevel.NONE),
    logRequests: false,
    kvPersist: storage,
    // The default is a folder of Miniflare's own, which a `kill -9` would leave behind.
    cachePersist: join(scratch, `cache-${randomUUID()}`),
    workflowsPersist: join(scratch, "workflows"),
    handleStructuredLogs: log,
    workers: [
      frontOptions(deployment, key),
      ...namespaceGates(deployment.scripts, surroundings),
      ...deployment.scripts.map((script) => scriptOptions(script, deployment, surroundings)),
    ],
  };
}

/** workerd refuses what is dated later than today. */
function assertClock(): void {
  const today = new Date().toISOString().slice(0, 10);
  if (today >= FRONT_COMPATIBILITY_DATE) return;
  throw new UserError(
    "clock-behind",
    `The clock of this machine says ${today}, but this version is dated ${FRONT_COMPATIBILITY_DATE} or ` +
      "later, and the Workers runtime refuses to start anything dated in the future. Set the clock, then " +
      "run this again.",
  );
}
