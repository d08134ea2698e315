import { closeSync } from "node:fs";
import { isatty } from "node:tty";
import { UserError } from "../errors/user-error.ts";
import { interrupt } from "./interruption.ts";
import { tellFailure } from "./failure.ts";

let isNeeded = true;

/** Codes of a pipe without a reader, and of a terminal that is gone. */
const UNREAD: ReadonlySet<string | undefined> = new Set(["EPIPE", "ECONNRESET", "EIO"]);

/**
 * From now on the command goes on to its end also where nobody reads what it prints: it changes something.
 */
export function goOnUnread(): void {
  isNeeded = false;
}

/**
 * Keeps what nobody reads any more, such as the output of a closed terminal, from ending this process as a
 * fault. What was asked for is worth nothing unread, and ends as if interrupted; what is said meanwhile is
 * nobody's reason to stop.
 */
export function endUnread(): void {
  const terminals = [0, 1, 2].filter((descriptor) => isatty(descriptor));
  process.on("exit", () => {
    // Node aborts, with a dump of its memory, where it cannot give a terminal back that is gone.
    for (const descriptor of terminals) if (!isatty(descriptor)) closeSync(descriptor);
  });
  process.stderr.on("error", () => undefined);
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (!isNeeded) return;
    if (UNREAD.has(error.code)) {
      interrupt("SIGPIPE");
      return;
    }
    const message =
      `The output cannot be written: ${error.message}. What was written so far is ` +
      "incomplete. Fix the cause, then run the command again.";
    // No JSON: there is nowhere to write it.
    process.exit(tellFailure(new UserError("output-unwritable", message), []));
  });
}

/** Whether an error is what a question meets whose terminal was closed. */
export function isTerminalLost(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EIO";
}
