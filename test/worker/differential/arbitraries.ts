import fc from "fast-check";
import type {
  IntegrationConfiguration,
  Trigger,
  TriggerPart,
} from "../../../worker/configuration/integration-configuration.ts";
import { queueAction, type TestAction } from "../support/configurations.ts";
import { sessionCookie, sessionPair, sessionValue } from "../support/session-cookie.ts";
import { queueToken } from "../support/tokens.ts";

/** A request in the plainest form: what both sides are given. */
export interface PlainRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The clock of the differential test, in seconds since 1970. */
export const NOW = 1_800_000_000;

const rooms = fc.constantFrom("event1", "Event1", "room-2");
const address = fc.constantFrom("192.0.2.1", "2001:db8::1");
const long = "a".repeat(3000);

/**
 * Short alphabets, so that literals and requests meet; and texts whose upper case is longer than they are.
 */
const literal = fc.constantFrom(
  ...["", "*", "a", "A", "/a", "/A", "/tickets", "SHOP", "shop.example", "https://", ".", "?", "x=1", "8443"],
  ...[
    "ß",
    "SS",
    "ss",
    "İ",
    "i̇",
    "ﬁ",
    "FI",
    "\ud800",
    "%C3%9F",
    "%c3%9f",
    "%41",
    "%20",
    "+",
    long,
    "null",
    "__proto__",
  ],
);
const name = fc.constantFrom("c1", "C1", "c2", "__proto__", "constructor", "not there");
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 7 });

const part: fc.Arbitrary<TriggerPart> = fc.record(
  {
    ValidatorType: fc.constantFrom(
      ...["UrlValidator", "UrlValidator", "UrlValidator", "CookieValidator", "UserAgentValidator"],
      ...["HttpHeaderValidator", "RequestBodyValidator", "FutureValidator"],
    ),
    Operator: fc.constantFrom("Equals", "Contains", "Contains", "EqualsAny", "ContainsAny", "FutureOperator"),
    ValueToCompare: optional(literal),
    ValuesToCompare: optional(fc.array(literal, { maxLength: 3 })),
    IsNegative: optional(fc.boolean()),
    IsIgnoreCase: optional(fc.boolean()),
    UrlPart: fc.constantFrom("PageUrl", "PagePath", "HostName", "FuturePart", null),
    CookieName: name,
    HttpHeaderName: fc.constantFrom("x-test", "X-Test", "user-agent", "not a header name", "x-missing"),
  },
  { requiredKeys: ["ValidatorType", "Operator", "CookieName", "HttpHeaderName"] },
);

const trigger: fc.Arbitrary<Trigger> = fc.record({
  LogicalOperator: fc.constantFrom("And", "Or", "FutureOperator", null),
  TriggerParts: fc.array(part, { maxLength: 3 }),
});

const action: fc.Arbitrary<TestAction> = fc
  .record({
    ActionType: fc.constantFrom("Queue", "Queue", "Queue", "Cancel", "Cancel", "Ignore", "FutureAction"),
    EventId: rooms,
    InvolvedWaitingRoomIds: optional(fc.array(rooms, { maxLength: 2 })),
    CookieDomain: fc.constantFrom("", ".shop.example", null),
    IsCookieHttpOnly: optional(fc.boolean()),
    IsCookieSecure: optional(fc.boolean()),
    LayoutName: fc.constantFrom("", "Größe (1)", null),
    Culture: fc.constantFrom("", "da-DK", null),
    ExtendCookieValidity: optional(fc.boolean()),
    CookieValidityMinute: fc.constantFrom(1, 20),
    QueueDomain: fc.constantFrom("test.queue-it.net", "test.queue-it.net/"),
    QueuePathPrefix: fc.constantFrom("", "/prefix", "prefix/", null),
    RedirectLogic: fc.constantFrom("AllowTParameter", "EventTargetUrl", "ForcedTargetUrl", null),
    ForcedTargetUrl: fc.constantFrom("https://shop.example/forced?a=b", "", null),
    IsNormalizationEnabled: optional(fc.boolean()),
    Triggers: fc.array(trigger, { maxLength: 3 }),
  })
  .map((fields) => queueAction(fields));

/** Configurations that pass the check, with a different name for every action. */
export const configuration: fc.Arbitrary<IntegrationConfiguration> = fc
  .array(action, { minLength: 1, maxLength: 5 })
  .map((actions) => ({
    Version: 7,
    Integrations: actions.map((one, index) => ({ ...one, Name: `action ${index}!` })),
  }));

