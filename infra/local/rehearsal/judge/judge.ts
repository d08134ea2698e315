import type { PromiseName, RequestCounts } from "../rehearsal.ts";
import { parsedUrl } from "../../../url/parsed-url.ts";
import { type Credential, isGood } from "./credential.ts";
import type { Got } from "./decision.ts";
import type { Protection } from "./protections.ts";

/** All that a judgement of one answer is made of. */
export interface Case {
  readonly now: number;
  /** Number of the visitor. */
  readonly visitor: number;
  /** Undefined where a route skips the Worker. */
  readonly protections: readonly Protection[] | undefined;
  /** Whether the visitor sends only what the site and Queue-it gave: no attacker. */
  readonly isHonest: boolean;
  /** Whether it is a page that queues under another address, and no route takes it under this one. */
  readonly isHole: boolean;
  readonly token: Credential | undefined;
  /** Session cookies that were sent, whatever their names say. */
  readonly sessions: readonly SentSession[];
  readonly got: Got;
  readonly failedOpen: boolean;
  /** Whether the answer gave the visitor a session cookie. */
  readonly gaveSession: boolean;
  /** Whether something of ours is out of order on purpose, or was a moment ago. */
  readonly isFaultDue: boolean;
  /** Whether the environment answers with an error where it cannot decide. */
  readonly failsClosed: boolean;
  /** When the secret was rotated last; undefined when it was not. */
  readonly rotatedAtMs: number | undefined;
}

export interface SentSession extends Credential {
  /** Waiting room of the cookie's name, in lower case. */
  readonly room: string;
}

export interface Judgement {
  readonly counted: keyof RequestCounts;
  readonly breach: { readonly promise: PromiseName; readonly what: string } | undefined;
  /** Whether the visitor saw a protected page by right. */
  readonly served: boolean;
  /** Whether that right was somebody else's: tokens and cookies work in other hands, unless they are bound to an address. */
  readonly borrowed: boolean;
  /** Whose turn it was, and for how long a session is that the answer gives for it; undefined without a right. */
  readonly session: { readonly owner: number; readonly validityMs: number } | undefined;
}

/** Judges what came of one request. Pure: it knows only what it is given. */
export function judge(given: Case): Judgement {
  const right = rightOf(given);
  const counted = countedAs(given, right);
  return {
    counted,
    breach: breachOf(given, right),
    served: given.got.kind === "page" && right.needed && right.has !== "no",
    borrowed: right.borrowed,
    session: right.owner === undefined ? undefined : { owner: right.owner, validityMs: right.validityMs },
  };
}

/** Whether a visitor may see a page. */
interface Right {
  /** Whether every version of the configuration that may hold protects the page. */
  readonly needed: boolean;
  readonly has: "yes" | "no" | "unsure";
  readonly by: "token" | "session" | undefined;
  readonly borrowed: boolean;
  readonly owner: number | undefined;
  readonly fromMs: number;
  readonly validityMs: number;
}

const NONE: Right = {
  needed: false,
  has: "no",
  by: undefined,
  borrowed: false,
  owner: undefined,
  fromMs: 0,
  validityMs: 0,
};

function rightOf({ protections = [], token, sessions, visitor, now }: Case): Right {
  const queues = protections.flatMap((each) => (each.kind === "queue" ? [each] : []));
  if (queues.length === 0) return NONE;
  const needed = queues.length === protections.length;
  const sent = [
    ...(token === undefined ? [] : [{ by: "token" as const, credential: token, room: token.turn?.room }]),
    ...sessions.map((session) => ({ by: "session" as const, credential: session, room: session.room })),
  ];
  const validityMs = Math.max(...queues.map((each) => each.validityMs));
  let best: Right = { ...NONE, needed };
  for (const { by, credential, room } of sent) {
    // A cookie counts under the name of its own waiting room only.
    const { turn } = credential;
    if (turn === undefined || room !== turn.room) continue;
    // Where two versions may hold, a right by one of them is one.
    const answers = queues.map(({ rooms }) => isGood(credential, rooms, now));
    const has = answers.every((each) => each === "yes")
      ? "yes"
      : answers.every((each) => each === "no")
        ? "no"
        : "unsure";
    if (has === "no" || (best.has === "yes" && has === "unsure")) continue;
    const { owner, fromMs } = turn;
    const borrowed = owner !== visitor;
    if (best.has === has && !best.borrowed) continue;
    best = { needed, has, by, borrowed, owner, fromMs, validityMs };
  }
  return best;
}

