import { signQueueToken } from "../../../queue-it/queue-token.ts";
import type { Credential } from "../judge/credential.ts";
import { ask, type Ask, askAll, type Mind, queue, type Self, type VisitorBehaviour } from "./mind.ts";

/** Somebody with a program who wants in without waiting. Each tries a few tricks, and no trick may work. */
export const attacker: VisitorBehaviour = {
  visit,
  keepsCookies: false,
  isToBeServed: false,
  userAgent: "python-requests/2.32.3",
};

function* visit(me: Self): Mind {
  // Each begins with another one, so that a few dozen try them all.
  let name = TRICK_NAMES[me.number % TRICK_NAMES.length];
  for (let tricks = me.random.between(3, 8); tricks > 0; tricks--) {
    yield* watched(me, name ?? me.random.oneOf(TRICK_NAMES));
    name = undefined;
    yield* askAll([], 200 + me.random.around(2000));
  }
  return "done";
}

/** Milliseconds after the end of a session from which nobody can doubt that it is over. */
const OVER_MS = 5000;

/** A trick, which counts as tried once something was asked: some need what nobody has let go of yet. */
function* watched(me: Self, name: string): Mind<undefined> {
  const steps = TRICKS[name]?.(me);
  let next = steps?.next();
  while (steps !== undefined && next?.done === false) {
    if (next.value.kind === "ask" && next.value.asks.length > 0) me.tries(name);
    next = steps.next(yield next.value);
  }
  return undefined;
}

type Trick = (me: Self) => Mind<undefined>;

/** By what they are, in words for the verdict. */
const TRICKS: Readonly<Record<string, Trick>> = {
  "sessions with characters added": addsCharacters,
  "no cookies": asksWithoutCookies,
  "odd methods": changesTheMethod,
  "odd paths": changesThePath,
  "sessions renamed for another waiting room": changesTheRoomOfASession,
  "tokens with another waiting room or end": changesTheRoomOfAToken,
  "a flood of places in the line": floodsTheLine,
  "forged sessions": forgesASession,
  "forged tokens": forgesAToken,
  "the form without the page": goesStraightToTheForm,
  "the moment at which something happens": liesInWait,
  "long cookies": sendsLongCookies,
  "long headers": sendsLongHeaders,
  "a hundred cookies": sendsManyCookies,
  "sessions after their end": usesAnOldSession,
  "tokens after their end": usesAnOldToken,
  "tokens of another event": usesATokenOfAnotherEvent,
  "sessions of others": usesTheSessionOfAnother,
  "sessions of another waiting room": usesTheSessionOfAnotherRoom,
  "tokens of others": usesTheTokenOfAnother,
};

/** Everything that attackers try, in words. */
export const TRICK_NAMES: readonly string[] = Object.keys(TRICKS);

function pageOf({ random, pages }: Self): string {
  return random.oneOf(pages.queued).url;
}

/** One that nobody was given. */
const made = (value: string): Credential => ({ value, turn: undefined });

function* tries(asks: readonly Ask[]): Mind<undefined> {
  yield* askAll(asks);
  return undefined;
}

function* asksWithoutCookies(me: Self): Mind<undefined> {
  const page = pageOf(me);
  for (let time = me.random.between(2, 6); time > 0; time--) yield* ask({ page, sessions: [] }, 100);
  return undefined;
}

function* forgesAToken(me: Self): Mind<undefined> {
  const { url, room } = me.random.oneOf(me.pages.queued);
  const fields = {
    waitingRoomId: room,
    queueId: "00000000-0000-4000-8000-000000000000",
    expires: Math.floor(me.now() / 1000) + 240,
    validity: { kind: "extendable" },
  } as const;
  const signed = signQueueToken(fields, "not the secret");
  const unsigned = signed.replace(/~h_.*$/, "");
  const values = [signed, unsigned, `${unsigned}~h_`, `${unsigned}~h_${"0".repeat(64)}`, "", "null", "%00"];
  return yield* tries(
    values.map((value) => ({
      page: url,
      token: { credential: made(value), in: me.random.happens(0.5) ? "address" : "header" },
    })),
  );
}

