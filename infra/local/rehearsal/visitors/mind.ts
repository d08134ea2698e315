import type { Credential } from "../judge/credential.ts";
import type { Got } from "../judge/decision.ts";
import type { Random } from "../random.ts";
import type { Place } from "../lines/rehearsed-queue-it.ts";
import type { Market } from "./market.ts";
import type { SitePages } from "./site-pages.ts";

/** A request of a visitor. */
export interface Ask {
  /** @default "GET" */
  readonly method?: string;
  /** Address of the page, without queue token. */
  readonly page: string;
  /** Queue token, and how it comes along: in the address, or in the header of an app. */
  readonly token?: { readonly credential: Credential; readonly in: "address" | "header" };
  /**
   * Session cookies to send, by the name of their waiting room: in place of those in the jar.
   * @default what the jar holds for the page
   */
  readonly sessions?: readonly (Credential & { readonly room: string })[];
  /** Other headers. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a visitor does next. */
export type Step =
  /** Asks, all at the same moment, after a while. Gives what came of each. */
  | { readonly kind: "ask"; readonly asks: readonly Ask[]; readonly afterMs: number }
  /**
   * Follows a link to the waiting room and waits until it is their turn, or patience has an end. Gives `Waited`.
   */
  | {
      readonly kind: "queue";
      readonly link: string;
      readonly patienceMs: number;
      /** What they do then: leave the line, or look at the site again while their place is kept. */
      readonly then: "leave" | "look";
      readonly keepsCookies: boolean;
    };

export type Waited =
  | { readonly kind: "let-in"; readonly token: Credential; readonly place: Place }
  | { readonly kind: "left" }
  | { readonly kind: "waits" }
  | { readonly kind: "refused" };

/** What a visitor is told of a step. */
export type Reply = readonly Got[] | Waited | undefined;

/** How a visit ended: by the visitor's own will early, or done with what they came for. */
export type Ending = "left" | "done";

/** A visitor's mind: a machine that says its next step, and is told what came of it. */
export type Mind<Result = Ending> = Generator<Step, Result, Reply>;

/** What a visitor knows and has. */
export interface Self {
  readonly number: number;
  readonly random: Random;
  readonly pages: SitePages;
  /** What others have let go of: only attackers look there. */
  readonly market: Market;
  /** When something happens at this sale, in milliseconds since 1970: only attackers lie in wait for it. */
  readonly moments: readonly number[];
  /** When the rehearsal ends at the latest, in milliseconds since 1970. */
  readonly endMs: number;
  /** A token of another event of the same customer, where nobody has to wait. */
  readonly tokenOfAnotherEvent: () => Credential;
  /** Takes down that an attacker has asked by a trick. */
  readonly tries: (trick: string) => void;
  /** Milliseconds since 1970 at this moment. */
  readonly now: () => number;
  /** Session cookies of this visitor's jar. */
  readonly sessions: () => readonly (Credential & { readonly room: string })[];
}

/** A kind of visitors: how each of them behaves, and what it is like. */
export interface VisitorBehaviour {
  readonly visit: (self: Self) => Mind;
  /** Whether answers' cookies are kept. */
  readonly keepsCookies: boolean;
  readonly userAgent: string;
  /** Whether it is meant to get to a protected page in the end. */
  readonly isToBeServed: boolean;
}

/** Asks for one thing. */
export function* ask(what: Ask, afterMs = 0): Mind<Got> {
  const [got] = yield* askAll([what], afterMs);
  if (got === undefined) throw new Error("A request has no answer.");
  return got;
}

/** Asks for several things at the same moment. */
export function* askAll(asks: readonly Ask[], afterMs = 0): Mind<readonly Got[]> {
  const reply = yield { kind: "ask", asks, afterMs };
  if (!isGotList(reply)) throw new Error("Requests have no answers.");
  return reply;
}

/** Waits in a line. */
export function* queue(how: Omit<Step & { readonly kind: "queue" }, "kind">): Mind<Waited> {
  const reply = yield { kind: "queue", ...how };
  if (reply === undefined || isGotList(reply)) throw new Error("A line has no end.");
  return reply;
}

function isGotList(reply: Reply): reply is readonly Got[] {
  return Array.isArray(reply);
}
