import { describe, expect, it } from "vitest";
import type { ReviewContext } from "../../../infra/plan/context.ts";
import { plainText } from "../../../infra/plan/sentence.ts";
import {
  changeJson,
  configuration,
  configurationChange,
  type Planned,
  review,
  risksIn,
  route,
  routeChange,
  secret,
  service,
  variable,
  WORKER,
  workerChange,
} from "./plan-builder.ts";

interface Case {
  readonly planned: readonly Planned[];
  readonly context?: ReviewContext;
  readonly more?: Readonly<Record<string, unknown>>;
}

const risks = ({ planned, context = {}, more = {} }: Case) => risksIn(review(planned, context, more));

const protect = (before: string | null, after: string | null) =>
  routeChange("protect", before === null ? null : route(before), after === null ? null : route(after));
const bypass = (before: string | null, after: string | null) =>
  routeChange(
    "bypass",
    before === null ? null : route(before, "bypass"),
    after === null ? null : route(after, "bypass"),
  );
const inZone = (pattern: string, script: string | undefined): ReviewContext => ({
  zoneRoutes: [{ id: "r1", pattern, script }],
});
const shop = protect("a.dk/*", "a.dk/*");
const namespace = (before: object | null, after: object | null, actions?: readonly string[]): Planned => ({
  type: "cloudflare_workers_kv_namespace",
  before: before && { account_id: "one", title: "queueit", ...before },
  after: after && { account_id: "one", title: "queueit", ...after },
  ...(actions && { actions }),
});
const replaced = ["delete", "create"];
/** A configuration with the one action of each type, under its own name where it does not queue. */
const typed = (ActionType: string, more: object = {}) =>
  configuration(2, "/tickets", { ActionType, ...(ActionType === "Ignore" && { Name: "Open" }), ...more });
const together = (...configurations: readonly Readonly<Record<string, unknown>>[]) => ({
  Version: 2,
  Integrations: configurations.flatMap(({ Integrations }) => Integrations as readonly object[]),
});
const kv = { type: "kv_namespace", name: "IntegrationConfigKV", namespace_id: "n" };
const hooks = (names: string, hash: string) =>
  variable("QUEUEIT_HOOKS", `${names} ${hash.repeat(12)} worker-hooks/shop.ts`);
const [fileOwned, publishOwned] = [
  variable("QUEUEIT_CONFIG_OWNER", "file"),
  variable("QUEUEIT_CONFIG_OWNER", "publish"),
];
const [open, closed] = [variable("QUEUEIT_FAILURE_MODE", "open"), variable("QUEUEIT_FAILURE_MODE", "closed")];
const [asConfigured, normalized] = [
  variable("QUEUEIT_MATCHING", "as-configured"),
  variable("QUEUEIT_MATCHING", "normalized"),
];
const [pass, queued] = [variable("QUEUEIT_PREFLIGHTS", "pass"), variable("QUEUEIT_PREFLIGHTS", "queue")];
const [refuse, taken] = [variable("QUEUEIT_PREFETCHES", "refuse"), variable("QUEUEIT_PREFETCHES", "queue")];
const [allowed, moreAllowed] = [
  variable("QUEUEIT_ALLOWED_ORIGINS", "https://a.example"),
  variable("QUEUEIT_ALLOWED_ORIGINS", "https://a.example https://b.example"),
];
const [acme, other] = [variable("QUEUEIT_CUSTOMER_ID", "acme"), variable("QUEUEIT_CUSTOMER_ID", "other")];
const check = (address: string, status: string) => ({
  checks: [
    {
      address: { to_display: address },
      status,
      instances: [{ problems: [{ message: "Deploy it to staging first." }] }],
    },
  ],
});

const FREEZE = [{ from: "2026-11-27T00:00Z", until: "2026-11-28T00:00Z", why: "Sale" }];

