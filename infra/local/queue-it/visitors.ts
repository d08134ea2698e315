import type { EnqueueTokenVerdict } from "./enqueue-token.ts";
import type { Target } from "./target.ts";
import type { Ticket } from "./waiting-line.ts";

/** Somebody who came to a waiting room. */
export interface Visitor {
  readonly queueId: string;
  readonly waitingRoomId: string;
  readonly target: Target;
  readonly ticket: Ticket;
  readonly enqueueToken: EnqueueTokenVerdict;
  /** What the connector said about itself in the redirect; for display only. */
  readonly sent: {
    readonly actionName: string | undefined;
    readonly configurationVersion: string | undefined;
    readonly sdkVersion: string | undefined;
    readonly connectorVersion: string | undefined;
    readonly invalidCookieReason: string | undefined;
  };
}

const MOST_VISITORS = 10_000;

/** Everybody who came, until there are too many to remember: then the first are forgotten. */
export class Visitors {
  readonly #byQueueId = new Map<string, Visitor>();

  add(visitor: Visitor): void {
    this.#byQueueId.set(visitor.queueId, visitor);
    for (const oldest of this.#byQueueId.keys()) {
      if (this.#byQueueId.size <= MOST_VISITORS) break;
      this.#byQueueId.delete(oldest);
    }
  }

  find(queueId: string): Visitor | undefined {
    return this.#byQueueId.get(queueId);
  }

  forget(queueId: string): void {
    this.#byQueueId.delete(queueId);
  }
}
