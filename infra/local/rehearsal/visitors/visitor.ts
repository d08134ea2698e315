import type { PromiseName } from "../rehearsal.ts";
import type { VisitorKind } from "../scenario.ts";
import type { Place } from "../lines/rehearsed-queue-it.ts";
import { Jar } from "./jar.ts";
import type { Mind, VisitorBehaviour } from "./mind.ts";
import { Story } from "./story.ts";

/** One visitor while they are there. */
export interface Visitor {
  readonly number: number;
  readonly kind: VisitorKind;
  readonly behaviour: VisitorBehaviour;
  readonly mind: Mind;
  readonly jar: Jar;
  readonly story: Story;
  /** Where they have a place now. */
  place: Place | undefined;
  /** Whether they look at the waiting room's page. */
  isLooking: boolean;
  /** Numbers of their first place in each line since they left it by their own will. */
  readonly firstNumbers: Map<string, number>;
  /** When they came to a line first, until they were let in. */
  waitsSince: number | undefined;
  served: boolean;
  /** Promises that were broken to them: each is told once. */
  readonly broken: Set<PromiseName>;
}

export function visitorOf(
  number: number,
  kind: VisitorKind,
  behaviour: VisitorBehaviour,
  mindOf: (jar: Jar) => Mind,
): Visitor {
  const jar = new Jar();
  return {
    number,
    kind,
    behaviour,
    mind: mindOf(jar),
    jar,
    story: new Story(),
    place: undefined,
    isLooking: false,
    firstNumbers: new Map(),
    waitsSince: undefined,
    served: false,
    broken: new Set(),
  };
}
