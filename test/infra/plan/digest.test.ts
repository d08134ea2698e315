import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reviewPlan } from "../../../infra/plan/review.ts";
import { runs } from "../../support/runs.ts";
import { RECORDED, recordedPlan } from "./plans.ts";
import {
  configuration,
  configurationChange,
  planJson,
  route,
  routeChange,
  secret,
  workerChange,
} from "./plan-builder.ts";

/** Pairs that JavaScript reads as the same number, or writes as the same. */
const NUMBERS = [
  ["9007199254740997597", "9007199254740997598"],
  ["-9007199254740993", "-9007199254740992"],
  ["1e400", "1e401"],
  ["0", "-0"],
  ["1", "1.0"],
  ["0.1", "0.10000000000000000001"],
  ["1e-400", "0"],
] as const;

/** Names that have the form of a secret. */
const KEYS = ["AKIAFAKEFAKEFAKEFAKE", "AKIAFAKEFAKEFAKEFAK2"] as const;

const digest = (text: string, planKey = "fake-plan-key") => reviewPlan(text, { planKey }).digest;

/** The same JSON with the attributes of every object in another order. */
function shuffled(value: unknown, order: (a: string, b: string) => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, order));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => order(a, b));
  return Object.fromEntries(entries.map(([name, inner]) => [name, shuffled(inner, order)]));
}

/** The same plan on another day: times, etags and new ids differ. */
function anotherDay(text: string, day: number): string {
  return text
    .replaceAll(/2026-11-23T/g, `2027-01-${String(day).padStart(2, "0")}T`)
    .replaceAll(/("etag": )"[0-9a-f]{64}"/g, `$1"${String(day).padStart(64, "0")}"`)
    .replaceAll(/("startup_time_ms": )\d+/g, `$1${day}`);
}

describe("the digest of a plan", () => {
  it.each(RECORDED)("is the same when the same change is planned again: %s", (name) => {
    const text = recordedPlan(name);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 28 }), fc.integer(), (day, seed) => {
        const order = (a: string, b: string) => hash(a, seed) - hash(b, seed);
        const again = JSON.stringify(shuffled(JSON.parse(anotherDay(text, day)), order));
        expect(digest(again)).toBe(digest(text));
      }),
      { numRuns: runs(2, 5) },
    );
  });

  it("is another one for each recorded plan", () => {
    expect(new Set(RECORDED.map((name) => digest(recordedPlan(name)))).size).toBe(RECORDED.length);
  });

  it.each<[string, string, string]>([
    ["another bundle", bundle("b"), bundle("c")],
    [
      "another route",
      planJson([routeChange("r", null, route("a.dk/*"))]),
      planJson([routeChange("r", null, route("b.dk/*"))]),
    ],
    ["another rotated secret", rotated("fake-two"), rotated("fake-three")],
    ["another configuration", configured("/a"), configured("/b")],
    ["an import", planJson([imported("1")]), planJson([imported("2")])],
    ["another account", placed("one"), placed("two")],
    ...NUMBERS.map(([one, two]): [string, string, string] => [
      `a number that is ${one} or ${two}`,
      counted(one),
      counted(two),
    ]),
    ...NUMBERS.map(([one, two]): [string, string, string] => [
      `a number in the configuration that is ${one} or ${two}`,
      limited(one),
      limited(two),
    ]),
    ["an empty list or an empty object", counted("[]"), counted("{}")],
    ["a list of pairs or an object", counted('[["a",1]]'), counted('{"a":1}')],
    ["a name that is inherited", counted('{"__proto__":{}}'), counted("{}")],
    ["a text that is no proper Unicode", counted('"\\ud800"'), counted('"\\ud801"')],
    ["a secret that is no proper Unicode", rotated("fake-\ud800"), rotated("fake-\ud801")],
    ["null in the configuration, or nothing", limited("null"), limited('null,"More":null')],
    ["a name that is there twice in the configuration", limited("1"), limited('1,"QueueIdUsageLimit":1')],
    ["a Worker that is not known yet, or none", bypassing({ script: true }), bypassing({})],
    ["another provider", madeBy("acme/cloudflare"), madeBy("cloudflare/cloudflare")],
    ["another provider of what stays as it is", keptBy("acme/x"), keptBy("hashicorp/x")],
    ["what is hidden by its name", settings({ [KEYS[0]]: "a" }), settings({ [KEYS[1]]: "a" })],
    [
      "one of two values that are hidden by their names",
      settings({ [KEYS[0]]: "a", [KEYS[1]]: "a" }),
      settings({ [KEYS[0]]: "b", [KEYS[1]]: "a" }),
    ],
    [
      "values that changed places under names that are hidden",
      settings({ [KEYS[0]]: "a", [KEYS[1]]: "b" }),
      settings({ [KEYS[0]]: "b", [KEYS[1]]: "a" }),
    ],
    [
      "a name that is hidden, or one that is written like it",
      settings({ [KEYS[0]]: "a", "(hidden: it holds a secret)": "a" }),
      settings({ [KEYS[0]]: "b", "(hidden: it holds a secret)": "a" }),
    ],
    ["an import of what is hidden", planJson([imported(KEYS[0])]), planJson([imported(KEYS[1])])],
    [
      "another route that is deleted",
      planJson([routeChange("r", route("a.dk/*"), null)]),
      planJson([routeChange("r", route("b.dk/*"), null)]),
    ],
    ["a condition that is open", planJson([]), planJson([], open("x"))],
  ])("differs for %s", (_name, one, two) => {
    expect(digest(one)).not.toBe(digest(two));
  });

  it("tells rotated secrets apart only under a key, and each key gives another one", () => {
    const keyless = (text: string) => reviewPlan(text).digest;
    expect(keyless(rotated("fake-two"))).toBe(keyless(rotated("fake-three")));
    expect(digest(rotated("fake-two"), "one")).not.toBe(digest(rotated("fake-two"), "two"));
  });

  it("does not depend on how the configuration's JSON is written", () => {
    const text = configured("/a");
    const spaced = text.replaceAll(String.raw`{\"Version`, String.raw`{ \"Version`);
    expect(spaced).not.toBe(text);
    expect(digest(spaced)).toBe(digest(text));
  });

  it("does not depend on what Queue-it published into a namespace that is destroyed", () => {
    const gone = (version: number) => planJson([configurationChange(configuration(version), null)]);
    expect(digest(gone(1))).toBe(digest(gone(2)));
  });

  it("does not depend on ids that Cloudflare gave", () => {
    const withId = (id: string) =>
      planJson([routeChange("r", { ...route("a.dk/*"), id }, { ...route("b.dk/*"), id })]);
    expect(digest(withId("one"))).toBe(digest(withId("two")));
  });
});

