import { beforeAll, expect, it } from "vitest";
import { isPublishCall } from "../../worker/publishing/publish.ts";
import { readPublishCall } from "../../worker/publishing/publish-call.ts";
import { decide } from "../../worker/request-flow.ts";
import { isStatusCall } from "../../worker/status/status.ts";
import { actionOn, configurationOf, queueAction } from "./support/configurations.ts";
import { connectorWith, TestContext } from "./support/connector.ts";
import { sessionCookie } from "./support/session-cookie.ts";

/** Characters of the shorter text; the longer one is more than Cloudflare lets through. */
const SHORT = 4_000;
const TIMES_LONGER = 8;
/** Work that grows with the square of the length takes 64 times as long. */
const MOST_TIMES_SLOWER = 24;

const connector = connectorWith(
  configurationOf(
    actionOn("/static/", { Name: "open", ActionType: "Ignore" }),
    queueAction({
      IsNormalizationEnabled: true,
      Triggers: [
        {
          LogicalOperator: "Or",
          TriggerParts: [
            {
              ValidatorType: "CookieValidator",
              CookieName: "aa",
              Operator: "Contains",
              ValueToCompare: "ab",
            },
            {
              ValidatorType: "UserAgentValidator",
              Operator: "Contains",
              ValueToCompare: "bot",
              IsIgnoreCase: true,
            },
            { ValidatorType: "UrlValidator", UrlPart: "PagePath", Operator: "Contains", ValueToCompare: "/" },
          ],
        },
      ],
    }),
  ),
  { matching: "normalized" },
);

const decideAbout = async (url: string, headers: Readonly<Record<string, string>> = {}): Promise<void> => {
  const request = { url, method: "GET", headers: { get: (name: string) => headers[name] ?? null } };
  await decide(request, () => Promise.resolve(""), connector, new TestContext());
};

const PAGE = "https://shop.example/tickets";
const PLACES: Readonly<Record<string, (text: string) => unknown>> = {
  host: (text) => decideAbout(`https://${text}/`),
  path: (text) => decideAbout(`${PAGE}/${text}`),
  query: (text) => decideAbout(`${PAGE}?${text}`),
  fragment: (text) => decideAbout(`${PAGE}#${text}`),
  "token in the query": (text) => decideAbout(`${PAGE}?queueittoken=${text}`),
  "token header": (text) => decideAbout(PAGE, { "x-queueittoken": text }),
  "page of a script": (text) => decideAbout(PAGE, { "x-queueit-ajaxpageurl": text }),
  cookies: (text) => decideAbout(PAGE, { cookie: text }),
  "session cookie": (text) => decideAbout(PAGE, { cookie: `${sessionCookie()}${text}` }),
  "user agent": (text) => decideAbout(PAGE, { "user-agent": text }),
  "call to the publish endpoint": (text) => isPublishCall(`${PAGE}?${text}`),
  "call to the status endpoint": (text) => isStatusCall(`${PAGE}?${text}__queueit_status`),
  "body of a publish call": (text) => readPublishCall(new TextEncoder().encode(`{"a":"${text}`)),
  "hash of a publish call": (text) => readPublishCall(new TextEncoder().encode(`{${text}`)),
};

const PIECES = [
  ...[
    "a",
    "A",
    "/",
    "//",
    "/.",
    "/..",
    "../",
    "%2e%2e/",
    "/%2e",
    "\\",
    "?",
    "&",
    ";",
    " ",
    "=",
    "~",
    "_",
    ":",
    "@",
    ".",
  ],
  ...["%", "%2", "%25", "%20", "+", "\u00e9", "\ud83d\ude00", "\ud800", '"', ",", "{", "~h_", "a_b~", "&a="],
  ...[
    "queueittoken=&",
    "&queueittoken",
    "QueueITAccepted-SDFrts345E-V3_event1=",
    "QueueITAccepted-SDFrts345E-V3_event1 ",
  ],
  ...[
    "EventId=event1&",
    "EventId%3Devent1%26",
    "__push_queueit_config",
    "&__push_queueit_config%",
    "?__queueit_status",
    '"a":1,',
  ],
];

beforeAll(async () => {
  // What runs for the first time is slow, and the runtime's compiler is slow to come.
  for (let round = 0; round < 50; round++)
    for (const ask of Object.values(PLACES)) await ask("/a&=%20".repeat(50));
});

it.each(Object.keys(PLACES))("takes time in proportion to what is sent: %s", async (place) => {
  const ask = PLACES[place] as (text: string) => unknown;
  for (const piece of PIECES) {
    const short = piece.repeat(Math.floor(SHORT / piece.length));
    const long = piece.repeat(Math.floor((SHORT * TIMES_LONGER) / piece.length));
    expect(await timesSlower(ask, short, long), JSON.stringify(piece)).toBeLessThan(MOST_TIMES_SLOWER);
  }
});

it("would tell work that grows with the square of what is sent", async () => {
  const compareAllWithAll = (text: string): number => {
    let same = 0;
    for (const one of text) for (const other of text) if (other === one) same++;
    return same;
  };
  const [short, long] = ["a".repeat(500), "a".repeat(500 * TIMES_LONGER)];
  // Compiled before it is measured, as what is measured above: else the short text takes longest of all.
  for (let round = 0; round < 50; round++) compareAllWithAll(short);
  expect(await timesSlower(compareAllWithAll, short, long, 3)).toBeGreaterThan(MOST_TIMES_SLOWER);
});

/**
 * How many times longer the long text takes, in the same breath. The quickest of some tries counts, since other
 * processes only ever make it slower; more are made only where the first say too much.
 */
async function timesSlower(
  ask: (text: string) => unknown,
  short: string,
  long: string,
  mostTries = 40,
): Promise<number> {
  let ofShort = Infinity;
  let ofLong = Infinity;
  for (let tries = 0; tries < mostTries; tries++) {
    ofShort = Math.min(ofShort, await cpuOf(() => ask(short)));
    ofLong = Math.min(ofLong, await cpuOf(() => ask(long)));
    if (tries >= 1 && ofLong < ofShort * MOST_TIMES_SLOWER) break;
  }
  return ofLong / ofShort;
}

/** Microseconds of this process's CPU; never less than what can be told apart from nothing. */
async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return Math.max(user + system, 50);
}