/** Each rule with a plan that has the risk, and the nearest plan that has not. */
const RULES: readonly (readonly [rule: string, name: string, risky: Case, harmless: Case])[] = [
  [
    "high frozen",
    "something changes while nothing is to be deployed, unless that is over",
    { planned: [protect(null, "a.dk/*")], context: { freeze: FREEZE, now: Date.UTC(2026, 10, 27, 12) } },
    { planned: [protect(null, "a.dk/*")], context: { freeze: FREEZE, now: Date.UTC(2026, 10, 28) } },
  ],
  [
    "high protection-lost",
    "a protected route goes away, unless another covers it",
    { planned: [protect("a.dk/*", null)] },
    { planned: [protect("a.dk/shop/*", null), routeChange("all", route("a.dk/*"), route("a.dk/*"))] },
  ],
  [
    "high protection-lost",
    "a protected route gets narrower, not wider",
    { planned: [protect("a.dk/*", "a.dk/tickets/*")] },
    { planned: [protect("a.dk/tickets/*", "a.dk/*")] },
  ],
  [
    "high protection-lost",
    "a protected route loses its Worker, not when it is only forgotten",
    { planned: [routeChange("r", route("a.dk/*"), route("a.dk/*", "bypass"))] },
    { planned: [{ ...protect("a.dk/*", null), actions: ["forget"] }] },
  ],
  [
    "high bypass-over-protection",
    "a bypass takes a whole protected pattern, not when it was there before",
    { planned: [protect("a.dk/shop/*", "a.dk/shop/*"), bypass(null, "a.dk/shop*")] },
    { planned: [protect("a.dk/shop/*", "a.dk/shop/*"), bypass("a.dk/shop*", "a.dk/shop*")] },
  ],
  [
    "medium bypass-over-protection",
    "a bypass takes pages, not when it loses to the protected pattern",
    { planned: [shop, bypass(null, "a.dk/tickets/*")] },
    { planned: [protect("a.dk/tickets*", "a.dk/tickets*"), bypass(null, "a.dk/tickets/*")] },
  ],
  [
    "low bypass-over-protection",
    "a bypass takes static files, not on another host",
    { planned: [shop, bypass(null, "a.dk/static/*")] },
    { planned: [shop, bypass(null, "b.dk/static/*")] },
  ],
  [
    "high namespace-lost",
    "the namespace is destroyed, not when it is renamed",
    { planned: [namespace({}, null)] },
    { planned: [namespace({}, { title: "renamed" })] },
  ],
  [
    "high namespace-lost",
    "the configuration is deleted, not when it is written",
    { planned: [configurationChange(configuration(1), null)] },
    { planned: [configurationChange(null, configuration(1))] },
  ],
  [
    "high place-changed",
    "the account changes, not the title",
    { planned: [namespace({}, { account_id: "two" }, replaced)] },
    { planned: [namespace({}, { title: "renamed" }, replaced)] },
  ],
  [
    "high secret-dropped",
    "an upload leaves out a secret, not when it rotates it",
    { planned: [workerChange([secret("K", "fake-one")], [])] },
    { planned: [workerChange([secret("K", "fake-one")], [secret("K", "fake-two")])] },
  ],
  [
    "high secret-dropped",
    "an upload drops what was set by hand, not when nothing is uploaded",
    {
      planned: [workerChange([open], [closed])],
      more: { resource_drift: [changeJson(workerChange([], [secret("HAND", "fake-hand")]))] },
    },
    {
      planned: [workerChange([open], [open])],
      more: { resource_drift: [changeJson(workerChange([], [secret("HAND", "fake-hand")]))] },
    },
  ],
  [
    "high doubtful-configuration",
    "a new configuration has a word that the SDK does not know, not when it was there before",
    {
      planned: [
        configurationChange(configuration(1), configuration(2, "/tickets", { RedirectLogic: "Forced" })),
      ],
    },
    {
      planned: [
        configurationChange(
          configuration(1, "/tickets", { RedirectLogic: "Forced" }),
          configuration(2, "/tickets", { RedirectLogic: "Forced", CookieValidityMinute: 5 }),
        ),
      ],
    },
  ],
  [
    "low doubtful-configuration",
    "a new configuration compares the path as it comes, not when the Worker matches on the normalized URL",
    { planned: [configurationChange(null, configuration(1)), workerChange([asConfigured], [asConfigured])] },
    { planned: [configurationChange(null, configuration(1)), workerChange([normalized], [normalized])] },
  ],
  [
    "medium owner-changed",
    "the owner changes, not when it is new",
    { planned: [workerChange([publishOwned], [fileOwned])] },
    { planned: [workerChange([], [fileOwned])] },
  ],
  [
    "medium failure-mode-changed",
    "the failure mode changes, not when it stays",
    { planned: [workerChange([open], [closed])] },
    { planned: [workerChange([open], [open])] },
  ],
  [
    "medium matching-changed",
    "the matching changes, not when it is new",
    { planned: [workerChange([normalized], [asConfigured])] },
    { planned: [workerChange([], [asConfigured])] },
  ],
  [
    "medium preflights-changed",
    "preflights are treated otherwise, not when that is new",
    { planned: [workerChange([pass], [queued])] },
    { planned: [workerChange([], [pass])] },
  ],
  [
    "low prefetches-changed",
    "prefetches are treated otherwise, not when that is new",
    { planned: [workerChange([refuse], [taken])] },
    { planned: [workerChange([], [refuse])] },
  ],
  [
    "medium allowed-origins-changed",
    "the allowed origins change, not when they are new",
    { planned: [workerChange([moreAllowed], [allowed])] },
    { planned: [workerChange([], [allowed])] },
  ],
  [
    "medium hooks-changed",
    "hooks that may leave requests alone appear or change, not when they stay",
    { planned: [workerChange([], [hooks("beforeMatching+onResponse", "a")])] },
    { planned: [workerChange([hooks("beforeMatching", "a")], [hooks("beforeMatching", "a")])] },
  ],
  [
    "medium hooks-changed",
    "hooks that may leave requests alone are other ones, and no less when nobody can tell which they are",
    { planned: [workerChange([hooks("beforeMatching", "a")], [hooks("beforeMatching", "b")])] },
    { planned: [workerChange([variable("QUEUEIT_HOOKS", "?")], [variable("QUEUEIT_HOOKS", "?")])] },
  ],
  [
    "medium hooks-changed",
    "the variable says something else than hooks, not when it is not there",
    { planned: [workerChange([], [variable("QUEUEIT_HOOKS", "?")])] },
    { planned: [workerChange([], [])] },
  ],
  [
    "low hooks-changed",
    "hooks appear that let nobody past, not when they stay",
    { planned: [workerChange([], [hooks("onResponse", "a")])] },
    { planned: [workerChange([hooks("onResponse", "a")], [hooks("onResponse", "a")])] },
  ],
  [
    "low hooks-changed",
    "hooks go away, not when there were none",
    { planned: [workerChange([hooks("beforeMatching", "a")], [])] },
    { planned: [workerChange([], [])] },
  ],
  [
    "high customer-changed",
    "the customer changes, not when it stays",
    { planned: [workerChange([acme], [other])] },
    { planned: [workerChange([acme], [acme])] },
  ],
  [
    "high ahead-of-earlier-environment",
    "the Worker's condition fails, not when it passes",
    { planned: [], more: check("cloudflare_workers_script.worker", "fail") },
    { planned: [], more: check("cloudflare_workers_script.worker", "pass") },
  ],
  [
    "low promotion-assumed",
    "it was planned ahead of its promotion, not when its promotion was looked at",
    { planned: [shop], context: { promotionAssumed: true } },
    { planned: [shop], context: { promotionAssumed: false } },
  ],
  [
    "high condition-failed",
    "another condition fails, not when it is not known yet",
    { planned: [], more: check("var.accept_example_values", "fail") },
    { planned: [], more: check("var.accept_example_values", "unknown") },
  ],
  [
    "high plan-errored",
    "Terraform stopped, not when it did not",
    { planned: [], more: { errored: true } },
    { planned: [], more: { errored: false } },
  ],
  [
    "medium plan-incomplete",
    "changes are put off, not when all are there",
    { planned: [], more: { complete: false } },
    { planned: [], more: { complete: true } },
  ],
  [
    "high everything-replaced",
    "all objects are replaced, not when one stays",
    {
      planned: ["a", "b", "c"].map((name) => ({ type: "x", name, before: {}, after: {}, actions: replaced })),
    },
    {
      planned: ["a", "b", "c"].map((name) => ({
        type: "x",
        name,
        before: {},
        after: {},
        actions: name === "a" ? ["no-op"] : replaced,
      })),
    },
  ],
  [
    "high everything-destroyed",
    "all objects are destroyed, not when one stays",
    { planned: ["a", "b", "c"].map((name) => ({ type: "x", name, before: {}, after: null })) },
    {
      planned: ["a", "b", "c"].map((name) => ({
        type: "x",
        name,
        before: {},
        after: name === "a" ? {} : null,
      })),
    },
  ],
  [
    "low no-earlier-state",
    "nothing is known to be there, not when one object is",
    { planned: ["a", "b", "c"].map((name) => ({ type: "x", name, before: null, after: {} })) },
    {
      planned: ["a", "b", "c"].map((name) => ({
        type: "x",
        name,
        before: name === "a" ? {} : null,
        after: {},
      })),
    },
  ],
  [
    "medium route-gap",
    "a protected route is deleted before it is made again, not the other way round",
    { planned: [{ ...shop, actions: replaced }] },
    { planned: [{ ...shop, actions: ["create", "delete"] }] },
  ],
  [
    "high route-exists",
    "a new route's pattern exists already, not when the state knows it",
    { planned: [protect(null, "a.dk/*")], context: inZone("a.dk/*", "seo") },
    { planned: [shop], context: inZone("a.dk/*", "seo") },
  ],
  [
    "high route-exists",
    "a new route's pattern was made by hand for our own Worker, not when another pattern was",
    { planned: [protect(null, "a.dk/*")], context: inZone("a.dk/*", WORKER) },
    { planned: [protect(null, "a.dk/*")], context: inZone("a.dk/tickets*", WORKER) },
  ],
  [
    "high route-of-another",
    "a more specific route of another Worker takes protected pages, not when they were bypassed",
    { planned: [shop], context: inZone("a.dk/tickets*", "seo") },
    { planned: [shop, bypass("a.dk/static/*", "a.dk/static/*")], context: inZone("a.dk/static/b/*", "seo") },
  ],
  [
    "high route-of-another",
    "a bypass made by hand takes protected pages, not one on another host",
    { planned: [shop], context: inZone("a.dk/tickets*", undefined) },
    { planned: [shop], context: inZone("b.dk/tickets*", undefined) },
  ],
  [
    "medium route-takes-pages",
    "a new route takes pages from another Worker, not one that was there before",
    { planned: [protect(null, "a.dk/shop/*")], context: inZone("a.dk/*", "seo") },
    { planned: [protect("a.dk/shop/*", "a.dk/shop/*")], context: inZone("a.dk/*", "seo") },
  ],
  [
    "low routes-not-read",
    "the routes of the zones could not be read, not when there are none",
    { planned: [shop], context: { zoneRoutes: "CLOUDFLARE_API_TOKEN is not set." } },
    { planned: [shop], context: { zoneRoutes: [] } },
  ],
  [
    "medium unknown-route",
    "a route's pattern is not known, unlike its id",
    { planned: [{ ...routeChange("r", null, { script: WORKER }), unknown: { pattern: true } }] },
    { planned: [{ ...routeChange("r", null, route("a.dk/*")), unknown: { id: true } }] },
  ],
  [
    "high configuration-unbound",
    "the Worker loses its namespace, not when it keeps it",
    { planned: [workerChange([kv], [])] },
    { planned: [workerChange([kv], [kv])] },
  ],
  [
    "high action-lost",
    "a queueing action goes away, not when only its trigger changes",
    { planned: [configurationChange(configuration(1), { Version: 2, Integrations: [] })] },
    { planned: [configurationChange(configuration(1), configuration(2, "/other"))] },
  ],
  [
    "high action-lost",
    "a Queue action becomes a Cancel action, not when a Cancel action goes away",
    { planned: [configurationChange(configuration(1), typed("Cancel"))] },
    { planned: [configurationChange(typed("Cancel"), { Version: 2, Integrations: [] })] },
  ],
  [
    "high action-lost",
    "a Queue action loses its triggers, not when it never had one",
    { planned: [configurationChange(configuration(1), typed("Queue", { Triggers: [] }))] },
    { planned: [configurationChange(typed("Queue", { Triggers: [] }), { Version: 2, Integrations: [] })] },
  ],
  [
    "high action-lost",
    "an Ignore action with the same trigger comes before a Queue action, not behind it",
    { planned: [configurationChange(configuration(1), together(typed("Ignore"), configuration(2)))] },
    { planned: [configurationChange(configuration(1), together(configuration(2), typed("Ignore")))] },
  ],
  [
    "high action-lost",
    "an Ignore action moves before a Queue action with the same trigger, not when it was there",
    {
      planned: [
        configurationChange(
          together(configuration(1), typed("Ignore")),
          together(typed("Ignore"), configuration(2)),
        ),
      ],
    },
    {
      planned: [
        configurationChange(
          together(typed("Ignore"), configuration(1)),
          together(typed("Ignore"), configuration(2, "/tickets", { CookieValidityMinute: 10 })),
        ),
      ],
    },
  ],
  [
    "medium unprotected-now",
    "somebody deleted a protected route, not a bypass",
    { planned: [], more: { resource_drift: [changeJson(protect("a.dk/*", null))] } },
    { planned: [], more: { resource_drift: [changeJson(bypass("a.dk/*", null))] } },
  ],
  [
    "high named-worker-missing",
    "the Worker that answers what passes is not in the account",
    {
      planned: [workerChange([], [service("shop-frontend")])],
      context: { accountWorkers: [WORKER] },
    },
    {
      planned: [workerChange([], [service("shop-frontend")])],
      context: { accountWorkers: [WORKER, "shop-frontend"] },
    },
  ],
  [
    "high named-worker-missing",
    "the Worker of a bypass is not in the account",
    {
      planned: [workerChange([], []), routeChange("r", null, { ...route("a.dk/shop/*"), script: "shop" })],
      context: { accountWorkers: [WORKER], bypassWorkers: ["shop"] },
    },
    {
      planned: [workerChange([], []), routeChange("r", null, { ...route("a.dk/shop/*"), script: "shop" })],
      context: { accountWorkers: ["shop"], bypassWorkers: ["shop"] },
    },
  ],
  [
    "low workers-not-read",
    "nobody could tell whether the account has the Worker that is named",
    { planned: [workerChange([], [service("shop-frontend")])], context: { accountWorkers: "No token." } },
    { planned: [workerChange([], [])], context: { accountWorkers: "No token." } },
  ],
  [
    "high chained-worker-changed",
    "what passes goes to the origin again, unlike a binding of another name",
    { planned: [workerChange([service("shop-frontend")], [])] },
    { planned: [workerChange([service("shop-frontend", "OTHER")], [])] },
  ],
  [
    "medium chained-worker-changed",
    "another Worker answers what passes",
    { planned: [workerChange([service("shop-frontend")], [service("shop-new")])] },
    { planned: [workerChange([service("shop-frontend")], [service("shop-frontend"), variable("A", "b")])] },
  ],
  [
    "high another-worker",
    "a route goes to a Worker that no bypass of the environment names",
    {
      planned: [workerChange([], []), routeChange("r", null, { ...route("a.dk/shop/*"), script: "shop" })],
    },
    {
      planned: [workerChange([], []), routeChange("r", null, { ...route("a.dk/shop/*"), script: "shop" })],
      context: { bypassWorkers: ["shop"] },
    },
  ],
  [
    "high another-worker",
    "a route goes to a Worker that is not in the plan, unlike one that did before",
    {
      planned: [
        workerChange([], []),
        routeChange("r", route("a.dk/*"), { ...route("a.dk/*"), script: "other" }),
      ],
    },
    {
      planned: [
        workerChange([], []),
        routeChange("r", { ...route("a.dk/*"), script: "other" }, { ...route("a.dk/*"), script: "other" }),
      ],
    },
  ],
  [
    "medium secret-key-rotated",
    "the secret key changes, not another secret",
    {
      planned: [
        workerChange([secret("QUEUEIT_SECRET_KEY", "fake-one")], [secret("QUEUEIT_SECRET_KEY", "fake-two")]),
      ],
    },
    {
      planned: [
        workerChange([secret("QUEUEIT_API_KEY", "fake-one")], [secret("QUEUEIT_API_KEY", "fake-two")]),
      ],
    },
  ],
  [
    "high another-environment",
    "the Worker is another environment's, not the one that is asked for",
    { planned: [workerChange([], [])], context: { environment: "production", workerName: "other" } },
    { planned: [workerChange([], [])], context: { environment: "production", workerName: WORKER } },
  ],
  [
    "high broken-expectation",
    "a URL is not what it has to be, not when it is",
    { planned: [shop], context: { coverage: { bypassed: ["https://a.dk/x"] } } },
    { planned: [shop], context: { coverage: { protected: ["https://a.dk/x"] } } },
  ],
  [
    "medium unknown-object",
    "an object changes whose type means nothing here, not when it stays",
    { planned: [shop, { type: "cloudflare_worker_route", before: { pattern: "a.dk/*" }, after: null }] },
    { planned: [shop, { type: "cloudflare_worker_route", before: { a: 1 }, after: { a: 1 } }] },
  ],
  [
    "high foreign-provider",
    "another provider makes a route, not when Cloudflare's does",
    {
      planned: [
        { ...protect(null, "a.dk/*"), more: { provider_name: "registry.terraform.io/acme/cloudflare" } },
      ],
    },
    {
      planned: [
        {
          ...protect(null, "a.dk/*"),
          more: { provider_name: "registry.opentofu.org/cloudflare/cloudflare" },
        },
      ],
    },
  ],
  [
    "high foreign-provider",
    "nobody says who makes a route",
    { planned: [{ ...protect(null, "a.dk/*"), more: { provider_name: undefined } }] },
    { planned: [protect(null, "a.dk/*")] },
  ],
  [
    "medium unknown-route",
    "a route's Worker is no text, not when it is or there is none",
    { planned: [routeChange("r", null, { ...route("a.dk/*"), script: 0 })] },
    {
      planned: [routeChange("r", null, route("a.dk/*")), routeChange("s", null, route("a.dk/x/*", "bypass"))],
    },
  ],
  [
    "high protection-lost",
    "a protected pattern goes away that nobody can read, not when it stays",
    { planned: [protect("a.dk/**/*", null)] },
    { planned: [protect("a.dk/**/*", "a.dk/**/*")] },
  ],
  [
    "high configuration-unreadable",
    "the configuration is none that the Worker takes, not when it is one",
    { planned: [configurationChange(configuration(1), { Version: 2, Integrations: "none" })] },
    { planned: [configurationChange(configuration(1), configuration(2))] },
  ],
  [
    "medium configuration-hidden",
    "the configuration is only known after the apply, not when it is known",
    { planned: [{ ...configurationChange(null, configuration(1)), unknown: { value: true } }] },
    { planned: [configurationChange(null, configuration(1))] },
  ],
  [
    "medium condition-open",
    "a condition waits for the apply, not when it passes",
    { planned: [shop], more: check("cloudflare_workers_script.worker", "unknown") },
    { planned: [shop], more: check("cloudflare_workers_script.worker", "pass") },
  ],
  [
    "high condition-failed",
    "one of its instances fails although the whole is said to pass",
    { planned: [shop], more: { checks: [{ address: {}, status: "pass", instances: [{ status: "fail" }] }] } },
    { planned: [shop], more: { checks: [{ address: {}, status: "pass", instances: [{ status: "pass" }] }] } },
  ],
  [
    "medium plan-incomplete",
    "changes are deferred, not when the list of them is empty",
    { planned: [shop], more: { deferred_changes: [{ reason: "resource_config_unknown" }] } },
    { planned: [shop], more: { deferred_changes: [] } },
  ],
  [
    "medium plan-parts-unknown",
    "the plan has a part that is not known, not when that is empty",
    { planned: [shop], more: { action_invocations: [{ address: "action.x" }] } },
    { planned: [shop], more: { action_invocations: [] } },
  ],
  [
    "medium plan-not-applyable",
    "Terraform would not apply the changes, not when there are none",
    { planned: [protect(null, "a.dk/*")], more: { applyable: false } },
    { planned: [shop], more: { applyable: false } },
  ],
];