function* forgesASession(me: Self): Mind<undefined> {
  const { url, room } = me.random.oneOf(me.pages.queued);
  const seconds = Math.floor(me.now() / 1000);
  const queueId = "00000000-0000-4000-8000-000000000000";
  const fields = `EventId=${room}&QueueId=${queueId}&RedirectType=queue&IssueTime=${seconds}`;
  const values = [`${fields}&Hash=${"0".repeat(64)}`, `${fields}&Hash=`, fields, "EventId=*", "true", "%"];
  return yield* tries(
    values.map((value) => ({ page: url, sessions: [{ ...made(encodeURIComponent(value)), room }] })),
  );
}

function* usesTheTokenOfAnother(me: Self): Mind<undefined> {
  const { tokens } = me.market;
  if (tokens.length === 0) return undefined;
  const credential = me.random.oneOf(tokens);
  return yield* tries([{ page: pageOf(me), token: { credential, in: "address" } }]);
}

function* usesAnOldToken(me: Self): Mind<undefined> {
  const [credential] = me.market.tokens;
  if (credential === undefined) return undefined;
  yield* askAll([], 300_000);
  return yield* tries([{ page: pageOf(me), token: { credential, in: "header" } }]);
}

/** A session that somebody kept until it was over. */
function* usesAnOldSession(me: Self): Mind<undefined> {
  const { sessions } = me.market;
  if (sessions.length === 0) return undefined;
  const session = me.random.oneOf(sessions);
  const url = me.pages.queued.find(({ room }) => room === session.room)?.url;
  const overMs = (session.turn?.untilMs ?? Infinity) + OVER_MS;
  if (url === undefined || overMs >= me.endMs) return undefined;
  yield* askAll([], Math.max(0, overMs - me.now()));
  return yield* tries([{ page: url, sessions: [session] }]);
}

/** Waiting rooms of one customer have one secret key, and some have no line. */
function* usesATokenOfAnotherEvent(me: Self): Mind<undefined> {
  const credential = me.tokenOfAnotherEvent();
  const page = pageOf(me);
  return yield* tries(
    (["address", "header"] as const).map((place) => ({ page, token: { credential, in: place } })),
  );
}

/** Comes at the very moment at which something happens: isolates are new then, or know less than before. */
function* liesInWait(me: Self): Mind<undefined> {
  const coming = me.moments.filter((moment) => moment >= me.now());
  if (coming.length === 0) return undefined;
  yield* askAll([], me.random.oneOf(coming) - me.now());
  for (let time = 0; time < 6; time++) yield* ask({ page: pageOf(me), sessions: [] }, 250);
  return undefined;
}

function* changesTheRoomOfAToken(me: Self): Mind<undefined> {
  const { tokens } = me.market;
  if (tokens.length === 0) return undefined;
  const { value } = me.random.oneOf(tokens);
  const { url, room } = me.random.oneOf(me.pages.queued);
  const renamed = value.replace(/^e_[^~]*/, `e_${room}`);
  const longer = value.replace(/ts_\d+/, "ts_9999999999");
  return yield* tries(
    [renamed, longer]
      .filter((changed) => changed !== value)
      .map((changed) => ({ page: url, token: { credential: made(changed), in: "address" } })),
  );
}

function* usesTheSessionOfAnother(me: Self): Mind<undefined> {
  const { sessions } = me.market;
  if (sessions.length === 0) return undefined;
  return yield* tries([{ page: pageOf(me), sessions: [me.random.oneOf(sessions)] }]);
}

/** The session of one waiting room at the pages of all others, under its own name. */
function* usesTheSessionOfAnotherRoom(me: Self): Mind<undefined> {
  const { sessions } = me.market;
  if (sessions.length === 0) return undefined;
  const session = me.random.oneOf(sessions);
  const others = me.pages.queued.filter(({ room }) => room !== session.room).slice(0, 4);
  return yield* tries(others.map(({ url }) => ({ page: url, sessions: [session] })));
}

