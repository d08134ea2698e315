import { sessionCookie, sessionPair, sessionValue } from "../support/session-cookie.ts";
import { hmac, queueToken } from "../support/tokens.ts";
import {
  AND_SESSION,
  SITE,
  WAITS,
  heldBy,
  honest,
  queueIt,
  row,
  type BypassCase,
  type Defence,
  OTHER_KEY,
  PAGE,
  SIGNED,
} from "./bypass-case.ts";

const NOW = Math.floor(Date.now() / 1000);
const FORM = heldBy(
  "A session has the form in which the SDK signs it, or a seal (`docs/decisions/2026-11-25-session-form.md`)",
);
const ANOTHER_ADDRESS = `${WAITS}, behind Queue-it's \`/error/connector/sessionstate/\``;

const COOKIE = "Session cookie";
const over = sessionValue({ issued: NOW - 86_400 });

function cookie(
  trick: string,
  value: string,
  expected: string,
  defence: Defence,
  more: readonly string[] = [],
): BypassCase {
  return row(COOKIE, trick, PAGE, expected, defence, { headers: [`cookie: ${value}`, ...more] });
}

export const COOKIE_CASES: readonly BypassCase[] = [
  cookie("a session", sessionCookie(), SITE + AND_SESSION, honest("it has waited")),
  cookie("signed with another key", sessionCookie({}, OTHER_KEY), WAITS, SIGNED),
  cookie("over", sessionPair("event1", over), WAITS, heldBy("The SDK checks the time, which is signed")),
  cookie(
    "of another waiting room",
    sessionCookie({ room: "event2" }),
    WAITS,
    heldBy("The room is signed, and in the cookie's name"),
  ),
  cookie(
    "of another room, under this one's name",
    sessionPair("event1", sessionValue({ room: "event2" })),
    WAITS,
    FORM,
  ),
  cookie(
    "with another time",
    sessionPair("event1", over.replace(/IssueTime=\d+/, `IssueTime=${NOW}`)),
    WAITS,
    SIGNED,
  ),
  cookie("with two times", sessionPair("event1", `${over}&IssueTime=${NOW}`), WAITS, FORM),
  cookie(
    "with a letter moved into the time, which then never ends",
    sessionPair("event1", over.replace("queue&IssueTime=", "queu&IssueTime=e")),
    WAITS,
    FORM,
  ),
  cookie(
    "with a number moved into the room",
    sessionPair("event", sessionValue({ fixedMinutes: 1 }).replace("event1", "event")),
    WAITS,
    FORM,
  ),
  cookie(
    "without queue id and without seal",
    sessionPair("event1", sessionValue({ queueId: "", redirectType: "safetynet" })),
    WAITS,
    FORM,
  ),
  cookie(
    "with a seal of another key",
    sessionPair("event1", `${sessionValue({ queueId: "" })}&Seal=${hmac("x", OTHER_KEY)}`),
    WAITS,
    FORM,
  ),
  cookie(
    "of the future",
    sessionCookie({ issued: NOW + 3600 }),
    WAITS,
    heldBy("No session begins later than in a minute"),
  ),
  cookie(
    "with the signature of a queue token",
    sessionPair("event1", sessionValue().replace(/Hash=\w+/, `Hash=${queueToken().slice(-64)}`)),
    WAITS,
    heldBy("No two kinds of text that are signed can be the same"),
  ),
  cookie(
    "with its signature in capitals",
    sessionPair(
      "event1",
      sessionValue().replace(/Hash=\w+/, (hash) => hash.toUpperCase().replace("HASH", "Hash")),
    ),
    WAITS,
    FORM,
  ),
  cookie(
    "in quotes",
    `QueueITAccepted-SDFrts345E-V3_event1="${encodeURIComponent(sessionValue())}"`,
    WAITS,
    FORM,
  ),
  cookie(
    "under a name in small letters",
    sessionCookie().replace("QueueITAccepted", "queueitaccepted"),
    WAITS,
    heldBy("It is another cookie"),
  ),
  cookie(
    "behind a session that is over: the last one counts",
    `${sessionPair("event1", over)}; ${sessionCookie()}`,
    SITE + AND_SESSION,
    honest("it has waited"),
  ),
  cookie(
    "in front of one that is over",
    `${sessionCookie()}; ${sessionPair("event1", over)}`,
    WAITS,
    heldBy("One cookie counts, never a mixture"),
  ),
  cookie(
    "in a second line",
    "seat=1",
    WAITS,
    heldBy("The runtime joins two lines by a comma, which separates no cookies"),
    [`cookie: ${sessionCookie()}`],
  ),
  cookie("behind an empty line", "", SITE + AND_SESSION, honest("it has waited"), [
    `cookie: ${sessionCookie()}`,
  ]),
  cookie(
    "bound to an address, from there",
    sessionCookie({ ip: "192.0.2.1" }),
    SITE + AND_SESSION,
    honest("it has waited"),
    ["cf-connecting-ip: 192.0.2.1"],
  ),
  cookie(
    "bound to an address, from another one",
    sessionCookie({ ip: "192.0.2.1" }),
    ANOTHER_ADDRESS,
    heldBy("The SDK compares the addresses"),
    ["cf-connecting-ip: 203.0.113.9"],
  ),
  cookie(
    "bound to an address, with another header for it",
    sessionCookie({ ip: "192.0.2.1" }),
    ANOTHER_ADDRESS,
    heldBy("`CF-Connecting-IP` alone counts, which Cloudflare writes"),
    ["cf-connecting-ip: 203.0.113.9", "x-forwarded-for: 192.0.2.1"],
  ),
  row(
    COOKIE,
    "bound to an address, where none is looked at",
    PAGE,
    SITE + AND_SESSION,
    queueIt(
      '`queueIt.clientIp: "none"` switches the comparison off: it is then only for sites where Queue-it must not know addresses.',
    ),
    {
      setup: "without address",
      headers: [`cookie: ${sessionCookie({ ip: "192.0.2.1" })}`, "cf-connecting-ip: 203.0.113.9"],
    },
  ),
  cookie(
    "copied from somebody else",
    sessionCookie(),
    SITE + AND_SESSION,
    queueIt(
      "A session belongs to whoever has it. Bind it to the address in Queue-it's GO platform, or limit its uses (`VerifyQueueIdEnabled`).",
    ),
    ["user-agent: another browser"],
  ),
  cookie("a cookie of diagnostics", "queueitdebug=1", WAITS, heldBy("Nothing reads it")),
  cookie(
    "60,000 characters",
    `${"QueueITAccepted-SDFrts345E-V3_event1 ".repeat(1600)}`,
    WAITS,
    heldBy("The Worker's time grows with the length, no faster (`test/worker/linear-cost.test.ts`)"),
  ),
];