describe("a risk", () => {
  it("of a route that the Worker to be chained has advises to take it over, not to delete it", () => {
    const planned = [workerChange([], [service("shop-frontend")]), protect(null, "a.dk/*")];
    const remedy = (owner: string) =>
      review(planned, inZone("a.dk/*", owner)).risks.find(({ rule }) => rule === "route-exists")?.remedy;
    expect(remedy("shop-frontend")).toContain("adopted.routes");
    expect(remedy("seo")).toContain("Ask the owner");
  });

  it.each(RULES)("%s: %s", (risk, _name, risky, harmless) => {
    expect(risks(risky)).toContain(risk);
    expect(risks(harmless)).not.toContain(risk);
  });

  it("of an empty state says which sites did not tell whether a connector answers already", () => {
    const planned = ["a", "b", "c"].map((name) => ({ type: "x", name, before: null, after: {} }));
    const silentPages = ["https://shop.example.com/ (timed out)"];
    const [risk] = review(planned, { silentPages }).risks.filter(({ rule }) => rule === "no-earlier-state");
    expect(risk?.explanation).toContain("shop.example.com/ (timed out)");
  });

  it("of a route in the way names the Worker that it belongs to", () => {
    const titles = ["a.dk/*", "a.dk/tickets*", "*a.dk/*"].map((pattern) => {
      const [risk] = review([protect(null, "a.dk/*")], inZone(pattern, "seo")).risks;
      return risk === undefined ? "" : plainText(risk.title);
    });
    expect(titles).toEqual([
      "The route a.dk/* exists already and goes to the Worker seo",
      "a.dk/tickets* goes to the Worker seo and takes pages from the protected a.dk/*",
      "a.dk/* takes pages from the Worker seo, which answers *a.dk/*",
    ]);
  });

  it("comes before those that are less grave", () => {
    const planned = [protect("a.dk/*", null), workerChange([open], [closed])];
    expect(risks({ planned })).toEqual(["high protection-lost", "medium failure-mode-changed"]);
  });

  it("is not in a plan that changes nothing", () => {
    expect(risks({ planned: [shop, workerChange([kv], [kv])] })).toEqual([]);
  });
});
