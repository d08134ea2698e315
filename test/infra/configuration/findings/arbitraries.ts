import fc from "fast-check";
import type {
  Action,
  IntegrationConfiguration,
  Trigger,
  TriggerPart,
} from "../../../../worker/configuration/integration-configuration.ts";
import { Visit } from "../../../../worker/visitor/visit.ts";

/** Few letters, so that conditions meet each other and the requests; with texts that upper case changes. */
const literal = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^\/?[aAbB]{0,3}$/) },
  fc.constantFrom(
    ...["", "*", "/", "/a", "/A", "/a/b", "a", "?", "#", "://", "http", "shop.example", "SHOP", "shop", "ß"],
    ...["SS", "ss", "ﬁ", "FI", "\ud800", "https://shop.example/a", "https://shop.example", "a=b"],
  ),
);
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 9 });

export const somePart: fc.Arbitrary<TriggerPart> = fc.record(
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
    UrlPart: fc.constantFrom("PageUrl", "PagePath", "PagePath", "HostName", "FuturePart", null),
    CookieName: fc.constantFrom("c1", "c1", "c2", "a=b", " c1", "__proto__"),
    HttpHeaderName: fc.constantFrom("x-test", "X-Test", "user-agent", "not a header name"),
  },
  { requiredKeys: ["ValidatorType", "Operator", "CookieName", "HttpHeaderName"] },
);

const someTrigger: fc.Arbitrary<Trigger> = fc.record({
  LogicalOperator: fc.constantFrom("And", "And", "And", "Or", null),
  TriggerParts: fc.array(somePart, { maxLength: 3 }),
});

const someAction: fc.Arbitrary<Action> = fc
  .record({
    ActionType: fc.constantFrom("Queue", "Cancel", "Ignore"),
    IsNormalizationEnabled: optional(fc.boolean()),
    Triggers: fc.array(someTrigger, { maxLength: 2 }),
  })
  .map((fields) => ({
    ...fields,
    EventId: "event1",
    QueueDomain: "acme.queue-it.net",
    CookieValidityMinute: 20,
  }));

export const someConfiguration: fc.Arbitrary<IntegrationConfiguration> = fc
  .array(someAction, { minLength: 1, maxLength: 5 })
  .map((actions) => ({
    Version: 7,
    Integrations: actions.map((action, index) => ({ ...action, Name: `action ${index}` })),
  }));

/** Real requests: their addresses are those that a runtime makes of what was asked for. */
export const someVisit: fc.Arbitrary<Visit> = fc
  .record({
    host: fc.constantFrom("shop.example", "shop.example", "a.example:8443", "b"),
    path: fc.oneof(
      fc.stringMatching(/^\/?[aAbB/]{0,5}$/),
      fc.constantFrom("/a/b", "/a", "/A", "/ß", "/x/../a", "/%41", "/ﬁ", ""),
    ),
    query: fc.constantFrom("", "", "?", "?a", "?a=b", "?A/b#c", "?://"),
    cookie: fc.constantFrom("", "c1=a", "c1=/a; c2=b", "c1=; c2=ab", "c1=*", "c1=SS", "__proto__=a"),
    agent: fc.constantFrom("", "a", "/a", "ab", "*"),
    header: fc.constantFrom("", "a", "A", "/a", "*"),
    body: fc.constantFrom("", "a", "/a", "AB", "*"),
  })
  .map(({ host, path, query, cookie, agent, header, body }) => {
    const { href } = new URL(`https://${host}/${path.replace(/^\//, "")}${query}`);
    const url = href.split("#", 1)[0] ?? "";
    const headers = new Headers({ cookie, "user-agent": agent, "x-test": header });
    return new Visit({ url, method: "POST", headers }, url, body);
  });