/** The session of one waiting room at the pages of others, under their names. */
function* changesTheRoomOfASession(me: Self): Mind<undefined> {
  const { sessions } = me.market;
  if (sessions.length === 0) return undefined;
  const session = me.random.oneOf(sessions);
  const others = me.pages.queued.filter(({ room }) => room !== session.room).slice(0, 4);
  return yield* tries(
    others.flatMap(({ url, room }) => {
      const renamed = session.value.replace(/^EventId%3D[^%]*/i, `EventId%3D${room}`);
      return [
        { page: url, sessions: [{ ...session, room }] },
        { page: url, sessions: [{ ...made(renamed), room }] },
      ];
    }),
  );
}

/** Characters moved from one signed field to the next. */
function* addsCharacters(me: Self): Mind<undefined> {
  const { sessions } = me.market;
  if (sessions.length === 0) return undefined;
  const session = me.random.oneOf(sessions);
  const url = me.pages.queued.find(({ room }) => room === session.room)?.url ?? pageOf(me);
  const changed = [
    session.value.replace(/IssueTime%3D\d/, "IssueTime%3D9"),
    session.value.replace("%26RedirectType", "%26FixedValidityMins%3D99999%26RedirectType"),
    `${session.value}0`,
  ];
  return yield* tries(
    changed
      .filter((value) => value !== session.value)
      .map((value) => ({ page: url, sessions: [{ ...made(value), room: session.room }] })),
  );
}

function* changesTheMethod(me: Self): Mind<undefined> {
  const page = pageOf(me);
  const methods = ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "PROPFIND", "PURGE", "REPORT", "MKCOL"];
  return yield* tries(methods.map((method) => ({ method, page, sessions: [] })));
}

function* changesThePath(me: Self): Mind<undefined> {
  const { origin, pathname, search } = new URL(pageOf(me));
  const tail = pathname.slice(1);
  const paths = [
    `//${tail}`,
    `/${tail.toUpperCase()}`,
    `/x/%2e%2e/${tail}`,
    `/${tail};x=1`,
    `/${tail}/`,
    `/${tail}%2F`,
    `/${tail}?${"a".repeat(2000)}`,
    `/${tail}?queueittoken=`,
    `/${tail}${search}#queueittoken=e_x`,
    `/${tail.replace(/^./, (first) => `%${first.charCodeAt(0).toString(16)}`)}`,
  ];
  return yield* tries(
    paths.map((path) => ({ page: `${origin}${path}`.split("#", 1)[0] ?? "", sessions: [] })),
  );
}

function* goesStraightToTheForm(me: Self): Mind<undefined> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return yield* tries(
    ["item=vip&quantity=9", "", "x".repeat(4000)].map((body) => ({
      method: "POST",
      page: pageOf(me),
      body,
      headers,
      sessions: [],
    })),
  );
}

function* sendsLongHeaders(me: Self): Mind<undefined> {
  const page = pageOf(me);
  const long = "A".repeat(me.random.oneOf([1000, 8000, 16_000]));
  return yield* tries(
    [
      "x-forwarded-for",
      "accept-language",
      "referer",
      "x-queueit-ajaxpageurl",
      "x-queueittoken",
      "x-padding",
    ].map((name) => ({ page, headers: { [name]: long }, sessions: [] })),
  );
}

function* sendsLongCookies(me: Self): Mind<undefined> {
  const { url, room } = me.random.oneOf(me.pages.queued);
  const long = "A".repeat(me.random.oneOf([8000, 16_000]));
  return yield* tries([
    { page: url, sessions: [], headers: { cookie: `padding=${long}` } },
    { page: url, sessions: [{ ...made(long), room }] },
  ]);
}

function* sendsManyCookies(me: Self): Mind<undefined> {
  const { url, room } = me.random.oneOf(me.pages.queued);
  const sessions = Array.from({ length: 100 }, (_, each) => ({
    ...made(`%${each}=;`),
    room: `${room}${each}`,
  }));
  return yield* tries([{ page: url, sessions }]);
}

/** Takes places in the line without ever using one. */
function* floodsTheLine(me: Self): Mind<undefined> {
  const page = pageOf(me);
  for (let time = 0; time < 3; time++) {
    const got = yield* ask({ page, sessions: [] }, 100);
    if (got.kind !== "to-queue-it" || got.what !== "wait") return undefined;
    yield* queue({ link: got.link, patienceMs: 5000, then: "leave", keepsCookies: false });
  }
  return undefined;
}
