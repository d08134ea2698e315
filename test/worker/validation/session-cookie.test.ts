import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createSigner } from "../../../worker/encoding/hmac.ts";
import { decide, type Decision } from "../../../worker/request-flow.ts";
import { presentCookie, sealSession } from "../../../worker/validation/session-cookie.ts";
import { configurationOf, queueAction, type TestAction } from "../support/configurations.ts";
import { connectorWith, TestContext } from "../support/connector.ts";
import { QUEUE_ID, sessionPair, sessionValue, type SessionFields } from "../support/session-cookie.ts";
import { hmac, queueToken, SECRET } from "../support/tokens.ts";

const PAGE = "https://shop.example/tickets";
const now = (): number => Math.floor(Date.now() / 1000);
const FORTY_DAYS_AGO = now() - 40 * 86_400;

async function visit(
  cookie: string,
  { url = PAGE, ip = "192.0.2.1", ...action }: Partial<TestAction> & { url?: string; ip?: string } = {},
): Promise<Decision> {
  const connector = connectorWith(configurationOf(queueAction(action)));
  const headers = new Headers({ cookie, "cf-connecting-ip": ip });
  const noBody = (): Promise<string> => Promise.resolve("");
  return decide({ url, method: "GET", headers }, noBody, connector, new TestContext());
}

describe("a session whose fields somebody moved, with its hash", () => {
  const over = (fields: SessionFields = {}): string => sessionValue({ issued: FORTY_DAYS_AGO, ...fields });
  const bound = sessionValue({ ip: "192.0.2.1" });
  const withoutQueueId = sessionValue({ room: "sale2", queueId: "", redirectType: "safetynet" });

  const moved: [string, string, Partial<TestAction> & { ip?: string }][] = [
    [
      "the redirect type's last letter to the issue time",
      over().replace("queue&IssueTime=", "queu&IssueTime=e"),
      {},
    ],
    ["the queue id to the fixed validity", over().replace("QueueId=", "FixedValidityMins="), {}],
    ["the redirect type to the issue time", over().replace("queue&IssueTime=", "&IssueTime=queue"), {}],
    [
      "everything to the issue time",
      over({ queueId: `f${QUEUE_ID.slice(1)}` }).replace(
        /QueueId=([^&]*)&RedirectType=queue&IssueTime=/,
        "RedirectType=&IssueTime=$1queue",
      ),
      {},
    ],
    [
      "the fixed validity to the redirect type",
      over({ fixedMinutes: 3 }).replace("FixedValidityMins=3&RedirectType=queue", "RedirectType=3queue"),
      {},
    ],
    ["the bound address to the issue time", bound.replace("&Hip=", ""), { ip: "192.0.2.2" }],
    [
      "the end of the waiting room's id to the queue id",
      sessionValue({ room: "sale2" }).replace("sale2&QueueId=", "sale&QueueId=2"),
      { EventId: "sale" },
    ],
    [
      "the end of the waiting room's id to the fixed validity",
      withoutQueueId.replace("sale2&", "sale&FixedValidityMins=2&"),
      { EventId: "sale" },
    ],
    [
      "the fixed validity to the waiting room's id",
      sessionValue({ room: "sale", queueId: "", fixedMinutes: 25 }).replace(
        "sale&FixedValidityMins=25",
        "sale2&FixedValidityMins=5",
      ),
      { EventId: "sale2" },
    ],
  ];

  it.each(moved)("is none: %s", async (_what, value, action) => {
    expect(value).not.toBe(sessionValue());
    const room = typeof action.EventId === "string" ? action.EventId : "event1";
    const decision = await visit(sessionPair(room, value), action);
    expect(decision.kind).toBe("to-queue-it");
    // It is removed from the browser like any other session that is not valid.
    expect(decision.cookies.join()).toMatch(/=; expires=Thu, 01 Jan 1970/);
  });

  it("is none whichever characters moved across whichever boundaries", () => {
    const sign = createSigner(SECRET);
    const fields = fc.record({
      room: fc.constantFrom("sale", "sale2", "s2", "a1b2", "queue"),
      queueId: fc.constantFrom("", QUEUE_ID, "q1"),
      redirectType: fc.constantFrom("queue", "safetynet", "disabled", "other"),
      fixedMinutes: fc.constantFrom(undefined, 3, 25, 1440),
      ip: fc.constantFrom(undefined, "192.0.2.1"),
    });
    let compared = 0;
    fc.assert(
      fc.property(fields, ({ room, fixedMinutes, ip, ...rest }) => {
        const original = sessionValue({
          room,
          ...rest,
          issued: now() - 60,
          ...(fixedMinutes !== undefined && { fixedMinutes }),
          ...(ip !== undefined && { ip }),
        });
        const hash = original.slice(original.indexOf("&Hash="));
        const parts = partsOf(original);
        for (const other of movedAcrossTwoBoundaries(parts)) {
          const value = valueOf(other) + hash;
          const name = `QueueITAccepted-SDFrts345E-V3_${other[0] ?? ""}`;
          if (value === original) continue;
          compared++;
          if (presentCookie(name, value, sign) === value) expect(value).toBe("no session");
        }
      }),
      { numRuns: 25 },
    );
    expect(compared).toBeGreaterThan(30_000);
  });
});

