import { constants } from "node:os";
import { UserError } from "../errors/user-error.ts";
import { tellFailure } from "./failure.ts";

/**
 * How this process is asked to end: by Ctrl-C, by the system or another program, by the end of its terminal,
 * or because nothing reads its output any more.
 */
export type Interruption = (typeof SIGNALS)[number] | "SIGPIPE";

/** Whatever ends a process that does not listen, and that it can listen to. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGXCPU", "SIGALRM", "SIGUSR2"] as const;

const CAUSES: Readonly<Record<Interruption, string>> = {
  SIGINT: "SIGINT (Ctrl-C)",
  SIGTERM: "SIGTERM (the system, or another program)",
  SIGQUIT: "SIGQUIT (Ctrl-\\)",
  SIGXCPU: "SIGXCPU (it used up its processor time)",
  SIGALRM: "SIGALRM (a program that limits its time)",
  SIGUSR2: "SIGUSR2 (another program)",
  SIGHUP: "SIGHUP (its terminal was closed, or the connection to it lost)",
  SIGPIPE: "SIGPIPE (nothing reads its output any more)",
};

/** What was ended before it was done. */
export class Interrupted extends UserError {
  /** As a shell gives it for a program that a signal ended: 128 and the signal's number. */
  override readonly exitCode: number;

  /**
   * @param consequence What that means, and what to do next; default what `whileDoing` says of this moment.
   */
  constructor(
    readonly by: Interruption,
    consequence = consequences.at(-1) ?? NOTHING_CHANGED,
  ) {
    super("interrupted", `Ended by ${CAUSES[by]}. ${consequence}`);
    this.exitCode = 128 + constants.signals[by];
  }
}

const NOTHING_CHANGED = "Nothing was changed.";
const consequences: string[] = [];

/** Does something that, where it is interrupted, has this consequence. Without it, nothing was changed. */
export async function whileDoing<T>(consequence: string, work: () => Promise<T>): Promise<T> {
  consequences.push(consequence);
  try {
    return await work();
  } finally {
    consequences.pop();
  }
}

type Listener = (by: Interruption) => void;

const listeners = new Set<Listener>();
let end: Listener | undefined;

/**
 * Calls the listener whenever this process is asked to end, and keeps it from ending by itself, until the
 * returned function is called.
 */
export function onInterruption(listener: Listener): () => void {
  listeners.add(listener);
  listenAlone();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || end !== undefined) return;
    for (const signal of SIGNALS) process.off(signal, interrupt);
  };
}

/** From now on, where nobody listens, this process says what its end means, and ends. */
export function endWhenInterrupted(): void {
  end = (by) => {
    const error = new Interrupted(by);
    // Whoever has stopped reading has seen enough, as in `queueit-cf report plan.json | head`.
    if (by === "SIGPIPE") process.exit(error.exitCode);
    // The terminal shows ^C on the line that the cursor is on.
    if (process.stderr.isTTY) process.stderr.write("\n");
    process.exit(tellFailure(error, process.argv));
  };
  listenAlone();
}

/** Does what a signal does. */
export function interrupt(by: Interruption): void {
  if (listeners.size === 0) end?.(by);
  for (const listener of [...listeners]) listener(by);
}

/**
 * Puts other listeners out: Miniflare's end the process at once, whatever is under way. Ours stays where it
 * is, since a signal that came at this moment would be lost with the last listener.
 */
function listenAlone(): void {
  for (const signal of SIGNALS) {
    const present: readonly unknown[] = process.listeners(signal);
    if (!present.includes(interrupt)) process.on(signal, interrupt);
    for (const other of process.listeners(signal)) {
      if (other !== interrupt) process.off(signal, other);
    }
  }
}
