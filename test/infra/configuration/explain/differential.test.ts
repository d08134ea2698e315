import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { explainRequest } from "../../../../infra/configuration/explain/explain-request.ts";
import { type Explainer, explainerOf } from "../../../../infra/configuration/explain/explainer.ts";
import type { TriedRequest } from "../../../../infra/configuration/explain/visitor-request.ts";
import type { IntegrationConfiguration } from "../../../../worker/configuration/integration-configuration.ts";
import { configuration } from "../../../worker/differential/arbitraries.ts";
import { actionOn } from "../../../worker/support/configurations.ts";
import { sessionCookie } from "../../../worker/support/session-cookie.ts";
import { Shop } from "../../../worker/support/shop.ts";
import { CUSTOMER, queueToken, SECRET } from "../../../worker/support/tokens.ts";
import { SITE, SOUND } from "../../environments/sound-environment.ts";

/** Visible in the result, so that the comparison does not become empty unnoticed. */
const counts = { cases: 0, toQueueIt: 0, ajax: 0, stripped: 0, passed: 0, withCookie: 0, errors: 0 };

const NOW = Math.floor(Date.now() / 1000);
const rooms = fc.constantFrom("event1", "Event1", "room-2");
const ADDRESS = "192.0.2.1";

const token = fc.oneof(
  { weight: 3, arbitrary: rooms.map((room) => queueToken({ room })) },
  rooms.map((room) => queueToken({ room, expires: NOW - 60 })),
  rooms.map((room) => queueToken({ room }, "another-fake-secret")),
  rooms.map((room) => queueToken({ room, ip: "203.0.113.9" })),
  fc.constantFrom("nonsense", "", "e_event1~rt_queue~h_1"),
);
const session = fc.oneof(
  { weight: 3, arbitrary: rooms.map((room) => sessionCookie({ room, issued: NOW - 30 })) },
  rooms.map((room) => sessionCookie({ room, issued: NOW - 7200 })),
  rooms.map((room) => sessionCookie({ room, issued: NOW + 7200 })),
  rooms.map((room) => sessionCookie({ room }, "another-fake-secret")),
  rooms.map((room) => sessionCookie({ room, ip: "203.0.113.9" })),
  fc.constantFrom("c1=a", "C1=%41", "c2=/a", "nonsense"),
);

const tried: fc.Arbitrary<TriedRequest> = fc
  .record({
    path: fc.array(fc.constantFrom("a", "A", "tickets", "..", "%41", "ß", ""), { maxLength: 3 }),
    query: fc.array(
      fc.oneof(
        fc.constantFrom("x=1", "a", "u=ß"),
        token.map((value) => `queueittoken=${value}`),
      ),
      { maxLength: 2 },
    ),
    cookies: fc.array(session, { maxLength: 3 }),
    agent: fc.constantFrom("a", "A/1", "Mozilla/5.0"),
    test: fc.constantFrom(undefined, "a", "/tickets"),
    inHeader: fc.option(token, { freq: 8, nil: undefined }),
    ajax: fc.option(fc.constantFrom("https%3A%2F%2Fshop.example%2Fpage%3Fa%3D1", "%zz"), {
      freq: 6,
      nil: undefined,
    }),
    body: fc.constantFrom("", "", "a", "/tickets"),
  })
  .map(({ path, query, cookies, agent, test, inHeader, ajax, body }) => ({
    url: new URL(`https://shop.example/${path.join("/")}${query.length === 0 ? "" : `?${query.join("&")}`}`),
    method: body === "" ? "GET" : "POST",
    headers: [
      ["cookie", cookies.join("; ")],
      ["user-agent", agent],
      ["cf-connecting-ip", ADDRESS],
      ...(test === undefined ? [] : [["x-test", test] as const]),
      ...(inHeader === undefined ? [] : [["x-queueittoken", inHeader] as const]),
      ...(ajax === undefined ? [] : [["x-queueit-ajaxpageurl", ajax] as const]),
    ],
    body,
  }));