const NAMES = ["EventId", "QueueId", "FixedValidityMins", "RedirectType", "IssueTime", "Hip"];

/**
 * The values of all fields in the order in which the SDK joins them; the empty string for one that is absent.
 */
function partsOf(value: string): string[] {
  const fields = new URLSearchParams(value);
  return NAMES.map((name) => fields.get(name) ?? "");
}

function valueOf(parts: readonly string[]): string {
  const pairs = NAMES.map((name, index) => [name, parts[index] ?? ""]);
  return pairs
    .filter(([name, text]) => text !== "" || name === "RedirectType" || name === "IssueTime")
    .map(([name, text]) => `${name}=${text}`)
    .join("&");
}

/** The same text, cut in other places: any two of the five boundaries anywhere. */
function* movedAcrossTwoBoundaries(parts: readonly string[]): Generator<string[]> {
  const text = parts.join("");
  const cuts = parts.slice(0, -1).map((_part, index) => parts.slice(0, index + 1).join("").length);
  for (let first = 0; first < cuts.length; first++) {
    for (let second = first; second < cuts.length; second++) {
      for (let to = cuts[first - 1] ?? 0; to <= text.length; to += 1) {
        const changed = cuts.map((cut, index) => (index === first ? to : cut));
        const lowest = Math.max(to, changed[second - 1] ?? 0);
        for (let also = second === first ? to : lowest; also <= text.length; also++) {
          const placed = changed.map((cut, index) => (index === second ? also : cut));
          if (placed.every((cut, index) => index === 0 || cut >= (placed[index - 1] ?? 0)))
            yield [0, ...placed].map((cut, index) => text.slice(cut, placed[index] ?? text.length));
          if (second === first) break;
        }
      }
    }
  }
}

describe("a session of another form than the SDK writes", () => {
  const value = sessionValue();
  it.each([
    ["with a field twice", value.replace("&RedirectType", "&RedirectType=queue&RedirectType")],
    ["with an event twice", `EventId=other&${value}`],
    ["with fields in another order", value.replace(/(EventId=event1)&(QueueId=[^&]*)/, "$2&$1")],
    ["with a field of its own", `${value}&More=1`],
    ["with the waiting room in capitals", value.replace("event1", "EVENT1")],
    ["issued in milliseconds", sessionValue({ issued: Date.now() })],
    ["with a queue id that is none, and not sealed", sessionValue({ queueId: "q1" })],
    ["with a redirect type nobody knows, and not sealed", sessionValue({ redirectType: "other" })],
    ["with a seal of somebody else", `${sessionValue({ queueId: "q1" })}&Seal=${hmac("x")}`],
    ["with the session's own hash as its seal", value.replace(/&Hash=(.*)/, "&Hash=$1&Seal=$1")],
    ["with an empty value of every field", "EventId=&QueueId=&RedirectType=&IssueTime=&Hash="],
  ])("is none: %s", async (_what, changed) => {
    expect((await visit(sessionPair("event1", changed))).kind).toBe("to-queue-it");
  });

  it("is none when it is issued an hour from now, and stays in the browser: the clock may have gone back", async () => {
    const decision = await visit(sessionPair("event1", sessionValue({ issued: now() + 3600 })));
    expect(decision.kind).toBe("to-queue-it");
    expect(decision.cookies).toEqual([]);
  });

  it("is one when another machine's clock is some seconds ahead", async () => {
    expect((await visit(sessionPair("event1", sessionValue({ issued: now() + 5 })))).kind).toBe("pass");
  });
});

