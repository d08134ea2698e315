import type { RawAnswer } from "../../worker/support/raw-origin.ts";
import type { CopyOf } from "../../worker/support/kept-copies.ts";
import type { ShopOptions } from "../../worker/support/shop.ts";

export type Mode = "open" | "closed";

/** How something answers that the Worker reads: what it says (null: nothing is there), or that it throws or hangs. */
export type Behaviour =
  { readonly says: string | null; readonly afterMs?: number } | { readonly fault: "throws" | "hangs" };

/** What the world is like in one case. What is not given works. */
export interface Given extends Pick<ShopOptions, "variables" | "without" | "kvIs" | "hooks" | "chained"> {
  /** KV at the isolate's first look. */
  readonly kv?: Behaviour;
  /** KV at the isolate's second look, a minute later. */
  readonly kvLater?: Behaviour;
  /** The copy of the configuration that is in the data center, if one is; `true`: as another isolate leaves it. */
  readonly keptCopy?: true | (CopyOf & { readonly text?: string });
  readonly secretsStore?: Readonly<Record<string, Behaviour>>;
  /** The site. Default: its page. */
  readonly site?: RawAnswer;
  /** What the site answers to one request after the other, in place of `site`. */
  readonly siteEach?: readonly RawAnswer[];
  /** What the site was asked with, if not GET. */
  readonly method?: string;
  readonly headers?: readonly string[];
  /** The body of a POST. Default: ten bytes. */
  readonly body?: string;
  /** How the visitor writes the host. Default: as everybody does. */
  readonly host?: string;
  /** Whether the visitor opens a WebSocket. */
  readonly socket?: boolean;
  /** How many visitors come at once to the isolate when it is new. Default 1. */
  readonly crowd?: number;
  /** How often the isolate begins anew under the visitors of `crowd`. */
  readonly restarts?: number;
  /** Queue-it's endpoint that is asked about a visitor. */
  readonly endpoint?: RawAnswer;
  /** Calls to the publish endpoint; a visitor comes before and after them. */
  readonly publish?: readonly PublishCall[];
  /** Whether these calls come at once. Default: one after the other. */
  readonly atOnce?: boolean;
  /** Whether these calls reach another isolate, which shares KV with the one that visitors come to. */
  readonly elsewhere?: boolean;
  /** KV when it is written to. Default: it keeps what it is given. */
  readonly kvWrite?: "throws" | "hangs";
  /** Whether the Worker's schedule runs; `endpoint` is then Queue-it's. A visitor comes before and after. */
  readonly pull?: boolean;
  /** Seconds by which the Worker's clock is set, after its first request; a visitor comes after each of them. */
  readonly clock?: number | readonly number[];
}

export interface PublishCall {
  readonly body: string;
  readonly method?: string;
  /** Headers in place of the right `content-length`. */
  readonly headers?: readonly string[];
}

export type Visitor = "new" | "with a session" | "with a token" | "with a forged token" | "on another page";

/** What a case comes to. */
export interface Outcome {
  readonly visitorGets: string;
  /** How often the site was asked for one request. */
  readonly siteAsked: number;
  /** Each line of the log, as `event: reason`. */
  readonly log: readonly string[];
}

/** A fault, as data. The four texts together name it; no two cases have the same. */
export interface FaultCase {
  readonly edge: string;
  readonly fault: string;
  readonly visitor: Visitor;
  readonly mode: Mode;
  readonly given: Given;
  readonly expected: Outcome;
}

export const WAITS = "the waiting room";
export const SITE = "the site's answer";
export const SITE_WITH_SESSION = "the site's answer, and a session";
const UNQUEUED = "the site's answer, unqueued (`x-queueit-failed`)";
const UNAVAILABLE = "503, come back in 30 s";

export function outcome(visitorGets: string, siteAsked: number, ...log: string[]): Outcome {
  return { visitorGets, siteAsked, log };
}

/** What a new visitor meets when the connector cannot work at all. */
export function cannotWork(mode: Mode, reason: string): Outcome {
  return mode === "open"
    ? outcome(UNQUEUED, 1, `failed-open: ${reason}`)
    : outcome(UNAVAILABLE, 0, `failed-closed: ${reason}`);
}

export const MODES: readonly Mode[] = ["open", "closed"];
