import { describe, expect, it } from "vitest";
import {
  changeJson,
  configuration,
  configurationChange,
  type Planned,
  review,
  route,
  routeChange,
  secret,
  service,
  variable,
  wordsOf,
  WORKER,
  workerChange,
} from "./plan-builder.ts";

const said = (...planned: readonly Planned[]) => wordsOf(review(planned));

describe("the Worker behind the connector", () => {
  it.each([
    ["added", [], [service("shop")], "create: Requests that pass go to the Worker shop"],
    [
      "removed",
      [service("shop")],
      [],
      "destroy: Requests that pass go to the site, no longer to the Worker shop",
    ],
    [
      "changed",
      [service("shop")],
      [service("shop-new")],
      "update: Requests that pass go to the Worker shop-new, before to the Worker shop",
    ],
  ])("is told where it is %s", (_name, before, after, words) => {
    expect(said(workerChange(before, after))).toEqual([words]);
  });

  it("is told in what somebody changed by hand", () => {
    const { type, name, before, after } = workerChange([service("shop")], []);
    const drifted = changeJson({ type, name: name ?? "it", before, after });
    expect(wordsOf(review([], {}, { resource_drift: [drifted] }))).toContain(
      "  Requests that pass go to the site, no longer to the Worker shop",
    );
  });
});

describe("a bypass to another Worker", () => {
  const connector = workerChange([], []);
  const to = (script: string | null) => ({ ...route("a.dk/account/*"), script });

  it.each([
    [
      "new",
      null,
      to("shop"),
      "create: Now bypasses the waiting room: a.dk/account/*, answered by the Worker shop",
    ],
    [
      "to the site",
      to("shop"),
      to(null),
      "update: Bypass a.dk/account/* goes to the site, before to the Worker shop",
    ],
    [
      "to another",
      to("shop"),
      to("new"),
      "update: Bypass a.dk/account/* goes to the Worker new, before to the Worker shop",
    ],
    ["protected again", to("shop"), to(WORKER), "update: Now protected, was bypassed: a.dk/account/*"],
    ["gone", to("shop"), null, "destroy: Bypass removed: a.dk/account/*"],
  ])("is told: %s", (_name, before, after, words) => {
    expect(said(connector, routeChange("r", before, after))).toEqual([words]);
  });
});

describe("a route", () => {
  it.each<[string, Planned, string]>([
    ["added", routeChange("r", null, route("a.dk/*")), "create: Protection added to a.dk/*"],
    ["removed", routeChange("r", route("a.dk/*"), null), "destroy: Protection removed from a.dk/*"],
    [
      "moved",
      routeChange("r", route("a.dk/*"), route("b.dk/*")),
      "update: Protection moved: a.dk/* → b.dk/*",
    ],
    [
      "bypassed",
      routeChange("r", route("a.dk/*"), route("a.dk/*", "bypass")),
      "update: Now bypasses the waiting room: a.dk/*",
    ],
    [
      "protected again",
      routeChange("r", route("a.dk/*", "bypass"), route("a.dk/*")),
      "update: Now protected, was bypassed: a.dk/*",
    ],
    [
      "bypassed from the start",
      routeChange("r", null, route("a.dk/css/*", "bypass")),
      "create: Now bypasses the waiting room: a.dk/css/*",
    ],
    [
      "no longer bypassed",
      routeChange("r", route("a.dk/*", "bypass"), null),
      "destroy: Bypass removed: a.dk/*",
    ],
    [
      "handed to another Worker",
      routeChange("r", route("a.dk/*"), { ...route("a.dk/*"), script: "other" }),
      `update: a.dk/* goes to another Worker: ${WORKER} → other`,
    ],
    [
      "forgotten",
      { ...routeChange("r", route("a.dk/*"), null), actions: ["forget"] },
      "forget: Route stays, but Terraform forgets it: a.dk/*",
    ],
    [
      "replaced",
      { ...routeChange("r", route("a.dk/*"), route("b.dk/*")), actions: ["delete", "create"] },
      "replace: Protection moved: a.dk/* → b.dk/*",
    ],
  ])("is told in words when it is %s", (_name, planned, expected) => {
    expect(said(planned)).toEqual([expected]);
  });
});