describe("what the SDK gets to see of a cookie", () => {
  const sign = createSigner(SECRET);
  const name = "QueueITAccepted-SDFrts345E-V3_event1";
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is the cookie itself, where it is no session", () => {
    expect(presentCookie("basket", "7", sign)).toBe("7");
    expect(presentCookie(`x${name}`, "7", sign)).toBe("7");
    expect(presentCookie(name, "", sign)).toBe("");
    expect(presentCookie(name, undefined, sign)).toBeUndefined();
  });

  it("is a session of a waiting room whose name has capitals in the configuration", () => {
    expect(presentCookie(name.replace("event1", "Event1"), sessionValue(), sign)).toBe(sessionValue());
  });

  it("is no session of another waiting room", () => {
    expect(presentCookie(name.replace("event1", "event2"), sessionValue(), sign)).toBe("no-session");
  });

  it("is a session that was issued a minute ahead, and nothing of one further ahead", () => {
    vi.useFakeTimers({ toFake: ["Date"], now: 1_800_000_000_000 });
    const ahead = (seconds: number): string => sessionValue({ issued: 1_800_000_000 + seconds });
    expect(presentCookie(name, ahead(60), sign)).toBe(ahead(60));
    expect(presentCookie(name, ahead(61), sign)).toBeUndefined();
    const sealed = sealSession(sessionValue({ queueId: "q1", issued: 1_800_000_061 }), sign);
    expect(presentCookie(name, sealed, sign)).toBeUndefined();
  });

  it("is a sealed session only with its own seal, and of its own waiting room", () => {
    const sealed = sealSession(sessionValue({ queueId: "q1" }), sign);
    expect(presentCookie(name, sealed, sign)).toBe(sealed);
    expect(presentCookie(name.replace("event1", "event2"), sealed, sign)).toBe("no-session");
    expect(presentCookie(name, sealed.replace("q1", "q2"), sign)).toBe("no-session");
    expect(presentCookie(name, `${sealed}0`, sign)).toBe("no-session");
    expect(presentCookie(name, `x${sealed}`, sign)).toBe("no-session");
  });

  it("is sealed only where the form does not say enough", () => {
    for (const fields of [{ fixedMinutes: 12_345 }, { ip: "192.0.2.1" }, { redirectType: "directlink" }])
      expect(sealSession(sessionValue(fields), sign)).toBe(sessionValue(fields));
    for (const fields of [{ fixedMinutes: 123_456 }, { queueId: "" }, { redirectType: "other" }]) {
      const value = sessionValue(fields);
      expect(sealSession(value, sign)).toBe(`${value}&Seal=${hmac(`queueit-session\n${value}`)}`);
    }
    expect(sealSession("xEventId=event1", sign)).toBe("xEventId=event1");
  });
});

describe("a session that the Worker made of a token", () => {
  const tokens: [string, Parameters<typeof queueToken>[0]][] = [
    ["without queue id", { queueId: "", redirectType: "safetynet" }],
    [
      "without queue id, of a waiting room that ends in a digit, for 3 minutes",
      { queueId: "", validityMinutes: 3 },
    ],
    ["with a queue id of another form", { queueId: "q1" }],
    ["with a redirect type of tomorrow", { redirectType: "tomorrow" }],
    ["for a year", { validityMinutes: 525_600 }],
    ["for two thousand years", { validityMinutes: 1_234_567_890 }],
    ["of every day", {}],
  ];

  it.each(tokens)("lets the visitor pass on the next page: %s", async (_what, fields) => {
    const back = await visit("", { url: `${PAGE}?queueittoken=${queueToken(fields)}` });
    expect(back.kind).toBe("strip-token");
    const [cookie = ""] = back.cookies.join().split(";", 1);
    const next = await visit(cookie);
    expect(next.kind).toBe("pass");
    // Extended, it is still one.
    const [extended = cookie] = next.cookies.map((line) => line.split(";", 1)[0] ?? "");
    expect((await visit(extended)).kind).toBe("pass");
  });

  it("has nothing that the SDK does not write where its form says enough", async () => {
    const back = await visit("", { url: `${PAGE}?queueittoken=${queueToken()}` });
    expect(decodeURIComponent(back.cookies.join())).not.toContain("Seal=");
  });

  it("is none once a field was moved under its seal", async () => {
    const back = await visit("", {
      url: `${PAGE}?queueittoken=${queueToken({ room: "sale2", queueId: "", redirectType: "safetynet" })}`,
      EventId: "sale2",
    });
    const [cookie = ""] = back.cookies.join().split(";", 1);
    const value = decodeURIComponent(cookie.slice(cookie.indexOf("=") + 1));
    expect(value).toContain("&Seal=");
    const moved = value.replace("sale2&", "sale&FixedValidityMins=2&");
    expect((await visit(sessionPair("sale", moved), { EventId: "sale" })).kind).toBe("to-queue-it");
  });
});
