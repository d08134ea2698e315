import type { WorkerStatus } from "../../worker/status/status-protocol.ts";
import type { Reach } from "./reach.ts";
import { statusCall } from "./status-call.ts";

/**
 * Asks the Worker at a page for its status.
 *
 * @returns Why there is no answer to rely on, or the status.
 */
export async function askStatus(
  reach: Reach,
  pageUrl: string,
  secretKey: string,
): Promise<WorkerStatus | string> {
  const call = statusCall(pageUrl, secretKey, Date.now());
  const answer = await reach.get(call.url, call.headers);
  const status = call.read(answer);
  if (status !== undefined) return status;
  if (answer.headers.get("x-queueit-connector") === null) {
    return (
      `this project's Worker did not answer ${pageUrl} (${answer.status}): its route is missing, or ` +
      "belongs to another Worker"
    );
  }
  return (
    `the Worker at ${pageUrl} did not answer the status call: its secret key differs from the one given here, ` +
    "or its bundle is older than status calls, or the clock of this machine is wrong by more than a minute"
  );
}

/** What a deployment is expected to say of itself. */
export interface ExpectedStatus {
  /** SHA-256 of the bundle; undefined where it is not known. */
  readonly bundle: string | undefined;
  /** What visitors get where the connector fails. */
  readonly failure: WorkerStatus["failure"];
  readonly owner: WorkerStatus["owner"];
  /** Name of the Worker that answers what passes; undefined for the origin. */
  readonly chained: string | undefined;
  /** Version of the configuration, where Terraform owns it. */
  readonly configurationVersion: number | undefined;
  /** Hash of its text, where Terraform owns it. */
  readonly configurationHash: string | undefined;
}

/** What a status lacks of what is expected, in words; undefined when nothing. */
export function statusProblem(status: WorkerStatus, expected: ExpectedStatus): string | undefined {
  const { bundle, configuration } = status;
  if (expected.bundle !== undefined && bundle !== expected.bundle) {
    return `it runs the bundle ${bundle ?? "(not known)"}, not ${expected.bundle}`;
  }
  if (configuration === null) return "it has no integration configuration, so nobody queues";
  const { configurationVersion: wanted } = expected;
  if (wanted !== undefined && configuration.version !== wanted) {
    return `it has version ${configuration.version} of the integration configuration, not ${wanted}`;
  }
  const { hash } = configuration;
  if (hash !== undefined && expected.configurationHash !== undefined && hash !== expected.configurationHash) {
    return `it has another text of version ${configuration.version} of the integration configuration than the environment's file`;
  }
  if (status.failure !== expected.failure) {
    return `it fails ${status.failure}, and the environment says ${expected.failure}: somebody changed its variables`;
  }
  if (status.owner !== expected.owner) {
    return `it takes its configuration by ${status.owner}, and the environment says ${expected.owner}: somebody changed its variables`;
  }
  if ((status.chained ?? false) === (expected.chained !== undefined)) return undefined;
  return expected.chained === undefined
    ? "it passes requests to another Worker, and the environment names none: somebody changed its bindings"
    : `it passes requests to the origin, and the environment says to the Worker ${expected.chained}: somebody changed its ` +
        "bindings, or its bundle is older than chaining";
}
