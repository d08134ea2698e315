import type { WorkerLog } from "../cloudflare/runtime/worker-log.ts";

/** A line of the log, with its time in milliseconds since 1970. */
export interface LoggedLine extends WorkerLog {
  readonly time: number;
}

const KEPT_LINES = 500;

/** A Worker may write what it likes; more of a line nobody reads here. The terminal has all of it. */
const LONGEST_LINE = 4000;

/** The latest lines of the log. */
export class LogTail {
  readonly #hide: (text: string) => string;
  readonly #lines: LoggedLine[] = [];

  /** @param hide Takes the secrets out of a text: what is cut in two would not be known as one any more. */
  constructor(hide: (text: string) => string) {
    this.#hide = hide;
  }

  /** Oldest first. */
  get lines(): readonly LoggedLine[] {
    return this.#lines;
  }

  readonly add = ({ level, message }: WorkerLog): void => {
    const isLong = message.length > LONGEST_LINE;
    const shown = isLong
      ? `${this.#hide(message.slice(0, 2 * LONGEST_LINE)).slice(0, LONGEST_LINE)}…`
      : message;
    this.#lines.push({ time: Date.now(), level, message: shown });
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
  };
}
