import { isWithin } from "./clock.ts";

const MAX_DETAIL = 500;
/** Milliseconds in which the same reason is written once. */
const PAUSE_MS = 60_000;

/** Words for the log, as one JSON line that log search can filter by `reason`. */
export interface LogEntry {
  /** What the line is about, for example `failed` or `publish-refused`. */
  readonly event: string;
  readonly reason: string;
  /** Never a secret, a hash, or anything a visitor sent. */
  readonly detail?: string;
}

/** By event and reason: when a line was written, and how often the same came up since. */
const written = new Map<string, { readonly at: number; more: number }>();

/** Something is broken and needs a person. */
export function logError(entry: LogEntry): void {
  writeSeldom(entry, console.error);
}

/** Something was refused or ignored, and the connector works on. */
export function logWarning(entry: LogEntry): void {
  writeSeldom(entry, console.warn);
}

/** Nothing is wrong: something that a site wants to count came up. */
export function logFact(entry: LogEntry): void {
  writeSeldom(entry, console.log);
}

/** Begins anew, as a new isolate does. For tests, which share one process. */
export function forgetWritten(): void {
  written.clear();
}

/**
 * Writes a line at most once a minute for each reason, with the number of times it came up since the line
 * before: a stranger, or an hour without KV, must not be able to fill the log.
 */
function writeSeldom(entry: LogEntry, write: (line: string) => void): void {
  const key = `${entry.event} ${entry.reason}`;
  const last = written.get(key);
  if (last !== undefined && isWithin(last.at, PAUSE_MS)) {
    last.more++;
    return;
  }
  written.set(key, { at: Date.now(), more: 0 });
  write(toLine(entry, 1 + (last?.more ?? 0)));
}

function toLine({ event, reason, detail }: LogEntry, count: number): string {
  return JSON.stringify({
    source: "queue-it connector",
    event,
    reason,
    count,
    detail: detail?.slice(0, MAX_DETAIL),
  });
}
