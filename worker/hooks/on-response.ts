import type { AnswerSeen, Facts, HookRequest, WorkerHooks } from "./define-hooks.ts";
import { propertiesOf, refused } from "./returned.ts";
import { runHook } from "./run-hook.ts";

/** The same names as those that the type forbids. */
const FORBIDDEN =
  /^(?:set-cookie|clear-site-data|location|pragma|expires|age|date|vary|edge-control|content-(?:length|encoding|range)|transfer-encoding|connection|upgrade|.*cache-control|(?:surrogate|x-accel|x-queueit|access-control|sec-websocket)-.*)$/;

/** Lets the hook change headers of an answer. Never throws. */
export async function onResponse(
  hooks: WorkerHooks,
  answer: Response,
  by: AnswerSeen["by"],
  request: HookRequest,
  facts: Facts,
): Promise<void> {
  // What follows an upgrade is not an answer any more.
  if (answer.status < 200) return;
  const { status, headers } = answer;
  const call = () => hooks.onResponse?.({ by, status, headers: copyOf(headers), facts }, request);
  await runHook("onResponse", call, (returned) => {
    change(headers, readChanges(returned));
  });
}

/** @throws Failure for headers that nobody can change: of an answer that nobody can make again, such as status 999. */
function change(headers: Headers, changes: Changes): void {
  try {
    for (const [name, value] of changes) {
      if (value === null) headers.delete(name);
      else headers.set(name, value);
    }
  } catch {
    throw refused("The headers of this answer cannot be changed.");
  }
}

/** Without the sessions. */
function copyOf(headers: Headers): Headers {
  const copy = new Headers(headers);
  copy.delete("set-cookie");
  return copy;
}

type Changes = readonly (readonly [name: string, value: string | null])[];

/** All of the changes, or none: @throws Failure, or what `Headers` throws for a name or value that is none. */
function readChanges(returned: unknown): Changes {
  const { headers } = propertiesOf(returned, ["headers"]);
  if (typeof headers !== "object" || headers === null) throw refused("It returned no headers.");
  const tried = new Headers();
  return Object.entries(headers as Readonly<Record<string, unknown>>).map(([written, value]) => {
    const name = written.toLowerCase();
    if (FORBIDDEN.test(name)) throw refused(`It would change a header that is not a hook's: ${name}.`);
    if (value !== null && typeof value !== "string") throw refused("A header is neither a text nor null.");
    tried.set(name, value ?? "");
    return [name, value];
  });
}
