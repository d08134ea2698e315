const MAX_DETAIL = 500;

/** Words for the log, as one JSON line that log search can filter by `reason`. */
export interface LogEntry {
  /** What the line is about, for example `failed` or `publish-refused`. */
  readonly event: string;
  readonly reason: string;
  /** Never a secret, a hash, or anything a visitor sent. */
  readonly detail?: string;
}

/** Something is broken and needs a person. */
export function logError(entry: LogEntry): void {
  console.error(toLine(entry));
}

/** Something was refused or ignored, and the connector works on. */
export function logWarning(entry: LogEntry): void {
  console.warn(toLine(entry));
}

function toLine({ event, reason, detail }: LogEntry): string {
  return JSON.stringify({
    source: "queue-it connector",
    event,
    reason,
    detail: detail?.slice(0, MAX_DETAIL),
  });
}
