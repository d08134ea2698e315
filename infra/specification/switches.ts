import { patternOf } from "../cloudflare/route-pattern.ts";

/** What somebody did with the switch, and said about it: foreign text, to be escaped wherever it is shown. */
export interface Switched {
  /** ISO 8601. */
  readonly since: string;
  readonly by: string;
  readonly reason: string;
  /** Keys of the notes in KV that say so, the oldest first. */
  readonly keys: readonly string[];
}

/** A route as it was before it was switched off. */
export interface SwitchedRoute {
  readonly zoneId: string;
  /** Undefined for a route that a deploy made while its site was switched off. */
  readonly id?: string | undefined;
  readonly pattern: string;
  /** Name of the Worker that it led to. */
  readonly script: string;
  /** Name of the Worker that it leads to meanwhile: the one behind the connector. Undefined for none. */
  readonly off?: string | undefined;
}

/** A host whose protected routes lead to no Worker for now. */
export interface SwitchedSite extends Switched {
  /** As patterns have it: in ASCII, with the * that it may begin with. */
  readonly host: string;
  readonly routes: readonly SwitchedRoute[];
  /**
   * Patterns of these that lead to their Worker all the same: the switch was interrupted, on its way off or on. Where the
   * note cannot be read, and so names no route, those of the host that do.
   */
  readonly leading: readonly string[];
}

export const FAILURE_MODES = ["open", "closed"] as const;

export type FailureMode = (typeof FAILURE_MODES)[number];

/** What visitors get where the connector fails, for now. */
export interface SwitchedFailure extends Switched {
  /** As the Worker has it. */
  readonly mode: FailureMode;
  /** Before the first switch. */
  readonly was: FailureMode;
}

/** Everything that is switched for now; nothing of it is in the environment's file. */
export interface Switches {
  readonly sites: readonly SwitchedSite[];
  readonly failure: SwitchedFailure | undefined;
}

/** What is known to be switched. @param switches Undefined where nobody looked, a text where nobody knows. */
export function knownSwitches(switches: Switches | string | undefined): Switches {
  return typeof switches === "object" ? switches : { sites: [], failure: undefined };
}

/** The host of a route pattern, by which its site is switched: `*.example.com` of `*.example.com/shop/*`. */
export function hostOf(pattern: string): string {
  const read = patternOf(pattern);
  return read === undefined ? pattern : `${read.hostWildcard ? "*" : ""}${read.host}`;
}
