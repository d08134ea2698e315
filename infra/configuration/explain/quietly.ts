import type { z } from "zod";
import { forgetWritten } from "../../../worker/runtime/log.ts";
import { jsonOf } from "../../json/json-of.ts";
import { WORKER_LOG } from "./worker-log-format.ts";

let last: Promise<unknown> = Promise.resolve();

const line = WORKER_LOG.schema.pick({ source: true, event: true, reason: true });

/** What the Worker would write to its log. */
export type LogLine = Readonly<Pick<z.infer<typeof line>, "event" | "reason">>;

/**
 * Runs the Worker's code in this process and keeps what it writes to the console. Other lines go where they went. One
 * after the other, since there is one console.
 */
export function quietly<T>(
  work: () => Promise<T>,
): Promise<{ readonly result: T; readonly log: readonly LogLine[] }> {
  const done = last.then(async () => {
    const log: LogLine[] = [];
    const { warn, error } = console;
    const keep =
      (write: typeof console.warn) =>
      (first: unknown, ...more: readonly unknown[]) => {
        const line = lineOf(first);
        if (line === undefined) write(first, ...more);
        else log.push(line);
      };
    console.warn = keep(warn);
    console.error = keep(error);
    // Otherwise what was written a moment ago would not be written again.
    forgetWritten();
    try {
      return { result: await work(), log };
    } finally {
      console.warn = warn;
      console.error = error;
    }
  });
  last = done.catch(() => undefined);
  return done;
}

function lineOf(text: unknown): LogLine | undefined {
  if (typeof text !== "string" || !text.startsWith("{")) return undefined;
  const { data } = line.safeParse(jsonOf(text));
  return data && { event: data.event, reason: data.reason };
}
