import { describe, expect, it } from "vitest";
import type { ReviewContext } from "../../../infra/plan/context.ts";
import { actionLookup, explainUrl, type Route } from "../../../infra/plan/routing.ts";
import {
  configuration,
  configurationChange,
  type Planned,
  review,
  route,
  routeChange,
  workerChange,
} from "./plan-builder.ts";

describe("a URL", () => {
  const routes: readonly Route[] = [
    { kind: "protect", pattern: "a.dk/*" },
    { kind: "bypass", pattern: "a.dk/static/*" },
    { kind: "protect", pattern: "a.dk/static/checkout/*" },
    { kind: "bypass", pattern: "a.dk/account/*", worker: "shop-account" },
  ];
  const explain = (url: string, text?: string) =>
    explainUrl(new URL(url), routes, actionLookup(text, "as-configured"));

  it.each([
    ["https://a.dk/", "protected", "a.dk/*", true],
    ["https://a.dk/static/x.css", "bypassed", "a.dk/static/*", false],
    ["https://a.dk/static/checkout/pay?x=1", "protected", "a.dk/static/checkout/*", true],
    ["https://a.dk/account/orders", "bypassed", "a.dk/account/*", true],
    ["https://b.dk/", "no-route", undefined, false],
  ])("%s is %s", (url, outcome, pattern, paid) => {
    expect(explain(url)).toMatchObject({ outcome, pattern, paid });
  });

  it("knows the patterns that it outranks", () => {
    expect(explain("https://a.dk/static/x.css").outranked).toEqual(["a.dk/*"]);
  });

  it("is uncertain while a pattern is not known", () => {
    const unknown: Route = { kind: "bypass", pattern: undefined };
    expect(
      explainUrl(new URL("https://a.dk/"), [...routes, unknown], actionLookup(undefined, "as-configured"))
        .outcome,
    ).toBe("uncertain");
  });

  it("has the action that the Worker would take, where the configuration is known", () => {
    const text = JSON.stringify(configuration(1, "/tickets"));
    expect(explain("https://a.dk/tickets", text).action).toEqual({
      type: "Queue",
      name: "Sale",
      waitingRoom: "sale1",
      queueDomain: "acme.queue-it.net",
    });
    expect(explain("https://a.dk/about", text).action).toBe("none");
    expect(explain("https://a.dk/tickets", "{}").action).toBeUndefined();
    expect(explain("https://a.dk/tickets").action).toBeUndefined();
    expect(explain("https://a.dk/static/tickets", text).action).toBeUndefined();
  });
});

describe("a route to another Worker than the connector", () => {
  const urlOf = (expected: "protected" | "bypassed") => {
    const url = "https://a.dk/account/orders";
    const planned = [
      workerChange([], []),
      routeChange("all", route("a.dk/*"), route("a.dk/*")),
      routeChange("account", null, { ...route("a.dk/account/*"), script: "shop-account" }),
    ];
    return review(planned, { coverage: { [expected]: [url] } }).coverage[0];
  };

  it("leaves its pages without protection", () => {
    expect(urlOf("protected")).toMatchObject({
      before: { outcome: "protected" },
      after: { outcome: "bypassed", worker: "shop-account" },
      broken: "the Worker does not see it, so nobody queues there",
    });
  });

  it("is a bypass, as promised", () => {
    expect(urlOf("bypassed")?.broken).toBeUndefined();
  });
});

it("an action is found for another spelling only where the Worker matches on the normalized URL", () => {
  const text = JSON.stringify(configuration(1, "/tickets"));
  const url = new URL("https://a.dk/%74ickets");
  const routes: readonly Route[] = [{ kind: "protect", pattern: "a.dk/*" }];
  expect(explainUrl(url, routes, actionLookup(text, "as-configured")).action).toBe("none");
  expect(explainUrl(url, routes, actionLookup(text, "normalized")).action).toMatchObject({ type: "Queue" });
});