const token = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ room: rooms }).map((fields) => queueToken({ ...fields, expires: NOW + 60 })),
  },
  fc.record({ room: rooms, ip: address }).map((fields) => queueToken({ ...fields, expires: NOW + 60 })),
  fc.record({ room: rooms }).map((fields) => queueToken({ ...fields, expires: NOW - 60 })),
  rooms.map((room) => queueToken({ room, expires: NOW + 60 }, "another-fake-secret")),
  rooms.map((room) => queueToken({ room, expires: NOW + 60, validityMinutes: 3, redirectType: "safetynet" })),
  fc
    .record({ room: rooms, queueId: fc.constantFrom("", "q1"), validityMinutes: fc.constantFrom(3, 123_456) })
    .map((fields) => queueToken({ ...fields, expires: NOW + 60 })),
  fc
    .constantFrom(NOW + 60, NOW - 60)
    .map((expires) => queueToken({ room: "event1", expires, redirectType: "debug" })),
  fc.constant(queueToken({ expires: NOW + 60, redirectType: "debug" }, "another-fake-secret")),
  fc.constantFrom(
    "",
    "nonsense",
    "e_event1~~h_",
    "a&t=https://evil.example#x\r\ny",
    "%",
    "ü ~h_1",
    "~h_undefined",
  ),
);

const tokenParameter = fc
  .tuple(fc.constantFrom("queueittoken", "QueueITToken", "xqueueittoken"), token, fc.boolean())
  .map(
    ([parameter, value, encoded]) =>
      `${parameter}=${encoded ? encodeURIComponent(value) : value.replace(/[&#]/g, "")}`,
  );

const parameter = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom("x=1", "a", "", "n=%C3%9F", "n=%zz", "q=a+b%20c", "u=ß", "queueittoken"),
  },
  { weight: 2, arbitrary: tokenParameter },
);

const url = fc
  .tuple(
    fc.constantFrom("shop.example", "Shop.Example:8443", "a.example"),
    fc.array(
      fc.constantFrom("a", "A", "tickets", "..", ".", "", "%41", "ß", "ﬁ", "%2e%2E", "😀", "İ", "\\"),
      {
        maxLength: 4,
      },
    ),
    fc.array(parameter, { maxLength: 4 }),
  )
  .map(
    ([host, path, query]) =>
      `https://${host}/${path.join("/")}${query.length === 0 ? "" : `?${query.join("&")}`}`,
  );

/** Sessions that are over, with characters moved from one field to another: the SDK's hash stays the same. */
const stretched = rooms.chain((room) => {
  const over = sessionValue({ room, issued: NOW - 40 * 86_400 });
  const fixed = sessionValue({ room, issued: NOW - 40 * 86_400, fixedMinutes: 3 });
  return fc
    .constantFrom(
      over.replace(/queue&IssueTime=/, "queu&IssueTime=e"),
      over.replace(/QueueId=/, "FixedValidityMins="),
      over.replace(/queue&IssueTime=/, "&IssueTime=queue"),
      over.replace(/&QueueId=([^&]*)&RedirectType=queue&IssueTime=/, "&RedirectType=&IssueTime=$1queue"),
      fixed.replace(/&FixedValidityMins=3&RedirectType=/, "&RedirectType=3"),
      sessionValue({ room, issued: NOW + 3600 }),
      sessionValue({ room, queueId: "q1", issued: NOW - 30 }),
      sessionValue({ room, queueId: "", redirectType: "safetynet", issued: NOW - 30 }),
    )
    .map((value) => sessionPair(room, value));
});

const session = fc.oneof(
  { weight: 3, arbitrary: stretched },
  { weight: 3, arbitrary: rooms.map((room) => sessionCookie({ room, issued: NOW - 30 })) },
  fc.tuple(rooms, address).map(([room, ip]) => sessionCookie({ room, ip, issued: NOW - 30 })),
  rooms.map((room) => sessionCookie({ room, issued: NOW - 30, fixedMinutes: 3 })),
  rooms.map((room) => sessionCookie({ room, issued: NOW - 7200 })),
  rooms.map((room) => sessionCookie({ room, issued: NOW - 30 }, "another-fake-secret")),
);
const cookies = fc
  .array(
    fc.oneof(
      { weight: 2, arbitrary: session },
      fc.constantFrom("c1=a", "C1=%41", "c2=%zz", "__proto__=a", "c1=x=1", "nonsense", "", "=a", "c1=%C3%9F"),
    ),
    { maxLength: 4 },
  )
  .map((pairs) => pairs.join("; "));

const headers = fc
  .record(
    {
      cookie: cookies,
      "user-agent": literal,
      "x-test": literal,
      "cf-connecting-ip": address,
      "x-queueittoken": token,
    },
    { requiredKeys: ["cookie", "cf-connecting-ip"] },
  )
  .chain((fields) =>
    fc
      .oneof(
        { weight: 5, arbitrary: fc.constant(undefined) },
        fc.constantFrom("https%3A%2F%2Fshop.example%2Fpage%3Fa%3D1", "%zz", "", "https://shop.example/ü"),
      )
      .map((page) => (page === undefined ? fields : { ...fields, "x-queueit-ajaxpageurl": page })),
  );

/** Requests of every kind: honest, late, forged and hostile. */
export const request: fc.Arbitrary<PlainRequest> = fc.record({
  url,
  method: fc.constantFrom("GET", "GET", "HEAD", "POST"),
  headers,
  body: literal,
});