function hash(text: string, seed: number): number {
  return [...text.matchAll(/./gsu)].reduce(
    (sum, [letter]) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1009,
    Math.abs(seed % 1009),
  );
}

function bypassing(unknown: Record<string, unknown>): string {
  return planJson([{ ...routeChange("r", null, route("a.dk/*", "bypass")), unknown }]);
}

function madeBy(provider: string): string {
  return planJson([
    { type: "x", before: null, after: {}, more: { provider_name: `registry.terraform.io/${provider}` } },
  ]);
}

function keptBy(provider: string): string {
  return planJson([
    { type: "x", before: {}, after: {}, more: { provider_name: `registry.terraform.io/${provider}` } },
  ]);
}

function settings(values: Record<string, string>): string {
  return planJson([{ type: "x", before: null, after: { values } }]);
}

function open(address: string): Record<string, unknown> {
  return { checks: [{ address: { to_display: address }, status: "unknown" }] };
}

/** A plan that sets an attribute to what is written in it. */
function counted(literal: string): string {
  return planJson([{ type: "x", before: { a: "old" }, after: { a: "HERE" } }]).replace('"HERE"', literal);
}

/** A plan with an integration configuration in which a number is written like this. */
function limited(literal: string): string {
  const text = planJson([
    configurationChange(configuration(1), configuration(2, "/a", { QueueIdUsageLimit: 77 })),
  ]);
  return text.replace(String.raw`\"QueueIdUsageLimit\":77`, () => {
    return JSON.stringify(`"QueueIdUsageLimit":${literal}`).slice(1, -1);
  });
}

function bundle(letter: string): string {
  return planJson([workerChange([], [], { content_sha256: letter.repeat(64) })]);
}

function rotated(to: string): string {
  return planJson([workerChange([secret("K", "fake-one")], [secret("K", to)])]);
}

function configured(path: string): string {
  return planJson([configurationChange(configuration(1), configuration(2, path))]);
}

function imported(id: string) {
  return { type: "x", before: {}, after: {}, change: { importing: { id } } };
}

function placed(account: string): string {
  return planJson([{ type: "x", before: { account_id: account }, after: { account_id: account } }]);
}