describe("an expectation", () => {
  const shop = routeChange("r", route("a.dk/*"), route("a.dk/*"));
  const ignoring = configuration(1, "/tickets", { ActionType: "Ignore" });
  const broken = (planned: readonly Planned[], context: ReviewContext) =>
    review(planned, context).coverage.map((covered) => covered.broken !== undefined);

  it("to be protected holds while a route leads to the Worker", () => {
    const context = { coverage: { protected: ["https://a.dk/tickets", "https://b.dk/"] } };
    expect(broken([shop], context)).toEqual([false, true]);
  });

  it("to be protected also needs a queueing action where a file owns the configuration", () => {
    const coverage = { protected: ["https://a.dk/tickets", "https://a.dk/about"] };
    const planned = [shop, configurationChange(configuration(1), configuration(1))];
    expect(broken(planned, { coverage, owner: "file" })).toEqual([false, true]);
    expect(broken(planned, { coverage, owner: "publish" })).toEqual([false, false]);
  });

  const sale = { Integrations: configuration(1)["Integrations"] as readonly object[] };
  const typed = (ActionType: string, more = {}) => configuration(1, "/tickets", { ActionType, ...more });
  it.each([
    ["a Cancel action applies", typed("Cancel"), "its Cancel action lets everybody without a session pass"],
    [
      "an Ignore action applies",
      typed("Ignore"),
      "an action of the integration configuration lets everybody pass",
    ],
    [
      "the SDK does not know the action's type",
      typed("queue"),
      "an action of the integration configuration lets everybody pass",
    ],
    [
      "the Queue action has no trigger",
      typed("Queue", { Triggers: [] }),
      "no action of the integration configuration queues it",
    ],
    [
      "an Ignore action with the same trigger comes first",
      {
        Version: 1,
        Integrations: [...(ignoring["Integrations"] as readonly object[]), ...sale.Integrations],
      },
      "an action of the integration configuration lets everybody pass",
    ],
  ])("to be protected is broken where %s", (_, configured, why) => {
    const context = { coverage: { protected: ["https://a.dk/tickets"] }, owner: "file" } as const;
    const planned = [shop, configurationChange(configured, configured)];
    expect(review(planned, context).coverage.map((covered) => covered.broken)).toEqual([why]);
  });

  it("to be ignored is broken where a Cancel action ends sessions", () => {
    const planned = [shop, configurationChange(typed("Cancel"), typed("Cancel"))];
    const context = { coverage: { ignored: ["https://a.dk/tickets"] } };
    expect(review(planned, context).coverage.map((covered) => covered.broken)).toEqual([
      "an action of the integration configuration ends sessions there",
    ]);
  });

  it("to be ignored holds while no action queues", () => {
    const coverage = { ignored: ["https://a.dk/tickets", "https://b.dk/"] };
    expect(broken([shop, configurationChange(ignoring, ignoring)], { coverage })).toEqual([false, true]);
    expect(broken([shop, configurationChange(ignoring, configuration(2))], { coverage })).toEqual([
      true,
      true,
    ]);
  });

  it("shows what was there before the plan", () => {
    const gone = routeChange("r", route("a.dk/*"), null);
    const [covered] = review([gone], { coverage: { protected: ["https://a.dk/"] } }).coverage;
    expect([covered?.before.outcome, covered?.after.outcome]).toEqual(["protected", "no-route"]);
  });

  it("is checked against routes that a limited plan leaves alone", () => {
    const values = {
      address: "cloudflare_workers_route.r",
      mode: "managed",
      type: "cloudflare_workers_route",
      values: route("a.dk/*"),
    };
    const state = { root_module: { child_modules: [{ resources: [values] }] } };
    const more = { planned_values: state, prior_state: { values: state } };
    expect(review([], { coverage: { protected: ["https://a.dk/"] } }, more).risks).toEqual([]);
  });
});
