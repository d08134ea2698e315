import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Coverage, SiteRoutes } from "../../../../infra/environments/environment.ts";
import production from "../../../../infra/environments/production.ts";
import staging from "../../../../infra/environments/staging.ts";
import { environmentConfiguration } from "../../../../infra/local/sites/environment-configuration.ts";
import { demoConfiguration } from "../../../../infra/local/queue-it/demo-configuration.ts";
import { configurationWarnings } from "../../../../infra/queue-it/configuration-warnings.ts";
import { checkConfiguration } from "../../../../worker/configuration/check.ts";
import type { IntegrationConfiguration } from "../../../../worker/configuration/integration-configuration.ts";
import { guideOf, shopOf } from "../shop/guide.ts";

const HOST = "shop.example.com";
const DEMO = ["Tickets", "Live stock", "Checkout", "Leave", "Health check", "Static file"];

function cases(routes: Omit<SiteRoutes, "hostname">, coverage?: Coverage, configuration?: unknown) {
  const environment = shopOf([{ hostname: HOST, ...routes }], coverage && { coverage });
  return guideOf(environment, configuration).casesOf(HOST);
}

const labels = (...given: Parameters<typeof cases>) => cases(...given).map(({ label }) => label);
const causes = (...given: Parameters<typeof cases>) => cases(...given).map(({ cause }) => cause);

describe("what there is to try", () => {
  it.each([staging, production])("is the whole demo in the environments of the repository", (environment) => {
    const shop = shopOf(environment.sites, environment);
    for (const { hostname } of environment.sites) {
      expect(
        guideOf(shop)
          .casesOf(hostname)
          .map(({ label }) => label),
      ).toEqual(DEMO);
    }
  });

  it("is the whole demo where nothing is promised", () => {
    expect(labels({ bypass: ["/static/*"] })).toEqual(DEMO);
  });

  it("has no case of the demo that has no route", () => {
    expect(labels({ protect: ["/event/*"], bypass: ["/assets/*"] })).toEqual([
      "Bypassed page /assets/",
      "Protected page /event/",
    ]);
  });

  it("says which route and which action are the cause", () => {
    expect(causes({ protect: ["/event/*"], bypass: ["/assets/*"] })).toEqual([
      `Bypassed by ${HOST}/assets/*: not seen by the Worker, not paid.`,
      `Protected by ${HOST}/event/*, action Protected pages (Queue) to waiting room demopages, a paid invocation.`,
    ]);
  });

  it("names the page that decides, where it is not the one to open", () => {
    expect(causes({ protect: ["/checkout*"] })).toEqual([
      expect.stringMatching(/^\/checkout is protected by shop\.example\.com\/checkout\*, action VIP orders/),
    ]);
  });

  it("names a page once that has a route of its own and is ignored", () => {
    const routes = { protect: ["/event/*", "/event/status"] } as const;
    const coverage = { ignored: [`https://${HOST}/event/status`] };
    expect(labels(routes, coverage)).toEqual(["Protected page /event/", "Page left alone /event/status"]);
  });

  it("has a page that the configuration names where nothing else queues", () => {
    const [action] = demoConfiguration([HOST], { customerId: "acme" }).Integrations.filter(
      ({ Name }) => Name === "Ticket pages",
    );
    const Triggers = JSON.parse(JSON.stringify(action?.Triggers).replaceAll("tickets", "sale")) as unknown;
    const own = { Version: 1, Integrations: [{ ...action, Triggers }] };
    expect(labels({ protect: ["/*"] }, undefined, own)).toContain("Protected page /sale");
  });

  it("has the pages that the coverage promises", () => {
    const coverage = {
      protected: [`https://${HOST}/event/finale?seat=1`, `https://${HOST}/sale`],
      ignored: [`https://${HOST}/tickets`, `https://${HOST}/event/status`],
      bypassed: [`https://${HOST}/assets/app.js`],
    };
    expect(labels({ protect: ["/*"], bypass: ["/assets/*"] }, coverage)).toEqual([
      "Live stock",
      "Checkout",
      "Leave",
      "Health check",
      "Bypassed page /assets/app.js",
      "Protected page /event/finale?seat=1",
      "Protected page /sale",
      "Page left alone /tickets",
      "Page left alone /event/status",
    ]);
  });

  it.each<[string, Coverage, string]>([
    ["a page without a route", { protected: [`https://${HOST}/open`] }, "Page without a route /open"],
    [
      "a promised page that is bypassed",
      { protected: [`https://${HOST}/assets/a`] },
      "Bypassed page /assets/a",
    ],
  ])("shows %s as what it is", (_, coverage, label) => {
    expect(labels({ protect: ["/event/*"], bypass: ["/assets/*"] }, coverage)).toContain(label);
  });

  it.each(["/health*", "/leave*", "/stock*", "/api/*", "/checkout*", "/a*"])(
    "has a page that queues where only %s is protected",
    (pattern) => {
      expect(cases({ protect: [pattern] }).filter(({ cause }) => cause.includes("(Queue)"))).not.toEqual([]);
    },
  );

  it("shows a page of the demo as open where the configuration has no action for it", () => {
    const configuration = { ...demoConfiguration([HOST], { customerId: "acme" }), Integrations: [] };
    expect(labels({}, { protected: [`https://${HOST}/tickets`] }, configuration)).toEqual([
      "Open page /tickets",
    ]);
  });

  it("does not say that a poster goes through where all orders queue", () => {
    const demo = demoConfiguration([HOST], { customerId: "acme" });
    const all = demo.Integrations.map((action) => ({
      ...action,
      Triggers: action.Triggers.map((trigger) => ({
        ...trigger,
        TriggerParts: trigger.TriggerParts.filter(
          ({ ValidatorType: type }) => type !== "RequestBodyValidator",
        ),
      })),
    }));
    expect(labels({}, undefined, { ...demo, Integrations: all })).not.toContain("Checkout");
  });
});

