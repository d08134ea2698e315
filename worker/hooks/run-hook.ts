import { Failure } from "../runtime/failure.ts";
import { logWarning } from "../runtime/log.ts";
import { inTime } from "../runtime/or-after.ts";
import type { WorkerHooks } from "./define-hooks.ts";

/**
 * Milliseconds that a hook may take: as long as anybody waits for one, and each of the three may take them from the same
 * visitor. What a hook computes without a promise is not measured: no clock of the runtime moves meanwhile.
 */
export const HOOK_LIMIT_MS = 100;

const EVENTS = {
  beforeMatching: { event: "before-matching-ignored" },
  afterDecision: { event: "after-decision-ignored" },
  onResponse: { event: "on-response-ignored" },
} as const satisfies Record<keyof WorkerHooks, object>;

/**
 * Calls a hook and reads what it returned.
 *
 * @param read Gives what is to be done. Throws `Failure` for what the hook may not return.
 * @returns Undefined where there is nothing to do: also where the hook failed, which the log then says. Never throws.
 */
export async function runHook<Read>(
  name: keyof WorkerHooks,
  call: () => unknown,
  read: (returned: unknown) => Read,
): Promise<Read | undefined> {
  try {
    const called = call();
    const returned = isPromise(called)
      ? await inTime(HOOK_LIMIT_MS, Promise.resolve(called), "hook-slow")
      : called;
    return returned === undefined ? undefined : read(returned);
  } catch (thrown) {
    const { reason, message } = failureOf(thrown);
    logWarning({ ...EVENTS[name], reason, detail: message });
    return undefined;
  }
}

function isPromise(value: unknown): boolean {
  return typeof value === "object" && value !== null && "then" in value;
}

/** Where in the bundle something was thrown; the source map beside the bundle knows the line of the hook. */
const PLACE = /^ +at .*?:(\d+:\d+)\)?$/m;

/**
 * Of an error that a hook throws, its kind and its place are written, and never its text: it may hold what a
 * visitor sent. Reading either may throw as well.
 */
function failureOf(thrown: unknown): Failure {
  try {
    if (thrown instanceof Failure) return thrown;
    if (!(thrown instanceof Error))
      return new Failure("hook-failed", "It threw something that is not an error.");
    const kind = KINDS.find((known) => thrown instanceof known)?.name ?? "Error";
    const [, place] = PLACE.exec(String(thrown.stack)) ?? [];
    return new Failure("hook-failed", place === undefined ? kind : `${kind} at ${place} of the bundle.`);
  } catch {
    return new Failure("hook-failed", "It threw something that cannot be read.");
  }
}

const KINDS = [TypeError, ReferenceError, RangeError, SyntaxError, URIError];
