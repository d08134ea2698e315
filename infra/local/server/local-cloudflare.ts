import { UserError } from "../../errors/user-error.ts";
import { sweepTemporaryFolders } from "../../files/temporary-folder.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { type Edge, type SentHead, startEdge } from "../cloudflare/edge/edge.ts";
import type { WorkerLog } from "../cloudflare/runtime/worker-log.ts";
import { WorkerStartError } from "../cloudflare/account/model.ts";
import { type Handler, type LocalNetwork, createOutbound } from "../cloudflare/edge/network.ts";
import type { RequestEvent } from "../cloudflare/edge/request-event.ts";
import { Activity } from "../activity/activity.ts";
import { type Outcome, outcomeOf } from "../activity/outcome.ts";
import { Faults } from "../faults/faults.ts";
import { withFaults } from "../faults/faulty-network.ts";
import { type LocalRuntime, startRuntime } from "../cloudflare/runtime/runtime.ts";
import { temporaryRoots } from "../cloudflare/runtime/temporary-root.ts";

export interface LocalCloudflareOptions {
  /** What is deployed. */
  readonly account: LocalAccount;
  /** The site behind Cloudflare. */
  readonly origin: Handler;
  /** Port on the loopback addresses; 0 takes any free one. */
  readonly port: number;
  readonly log: (line: WorkerLog) => void;
  /**
   * Folder that keeps the KV values from one run to the next.
   * @default a temporary one
   */
  readonly valuesFolder?: string | undefined;
  /**
   * Open file with the lock of that folder.
   * @default none
   */
  readonly lock?: number | undefined;
}

/** The runtime and the edge of one account. */
export interface LocalCloudflare {
  readonly edge: Edge;
  readonly runtime: LocalRuntime;
  /** The latest requests the edge answered, oldest first. */
  readonly requests: readonly RequestEvent[];
  /** Milliseconds until the Workers ran. */
  readonly startTook: number;
  /** Says who answers for hosts that are not behind Cloudflare. Until then nobody does. */
  readonly answerDirectHosts: (directHost: LocalNetwork["directHost"]) => void;
  /** Says what the Worker decided about each request from now on. Until then nobody does. */
  readonly explainRequests: (
    explain: (event: RequestEvent, sent: SentHead) => Promise<string | undefined>,
  ) => void;
  /** What was decided about one of the requests; undefined while that is not known. */
  readonly decided: (event: RequestEvent) => string | undefined;
  /** How one of the requests ended. */
  readonly outcomeOf: (event: RequestEvent) => Outcome | undefined;
  readonly activity: Activity;
  /** What fails on purpose; nothing at first. */
  readonly faults: Faults;
  readonly close: () => Promise<void>;
}

const KEPT_REQUESTS = 1000;
const MOST_EXPLAINED_AT_ONCE = 100;

/**
 * Runs what is deployed in the account and puts the edge in front of it.
 *
 * @throws UserError when the port is taken, or a Worker does not start.
 */
export async function startLocalCloudflare(options: LocalCloudflareOptions): Promise<LocalCloudflare> {
  const { account, origin, port, log, valuesFolder, lock } = options;
  let directHost: LocalNetwork["directHost"] = () => undefined;
  const faults = new Faults();
  const network = withFaults({ account, origin, directHost: (host) => directHost(host) }, faults);
  const isQueueIt = (host: string) => host !== "localhost" && directHost(host) !== undefined;
  const activity = new Activity();
  const outcomes = new WeakMap<RequestEvent, Outcome>();
  const requests: RequestEvent[] = [];
  const decided = new WeakMap<RequestEvent, string>();
  /** What has begun, and reads from the runtime. */
  const explaining = new Set<Promise<unknown>>();
  let explain: Parameters<LocalCloudflare["explainRequests"]>[0] = () => Promise.resolve(undefined);

  temporaryRoots().forEach((root) => {
    sweepTemporaryFolders(root);
  });
  const started = performance.now();
  const runtime = await startRuntime({
    account,
    outbound: createOutbound(network),
    log,
    storage: valuesFolder,
    lock,
    kvGate: () => faults.stateOf("kv"),
  }).catch(nameWorker);
  faults.setClockWith((skewMs) => runtime.setClock(skewMs));
  const startTook = performance.now() - started;
  try {
    const edge = await startEdge({
      ...network,
      runtime,
      port,
      onRequest: (event, sent, answered) => {
        const outcome = outcomeOf({ event, url: sent.url, headers: answered }, isQueueIt);
        outcomes.set(event, outcome);
        activity.count(outcome);
        requests.push(event);
        if (requests.length > KEPT_REQUESTS) requests.shift();
        // Under a load that nobody reads, what happened is enough.
        if (explaining.size >= MOST_EXPLAINED_AT_ONCE) return;
        const explained = explain(event, sent)
          .then((words) => words !== undefined && decided.set(event, words))
          .catch((error: unknown) => {
            log({ level: "error", message: `A request could not be explained: ${String(error)}` });
          })
          .finally(() => explaining.delete(explained));
        explaining.add(explained);
      },
      log: (message) => {
        log({ level: "error", message });
      },
    });
    return {
      edge,
      runtime,
      requests,
      startTook,
      answerDirectHosts: (answers) => {
        directHost = answers;
      },
      explainRequests: (explains) => {
        explain = explains;
      },
      decided: (event) => decided.get(event),
      outcomeOf: (event) => outcomes.get(event),
      activity,
      faults,
      close: async () => {
        await edge.close();
        await Promise.all(explaining);
        await runtime.dispose();
      },
    };
  } catch (error) {
    await runtime.dispose();
    throw error;
  }
}

function nameWorker(error: unknown): never {
  if (!(error instanceof WorkerStartError)) throw error;
  throw new UserError(
    "worker-start",
    `What is deployed does not start in the Workers runtime: ${error.message}. Fix that Worker; with --state, ` +
      "another folder starts from scratch.",
  );
}