function breachOf(given: Case, right: Right): Judgement["breach"] {
  const { got, failedOpen, gaveSession, isFaultDue, failsClosed, rotatedAtMs = 0 } = given;
  switch (got.kind) {
    case "page":
      if (given.isHole)
        return {
          promise: "turn",
          what: "saw a page that queues, at an address that no route gives to the Worker",
        };
      if (!right.needed || right.has !== "no") return undefined;
      if (!failedOpen) return { promise: "turn", what: "saw a protected page without a turn" };
      return isFaultDue
        ? undefined
        : { promise: "turn", what: "was let through because the Worker failed, and nothing around it had" };
    case "same-page":
      if (gaveSession && right.needed && right.has === "no")
        return { promise: "turn", what: "got a session without a turn" };
      return given.isHonest && given.token === undefined
        ? {
            promise: "answered",
            what: "was sent to the site again, with no token to take out of the address",
          }
        : undefined;
    case "to-queue-it":
      if (given.isHonest && got.what === "wait") {
        const astray = strayOf(got.link, given.protections);
        if (astray !== undefined) return astray;
      }
      if (right.has !== "yes" || right.borrowed || got.what === "cancel") return undefined;
      return {
        promise: "place",
        what:
          right.fromMs < rotatedAtMs
            ? `was sent back to the waiting room with a ${right.by} that the rotated secret does not fit`
            : `was sent back to the waiting room with a ${right.by} that was good`,
      };
    case "our-error":
      return failsClosed && isFaultDue
        ? undefined
        : { promise: "answered", what: "got an error of the Worker's" };
    case "other":
      return !given.isHonest || (failsClosed && isFaultDue)
        ? undefined
        : { promise: "answered", what: `got status ${got.status}, which is not the site's` };
    case "site-error":
      return undefined;
  }
}

/** What is wrong with sending somebody honest into this line, whatever they had. */
function strayOf(link: string, protections: readonly Protection[] = []): Judgement["breach"] {
  const rooms = protections.flatMap((each) => (each.kind === "queue" ? [each.room] : []));
  if (rooms.length === 0)
    return { promise: "answered", what: "was sent to the waiting room from a page that does not queue" };
  const room = parsedUrl(link)?.searchParams.get("e")?.toLowerCase();
  return room === undefined || rooms.includes(room)
    ? undefined
    : { promise: "place", what: "was sent to another waiting room than that of the page" };
}

function countedAs(given: Case, right: Right): keyof RequestCounts {
  const { got, protections, failedOpen, gaveSession, token, sessions } = given;
  if (got.kind === "site-error") return "siteErrors";
  if (protections === undefined) return "bypassed";
  if (got.kind === "our-error") return "errors";
  if (failedOpen) return "failedOpen";
  switch (got.kind) {
    case "page":
      if (right.by === "token" && gaveSession) return "tokenTaken";
      return right.by === undefined ? "unprotected" : "withSession";
    case "same-page":
      return gaveSession ? "tokenTaken" : "unprotected";
    case "to-queue-it": {
      if (got.what === "error") return "refused";
      const isRefusal = got.what === "wait" && (token !== undefined || sessions.length > 0);
      return isRefusal ? "refused" : "toWaitingRoom";
    }
    case "other":
      return right.needed ? "refused" : "unprotected";
  }
}
