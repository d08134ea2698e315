import { describe, expect, it } from "vitest";
import type { Trigger, TriggerPart } from "../../../worker/configuration/integration-configuration.ts";
import { compileAction, readsBody } from "../../../worker/matching/matcher.ts";
import { UrlSubjects, Visit } from "../../../worker/visitor/visit.ts";
import { queueAction } from "../support/configurations.ts";

const URL_ASKED = "https://shop.example:8443/tickets?seat=A12";
const HEADERS: Readonly<Record<string, string>> = {
  cookie: "basket=7; empty=",
  "user-agent": "Mozilla/5.0",
  "x-device": "phone",
};

const visit = new Visit(
  { url: URL_ASKED, method: "POST", headers: { get: (name) => HEADERS[name.toLowerCase()] ?? null } },
  URL_ASKED,
  "the body",
);

function matches(Triggers: readonly Trigger[], url = URL_ASKED): boolean {
  return compileAction(queueAction({ Triggers }))(visit, new UrlSubjects(url));
}

/** Whether a trigger of one part holds that wants exactly this text. */
function finds(part: TriggerPart, text: string): boolean {
  return matches([{ TriggerParts: [{ ...part, Operator: "Equals", ValueToCompare: text }] }]);
}

const TRUE = { ValidatorType: "UrlValidator", UrlPart: "PageUrl", Operator: "Contains", ValueToCompare: "/" };
const FALSE = { ...TRUE, ValueToCompare: "nowhere" };

describe("what a trigger part looks at", () => {
  it.each([
    ["the whole URL", { ValidatorType: "UrlValidator", UrlPart: "PageUrl" }, URL_ASKED],
    ["the host with its port", { ValidatorType: "UrlValidator", UrlPart: "HostName" }, "shop.example:8443"],
    ["the path without query", { ValidatorType: "UrlValidator", UrlPart: "PagePath" }, "/tickets"],
    ["a cookie", { ValidatorType: "CookieValidator", CookieName: "basket" }, "7"],
    ["the user agent", { ValidatorType: "UserAgentValidator" }, "Mozilla/5.0"],
    ["a header", { ValidatorType: "HttpHeaderValidator", HttpHeaderName: "X-Device" }, "phone"],
    ["the body", { ValidatorType: "RequestBodyValidator" }, "the body"],
  ])("is %s", (_what, part, text) => {
    expect(finds(part, text)).toBe(true);
    expect(finds(part, `${text}x`)).toBe(false);
    expect(finds(part, "")).toBe(false);
  });

  it.each([
    ["a part of the URL that nobody knows", { ValidatorType: "UrlValidator", UrlPart: "FuturePart" }],
    ["no part of the URL", { ValidatorType: "UrlValidator" }],
    ["a cookie that is not there", { ValidatorType: "CookieValidator", CookieName: "other" }],
    ["a cookie without a name", { ValidatorType: "CookieValidator" }],
    ["a header that is not there", { ValidatorType: "HttpHeaderValidator", HttpHeaderName: "x-other" }],
    ["a header without a name", { ValidatorType: "HttpHeaderValidator" }],
  ])("is the empty string for %s", (_what, part) => {
    expect(finds(part, "")).toBe(true);
    expect(finds(part, "x")).toBe(false);
  });

  it.each(["x device", "x-device ", " x-device", "x-device\n", "ü", "x:device"])(
    "is the empty string for a header that the runtime would throw at: %j",
    (HttpHeaderName) => {
      const strict = {
        get: (name: string) => {
          throw new TypeError(`Invalid header name ${name}`);
        },
      };
      const part = { ValidatorType: "HttpHeaderValidator", HttpHeaderName, Operator: "Equals" };
      const holds = compileAction(queueAction({ Triggers: [{ TriggerParts: [part] }] }));
      const throwing = new Visit({ url: URL_ASKED, method: "GET", headers: strict }, URL_ASKED, "");
      expect(holds(throwing, throwing.url)).toBe(true);
    },
  );

  it("is nothing, and the part false, where the kind of the part is unknown", () => {
    for (const IsNegative of [false, true]) {
      const part = { Operator: "Contains", ValueToCompare: "*", IsNegative };
      expect(matches([{ TriggerParts: [{ ...part, ValidatorType: "FutureValidator" }] }])).toBe(false);
      expect(matches([{ TriggerParts: [part] }])).toBe(false);
    }
  });

  it("is the URL that it is given, which may be the normalized one", () => {
    expect(matches([{ TriggerParts: [{ ...TRUE, ValueToCompare: "/other" }] }], "https://a/other")).toBe(
      true,
    );
  });
});

describe("the triggers of an action", () => {
  it.each<[string, string | undefined, readonly TriggerPart[], boolean]>([
    ["and: all parts hold", "And", [TRUE, TRUE], true],
    ["and: one part does not", "And", [TRUE, FALSE], false],
    ["and: no parts", "And", [], true],
    ["or: one part holds", "Or", [FALSE, TRUE], true],
    ["or: no part holds", "Or", [FALSE, FALSE], false],
    ["or: no parts", "Or", [], false],
    ["an operator nobody knows is and", "FutureOperator", [TRUE, FALSE], false],
    ["no operator is and", undefined, [TRUE, FALSE], false],
  ])("hold as the SDK says: %s", (_what, LogicalOperator, TriggerParts, expected) => {
    expect(matches([{ ...(LogicalOperator !== undefined && { LogicalOperator }), TriggerParts }])).toBe(
      expected,
    );
  });

  it("hold when one of them does, and not when there are none", () => {
    expect(matches([{ TriggerParts: [FALSE] }, { TriggerParts: [TRUE] }])).toBe(true);
    expect(matches([{ TriggerParts: [FALSE] }, { TriggerParts: [FALSE] }])).toBe(false);
    expect(matches([])).toBe(false);
  });
});

describe("whether the body has to be read", () => {
  const body = { ValidatorType: "RequestBodyValidator", Operator: "Contains", ValueToCompare: "x" };

  it("is so for one part among others, in any trigger", () => {
    expect(
      readsBody(queueAction({ Triggers: [{ TriggerParts: [TRUE] }, { TriggerParts: [TRUE, body] }] })),
    ).toBe(true);
  });

  it("is not so where no part looks at it", () => {
    expect(readsBody(queueAction({ Triggers: [{ TriggerParts: [TRUE] }] }))).toBe(false);
    expect(readsBody(queueAction({ Triggers: [] }))).toBe(false);
  });
});