describe("a Worker", () => {
  it("tells variables in clear, and of secrets only what happens to them", () => {
    const before = [variable("A", "1"), variable("B", "2"), secret("K", "fake-one"), secret("L", "fake-two")];
    const after = [
      variable("A", "x"),
      variable("C", "3"),
      secret("K", "fake-three"),
      secret("M", "fake-four"),
    ];
    expect(said(workerChange(before, after))).toEqual([
      "destroy: Secret L removed",
      "destroy: Variable B removed, was 2",
      "update: Secret K rotated",
      "update: Variable A: 1 → x",
      "create: Secret M added",
      "create: Variable C added: 3",
    ]);
  });

  it("tells where a secret comes from when that changes", () => {
    const stored = { type: "secrets_store_secret", name: "K", store_id: "s", secret_name: "KEY" };
    expect(said(workerChange([secret("K", "fake-one")], [stored]))).toEqual([
      "update: Secret K comes from elsewhere: Terraform variable → Secrets Store, KEY",
    ]);
  });

  it("tells a new bundle once, though the Worker's own variable names it too", () => {
    const told = (sha256: string) => ({ type: "plain_text", name: "QUEUEIT_BUNDLE_SHA256", text: sha256 });
    const [old, wanted] = ["a".repeat(64), "b".repeat(64)];
    expect(said(workerChange([told(old)], [told(wanted)], { content_sha256: wanted }))).toEqual([
      "update: Worker bundle aaaaaaaa… → bbbbbbbb…",
      `  before: ${old}`,
      `  after: ${wanted}`,
    ]);
  });

  it("tells a new bundle with its size, where that is known", () => {
    const change = workerChange([], [], { content_sha256: "b".repeat(64) });
    const bundleBytes = (sha256: string) => (sha256.startsWith("a") ? 1024 : 2560);
    expect(wordsOf(review([change], { bundleBytes }))[0]).toBe(
      "update: Worker bundle aaaaaaaa… → bbbbbbbb… (+1.5 KiB)",
    );
    expect(wordsOf(review([change]))[0]).toBe("update: Worker bundle aaaaaaaa… → bbbbbbbb…");
  });

  it("tells which bindings change even where Terraform marks all of them", () => {
    const change = workerChange(
      [variable("A", "1"), secret("K", "fake-one")],
      [variable("A", "2"), secret("L", "fake-two")],
    );
    expect(said({ ...change, sensitive: { bindings: true } })).toEqual([
      "destroy: Secret K removed",
      "update: Variable A: (secret) → (secret)",
      "create: Secret L added",
    ]);
  });

  it("tells any other setting by its name", () => {
    const change = workerChange([], [], { observability: { enabled: false }, newly_invented: 1 });
    expect(said(change)).toEqual([
      `update: Setting newly_invented of Worker ${WORKER}: (none) → 1`,
      `update: Setting observability of Worker ${WORKER}: (none) → {"enabled":false}`,
    ]);
  });

  it("says nothing of what Cloudflare computes", () => {
    const change = {
      ...workerChange([variable("A", "1")], [variable("A", "2")], { etag: "x" }),
      unknown: { placement: true },
    };
    expect(said(change)).toEqual(["update: Variable A: 1 → 2"]);
  });
});

describe("the integration configuration", () => {
  it.each([
    ["Cancel", "Action Sale removed: Cancel with waiting room sale1"],
    ["queue", "Action Sale removed: queue, which is treated as Ignore"],
  ])("tells what an action of type %s did", (ActionType, words) => {
    const before = configuration(1, "/tickets", { ActionType });
    expect(said(configurationChange(before, { Version: 2, Integrations: [] }))[1]).toBe(`  ${words}`);
  });

  it("that is deleted loses only the actions that queued somebody", () => {
    const lost = (more: object) =>
      review([configurationChange(configuration(1, "/tickets", { ...more }), null)]).changes.map((change) =>
        change.kind === "configuration" ? change.lostActions : undefined,
      );
    expect(lost({})).toEqual([["Sale"]]);
    expect(lost({ ActionType: "Cancel" })).toEqual([[]]);
  });

  it("is compared action by action, in words", () => {
    expect(
      said(configurationChange(configuration(1), configuration(2, "/sale", { CookieValidityMinute: 10 }))),
    ).toEqual([
      "update: Integration configuration: version 1 → 2, 1 action",
      "  Action Sale, CookieValidityMinute: 20 → 10",
      "  Action Sale no longer applies when the path contains /tickets",
      "  Action Sale now applies when the path contains /sale",
    ]);
  });

  it("tells actions that come and go", () => {
    const renamed = configuration(2, "/tickets", { Name: "Autumn" });
    expect(said(configurationChange(configuration(1), renamed))).toEqual([
      "update: Integration configuration: version 1 → 2, 1 action",
      "  Action Sale removed: Queue with waiting room sale1",
      "  Action Autumn added: Queue with waiting room sale1, when the path contains /tickets",
    ]);
  });

  it("tells when another action wins from now on", () => {
    const [one] = configuration(1)["Integrations"] as readonly object[];
    const [two] = configuration(1, "/x", { Name: "Two" })["Integrations"] as readonly object[];
    const [before, after] = [
      { Version: 1, Integrations: [one, two] },
      { Version: 2, Integrations: [two, one] },
    ];
    expect(said(configurationChange(before, after))[1]).toBe(
      "  The order of the actions changes, and the first that matches counts: Two, Sale",
    );
  });

  it("is said to be Queue-it's where it is", () => {
    const untouched = configurationChange(configuration(7), configuration(7));
    const words = "untouched: Integration configuration is owned by Queue-it: not touched";
    expect(wordsOf(review([untouched], { owner: "publish" }))).toEqual([words]);
    expect(wordsOf(review([untouched], { owner: "file" }))).toEqual([]);
    expect(
      said(
        untouched,
        workerChange([variable("QUEUEIT_CONFIG_OWNER", "pull")], [variable("QUEUEIT_CONFIG_OWNER", "pull")]),
      ),
    ).toEqual([words]);
  });

  it("is known to be Queue-it's when Terraform leaves alone what it would write otherwise", () => {
    const seed = { address: "cloudflare_workers_kv.seed", expressions: { value: { constant_value: "{}" } } };
    const more = { configuration: { root_module: { resources: [seed] } } };
    expect(wordsOf(review([configurationChange(configuration(7), configuration(7))], {}, more))).toHaveLength(
      1,
    );
  });
});