/** Without what is made anew for each request. */
function comparable(address: string): string {
  return address
    .replace(/&enqueuetoken=[^&]*/, "")
    .replace(/(&ts=|%26ts%3D)\d+/g, "$1")
    .replace(/&icr=[^&]*/, "");
}

const names = (cookies: readonly string[]) =>
  cookies
    .map((cookie) => `${cookie.split("=", 1)[0] ?? ""}${/^[^=]*=;/.test(cookie) ? " removed" : ""}`)
    .sort();

describe.each([
  ["as-configured", {}, {}],
  ["normalized", { QUEUEIT_MATCHING: "normalized" }, { matching: "normalized" as const }],
  ["with enqueue tokens", { QUEUEIT_ENQT_ENABLED: "true" }, { enqueueToken: {} }],
])("an explanation compared with the Worker in workerd, %s", (_, variables, queueIt) => {
  let shop: Shop;
  let explainer: Explainer;
  beforeAll(async () => {
    const [first] = fc.sample(
      configuration.filter(({ Integrations: actions }) => (actions ?? []).length > 3),
      { numRuns: 1, seed: Object.keys(variables).join().length },
    );
    const config: IntegrationConfiguration = {
      Version: 7,
      Integrations: [
        actionOn("/a", { Name: "event", EventId: "event1" }),
        actionOn("/tickets", { Name: "Event", EventId: "Event1", IsNormalizationEnabled: true }),
        ...(first?.Integrations ?? []),
        actionOn("/", { Name: "room", EventId: "room-2", InvolvedWaitingRoomIds: ["event1"] }),
      ],
    };
    shop = await Shop.open({ configuration: config, variables });
    explainer = await explainerOf({
      named: {
        name: "staging",
        environment: {
          ...SOUND,
          sites: [{ ...SITE, hostname: "shop.example", bypass: [] }],
          queueIt: { customerId: CUSTOMER, ...queueIt },
        },
      },
      configuration: JSON.parse(JSON.stringify(config)) as IntegrationConfiguration,
      secretKey: SECRET,
    });
  });
  afterAll(() => shop.close());

  it("says what the Worker answers", async () => {
    for (const request of fc.sample(tried, { numRuns: 120, seed: 7 })) {
      const { worker } = await explainRequest(request, explainer);
      const response = await shop.visit(request.url.href, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
        ...(request.body !== "" && { body: request.body }),
      });
      await response.text();
      const location = response.headers.get("location");
      const ajax = response.headers.get("x-queueit-redirect");
      const set = response.headers.getSetCookie();
      const decision = worker?.decision;
      counts.cases++;
      const told =
        decision?.kind === "to-queue-it"
          ? [decision.isAjax ? "ajax" : "redirect", comparable(decision.url), names(decision.cookies)]
          : decision?.kind === "strip-token"
            ? ["redirect", decision.url, names(decision.cookies)]
            : decision?.kind === "pass"
              ? ["site", "", names(decision.cookies)]
              : [decision?.kind];
      const done =
        ajax !== null
          ? ["ajax", comparable(decodeURIComponent(ajax)), names(set)]
          : location !== null
            ? ["redirect", comparable(location), names(set)]
            : ["site", "", names(set)];
      expect([request.url.href, ...told]).toEqual([request.url.href, ...done]);
      expect(response.headers.get("x-queueit-failed")).toBeNull();
      if (decision?.kind === "to-queue-it") counts[decision.isAjax ? "ajax" : "toQueueIt"]++;
      if (decision?.kind === "strip-token") counts.stripped++;
      if (decision?.kind === "pass") counts.passed++;
      if (location?.includes("/error/") === true) counts.errors++;
      if (set.length > 0) counts.withCookie++;
    }
  });
});

it("an explanation has met every kind of answer", () => {
  for (const [kind, count] of Object.entries(counts)) expect([kind, count > 0]).toEqual([kind, true]);
});