describe("the integration configuration of the demo", () => {
  it.each([
    ["/*", []],
    ["/event*", ["/event/1"]],
    ["/caf%c3%a9/*", ["/caf%c3%a9/1"]],
    ["/~a(b)*", ["/~a(b)"]],
  ])("queues at %s, and warns of nothing", (pattern, paths) => {
    for (const matching of ["as-configured", "normalized"] as const) {
      const shop = shopOf([{ hostname: HOST, protect: [pattern] }], {
        queueIt: { customerId: "acme", matching },
      });
      const check = checkConfiguration(environmentConfiguration([shop]));
      expect(check).toMatchObject({ ok: true });
      const configuration = environmentConfiguration([shop]) as unknown as IntegrationConfiguration;
      expect(configurationWarnings(configuration, matching)).toEqual([]);
      for (const path of paths) {
        expect(guideOf(shop).causeAt(new URL(`https://${HOST}${path}`))).toContain("(Queue)");
      }
    }
  });

  it("stays as it is where the demo's own pages show every route", () => {
    const { hostname } = staging.sites[0];
    expect(environmentConfiguration([shopOf(staging.sites, staging)])).toEqual(
      demoConfiguration([hostname], { customerId: "acme" }),
    );
  });

  it("leaves no page open that is meant to queue, whatever the routes are", () => {
    const entry = fc.constantFrom(
      ...[
        "/*",
        "/event/*",
        "/event*",
        "/event/finale",
        "/tickets/*",
        "/health*",
        "/leave",
        "/stock*",
        "/api/*",
      ],
      ...["/a*", "/", "/checkout*", "/static/*", "/s*"],
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(entry, { minLength: 1, maxLength: 4 }),
        fc.uniqueArray(entry, { maxLength: 2 }),
        (protect, bypass) => {
          const shop = shopOf([{ hostname: HOST, protect, bypass }]);
          const guide = guideOf(shop);
          for (const { path, label, cause, queues } of guide.casesOf(HOST)) {
            const here = guide.causeAt(new URL(`https://${HOST}${path}`));
            expect([label, queues]).toEqual([label, here.includes("(Queue)")]);
            expect(cause).not.toContain("not known");
            expect(label).not.toMatch(/^(Open page|Page that cancels|Page left alone)/);
          }
        },
      ),
    );
  });
});