describe("drift", () => {
  const drifted = (planned: Planned) => wordsOf(review([], {}, { resource_drift: [changeJson(planned)] }));

  it("tells a route that somebody deleted", () => {
    expect(drifted(routeChange("r", route("a.dk/*"), null))).toEqual([
      "drift: Route deleted outside Terraform: a.dk/*",
    ]);
  });

  it("tells a configuration that Queue-it published", () => {
    expect(drifted(configurationChange(configuration(3), configuration(5)))).toEqual([
      "drift: Integration configuration published since the last apply: version 3 → 5, 1 action",
    ]);
  });

  it("tells a secret that somebody set by hand, without its value", () => {
    expect(drifted(workerChange([], [secret("BY_HAND", "fake-by-hand")]))).toEqual([
      "drift: Changed outside Terraform: cloudflare_workers_script.worker",
      "  Secret BY_HAND added",
    ]);
  });

  it("leaves out what Cloudflare computes by itself", () => {
    const handlers = (list: readonly string[]) => ({ script_name: WORKER, handlers: list });
    const { type } = workerChange([], []);
    expect(drifted({ type, before: handlers(["fetch", "scheduled"]), after: handlers(["fetch"]) })).toEqual(
      [],
    );
  });
});

describe("an object that is not known here", () => {
  const planned = (more: Partial<Planned>): Planned => ({
    type: "aws_thing",
    before: { a: 1 },
    after: { a: 2 },
    ...more,
  });

  it.each<[string, Planned, readonly string[]]>([
    ["changes", planned({}), ["update: aws_thing.it changes", "  a: 1 → 2"]],
    ["is created", planned({ before: null }), ["create: aws_thing.it is created", "  a: 2"]],
    ["is destroyed", planned({ after: null }), ["destroy: aws_thing.it is destroyed", "  a: 1 → (none)"]],
    [
      "is taken over",
      planned({ after: { a: 1 }, change: { importing: { id: "i-1" } } }),
      ["import: aws_thing.it is taken over as it is", "  aws_thing.it, id i-1"],
    ],
    [
      "has another address",
      planned({ after: { a: 1 }, more: { previous_address: "aws_thing.old" } }),
      ["move: aws_thing.old is called aws_thing.it from now on"],
    ],
    [
      "will be known later",
      planned({ after: {}, unknown: { a: true } }),
      ["update: aws_thing.it changes", "  a: 1 → (known after apply)"],
    ],
  ])("is reported when it %s", (_name, change, expected) => {
    expect(said(change)).toEqual(expected);
  });
});

describe("outputs and schedules", () => {
  it("are told before and after", () => {
    const cron = (text: string) => ({ script_name: WORKER, schedules: [{ cron: text }] });
    const schedule = {
      type: "cloudflare_workers_cron_trigger",
      before: cron("*/5 * * * *"),
      after: cron("0 * * * *"),
    };
    const output = { out: { actions: ["update"], before: "a", after: "b" } };
    expect(wordsOf(review([schedule], {}, { output_changes: output }))).toEqual([
      "update: Schedule: */5 * * * * → 0 * * * * (UTC)",
      "update: Output out: a → b",
    ]);
  });
});
