import fc from "fast-check";
import { QUEUE_ID, sessionPair, sessionValue } from "../../worker/support/session-cookie.ts";
import { hmac, queueToken } from "../../worker/support/tokens.ts";
import { changed } from "./text-changes.ts";

const NOW = Math.floor(Date.now() / 1000);
/** Of another customer, or of the same before its key was rotated. */
const OTHER_KEY = "another-fake-secret";
const rooms = fc.oneof(
  { weight: 4, arbitrary: fc.constant("event1") },
  fc.constantFrom("Event1", "event2", "event", "event11"),
);

/** Tokens that are honest, over, of another room, another key or another form. */
const honestToken = rooms.map((room) => queueToken({ room }));
const badToken = fc.oneof(
  rooms.map((room) => queueToken({ room }, OTHER_KEY)),
  rooms.map((room) => queueToken({ room, expires: NOW - 60 })),
  fc.constantFrom(-1, 0, 1e20, NaN, 2 ** 53).map((expires) => queueToken({ expires })),
  fc
    .constantFrom("debug", "", "safetynet", "disabled", "__proto__")
    .map((redirectType) => queueToken({ redirectType })),
  fc.constantFrom("192.0.2.1", "203.0.113.9").map((ip) => queueToken({ ip })),
  fc.constantFrom(0, -1, 1e9, NaN).map((validityMinutes) => queueToken({ validityMinutes })),
  rooms.map((room) => queueToken({ room, queueId: "" })),
  rooms.map((room) => `e_${room}~q_${QUEUE_ID}~ts_${NOW + 60}~ce_true~rt_queue~h_${hmac("")}`),
);

/** A queue token of somebody who has waited, or has not. */
export const hostileToken = changed(fc.oneof({ weight: 2, arbitrary: honestToken }, badToken));

/** Sessions that are honest, over, of another room or key, or with characters moved between their fields. */
const session = rooms.chain((room) => {
  const over = sessionValue({ room, issued: NOW - 86_400 });
  const bad = fc.constantFrom(
    sessionValue({ room }, OTHER_KEY),
    sessionValue({ room, issued: NOW + 3600 }),
    over,
    over.replace(/queue&IssueTime=/, "queu&IssueTime=e"),
    over.replace(/QueueId=/, "FixedValidityMins="),
    over.replace(/IssueTime=\d+/, `IssueTime=${NOW}`),
    over.replace(/&IssueTime=/, `&IssueTime=${NOW}&IssueTime=`),
    `${over}&IssueTime=${NOW}`,
    over.replace(/EventId=[^&]*/, "EventId=event1"),
    sessionValue({ room, fixedMinutes: 1, issued: NOW - 120 }),
    sessionValue({ room, queueId: "", redirectType: "safetynet", issued: NOW - 86_400 }),
    sessionValue({ room, ip: "192.0.2.1" }),
  );
  return fc
    .oneof({ weight: 2, arbitrary: fc.constant(sessionValue({ room })) }, bad)
    .map((value) => [room, value] as const);
});

const pair = session.chain(([room, value]) =>
  fc
    .tuple(
      changed(fc.constant(value)),
      fc.constantFrom("", "", "", "", "x", " ", "__Host-", "\xa0", "$Version=1; ", '"'),
    )
    .map(([other, before]) => before + sessionPair(room, other)),
);

/** A `Cookie` header's value. */
export const hostileCookies = fc.oneof(
  { weight: 3, arbitrary: pair },
  fc
    .tuple(
      fc.array(changed(pair), { maxLength: 3 }),
      fc.constantFrom("; ", ";", ", ", ";;", "\t", "; seat=1; "),
    )
    .map(([pairs, between]) => pairs.join(between)),
);
