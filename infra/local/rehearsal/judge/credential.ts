/** The right to a protected page, as Queue-it gave it to somebody. */
export interface Turn {
  /** Id of the waiting room, in lower case. */
  readonly room: string;
  /** Number of the visitor whose number was let in. */
  readonly owner: number;
  /** When the token or cookie was made, and when it ends, in milliseconds since 1970. */
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A queue token or a session cookie in somebody's hands, with what its value does not say. */
export interface Credential {
  readonly value: string;
  /** Undefined for one that nobody was given: forged, changed, or given to somebody without a turn. */
  readonly turn: Turn | undefined;
}

/**
 * Milliseconds before and after its end in which nobody can say whether a turn holds: the Worker counts whole
 * seconds.
 */
const UNSURE_MS = 2000;

/** Whether a credential is good for one of these waiting rooms. */
export function isGood({ turn }: Credential, rooms: readonly string[], now: number): "yes" | "no" | "unsure" {
  if (turn === undefined || !rooms.includes(turn.room)) return "no";
  if (now < turn.untilMs - UNSURE_MS) return "yes";
  return now <= turn.untilMs + UNSURE_MS ? "unsure" : "no";
}
