import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UserError } from "../../../infra/errors/user-error.ts";
import { parsePlan } from "../../../infra/plan/parse.ts";
import { Secret } from "../../../infra/plan/secret.ts";
import { reviewPlan } from "../../../infra/plan/review.ts";
import {
  changeJson,
  configuration,
  planJson,
  review,
  risksIn,
  secret,
  variable,
  wordsOf,
  workerChange,
} from "./plan-builder.ts";
import { recordedPlan } from "./plans.ts";

function refusal(text: string): UserError {
  try {
    parsePlan(text);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("It was taken for a plan.");
}

const deep = (levels: number) =>
  planJson([{ type: "x", before: null, after: { a: "HERE" } }]).replace(
    '"HERE"',
    "[".repeat(levels) + "]".repeat(levels),
  );

const deepModules = (levels: number) =>
  planJson([], { planned_values: { root_module: "HERE" } }).replace(
    '"HERE"',
    '{"child_modules":['.repeat(levels) + "]}".repeat(levels),
  );

describe("what is no plan", () => {
  it.each<[string, string, string]>([
    ["an empty file", " \n", "plan-empty"],
    ["a plan that is cut off", recordedPlan("create").slice(0, 9000), "plan-not-json"],
    ["text", "Terraform will perform the following actions:", "plan-not-json"],
    ["Terraform's own plan file", "PK\u0003\u0004...", "plan-binary"],
    ["the log of terraform plan -json", '{"@level":"info"}\n{"@level":"info"}', "plan-log"],
    ["a list", "[]", "plan-foreign"],
    ["null", "null", "plan-foreign"],
    ["other JSON", '{"name":"package"}', "plan-foreign"],
    ["a state file", '{"version":4,"lineage":"x","serial":1}', "plan-state"],
    ["the JSON of a state", '{"format_version":"1.0","values":{}}', "plan-state"],
    ["a provider schema", '{"format_version":"1.0","provider_schemas":{}}', "plan-foreign"],
    ["a later format", '{"format_version":"2.0","resource_changes":[]}', "plan-version"],
    ["a plan 20,000 levels deep", deep(20_000), "plan-too-deep"],
    ["modules 20,000 levels deep", deepModules(20_000), "plan-too-deep"],
    [
      "a plan with a name twice",
      '{"format_version":"1.2","resource_changes":[],"resource_changes":[]}',
      "plan-foreign",
    ],
    ["an odd format", '{"format_version":"one","resource_changes":[]}', "plan-version"],
    [
      "a plan formed otherwise",
      '{"format_version":"1.2","resource_changes":[{"address":1}]}',
      "plan-foreign",
    ],
  ])("is refused: %s", (_name, text, code) => {
    expect(refusal(text).code).toBe(code);
  });

  it.each(["1", "1.", "2"])("is not said to have a format that is read here: %s", (version) => {
    const { message, code } = refusal(JSON.stringify({ format_version: version, resource_changes: [] }));
    expect(code).toBe("plan-version");
    expect(message).not.toMatch(/format is 1,/);
  });

  it("is refused without a word of it, wherever it was cut off", () => {
    const plan = recordedPlan("secret-rotated");
    const cut = fc.integer({ min: 1, max: plan.length - 3 });
    fc.assert(
      fc.property(
        cut,
        (length) => !/first-secret|second-secret/.test(refusal(plan.slice(0, length)).message),
      ),
      { numRuns: 30 },
    );
  });
});

describe("a plan of a later minor format", () => {
  it("is read", () => {
    expect(parsePlan(planJson([], { format_version: "1.99", something_new: {} })).formatVersion).toBe("1.99");
  });
});

describe("a configuration in a plan", () => {
  const text = (value: string) =>
    planJson([
      {
        type: "cloudflare_workers_kv",
        before: { key_name: "info", value: JSON.stringify(configuration(1)) },
        after: { key_name: "info", value },
      },
    ]);

  it.each([
    ["JSON", `${"[".repeat(20_000)}${"]".repeat(20_000)}`],
    [
      "a configuration",
      JSON.stringify(configuration(2, "/a", { More: "HERE" })).replace(
        '"HERE"',
        "[".repeat(20_000) + "]".repeat(20_000),
      ),
    ],
  ])("that is %s 20,000 levels deep is reported as one that cannot be read", (_name, value) => {
    expect(risksIn(reviewPlan(text(value)))).toContain("high configuration-unreadable");
  });

  it("shows its numbers as they are written", () => {
    const limit = (number: string) =>
      JSON.stringify(configuration(1, "/a", { Limit: "HERE" })).replace('"HERE"', number);
    const plan = (one: string, two: string) =>
      planJson([
        {
          type: "cloudflare_workers_kv",
          before: { key_name: "info", value: limit(one) },
          after: { key_name: "info", value: limit(two) },
        },
      ]);
    expect(wordsOf(reviewPlan(plan("9007199254740993597", "9007199254740993598")))).toContain(
      "  Action Sale, Limit: 9007199254740993597 → 9007199254740993598",
    );
    expect(wordsOf(reviewPlan(plan("[1e400]", "[1e401]")))).toContain(
      "  Action Sale, Limit: [1e400] → [1e401]",
    );
  });
});

describe("a number in a plan", () => {
  it("is shown as it is written", () => {
    const plan = planJson([{ type: "x", before: { a: "ONE" }, after: { a: "TWO" } }]);
    const words = wordsOf(
      reviewPlan(plan.replace('"ONE"', "9007199254740993597").replace('"TWO"', "[9007199254740993598]")),
    );
    expect(words).toContain("  a: 9007199254740993597 → [9007199254740993598]");
  });

  it("that is the value of a sensitive variable is hidden", () => {
    const number = "9007199254740993597";
    const text = planJson([{ type: "x", before: null, after: { a: "HERE" } }], {
      variables: { key: { value: "HERE" } },
      configuration: { root_module: { variables: { key: { sensitive: true } } } },
    });
    expect(JSON.stringify(parsePlan(text.replaceAll('"HERE"', number)))).not.toContain(number);
  });
});

describe("a secret", () => {
  const value = "fake-secret-value";
  const everywhere = (text: string) => {
    const plan = parsePlan(text);
    return inspect(plan, { depth: 20 }) + JSON.stringify(plan);
  };

  it("can be compared and fingerprinted, and not be printed", () => {
    const one = new Secret(value);
    expect(one.equals(new Secret(value))).toBe(true);
    expect(one.equals(new Secret("fake-other-value"))).toBe(false);
    expect(one.fingerprint("key")).not.toBe(one.fingerprint("other key"));
    expect(
      [String(one), JSON.stringify({ one }), inspect({ one }), Object.values(one).join()].join(),
    ).not.toContain(value);
  });

  it.each<[string, string]>([
    ["in a secret binding that nothing marks", planJson([workerChange([], [secret("KEY", value)])])],
    [
      "in an attribute that is marked",
      planJson([{ type: "x", before: null, after: { a: [{ b: value }] }, sensitive: { a: [{ b: true }] } }]),
    ],
    [
      "in an object that is marked",
      planJson([{ type: "x", before: null, after: { a: { b: value } }, sensitive: { a: true } }]),
    ],
    [
      "of a variable, inside another text",
      planJson([{ type: "x", before: null, after: { url: `https://${value}@host/` } }], {
        variables: { key: { value } },
        configuration: { root_module: { variables: { key: { sensitive: true } } } },
      }),
    ],
    [
      "of a sensitive variable, in a variable of the Worker",
      planJson([workerChange([], [variable("OOPS", value)])], {
        variables: { key: { value } },
        configuration: { root_module: { variables: { key: { sensitive: true } } } },
      }),
    ],
    [
      "of a secret binding, in an output",
      planJson([workerChange([], [secret("KEY", value)])], {
        output_changes: { out: { actions: ["create"], before: null, after: value } },
      }),
    ],
    [
      "in the message of a condition",
      planJson([workerChange([], [secret("KEY", value)])], {
        checks: [
          { address: { to_display: "x" }, status: "fail", instances: [{ problems: [{ message: value }] }] },
        ],
      }),
    ],
    [
      "in the configuration",
      planJson([workerChange([], [secret("KEY", value)])], {
        configuration: {
          root_module: { resources: [{ address: "x", expressions: { a: { constant_value: value } } }] },
        },
      }),
    ],
    [
      "as the name of an attribute",
      planJson([
        workerChange([], [secret("KEY", value)]),
        { type: "x", before: null, after: { [value]: 1 } },
      ]),
    ],
    [
      "found at the refresh",
      planJson([], { resource_drift: [changeJson(workerChange([], [secret("KEY", value)]))] }),
    ],
  ])("is hidden %s", (_name, text) => {
    expect(everywhere(text)).not.toContain(value);
  });

  it.each([
    ["JSON", JSON.stringify({ key: 'fake "quoted" / value' })],
    ["a URL", `https://a.dk/?key=${encodeURIComponent('fake "quoted" / value')}`],
    ["a header", `Basic ${Buffer.from('fake "quoted" / value').toString("base64")}`],
  ])("is found inside %s", (_name, text) => {
    const plan = planJson([
      workerChange([variable("V", "old")], [variable("V", text), secret("K", 'fake "quoted" / value')]),
    ]);
    expect(wordsOf(reviewPlan(plan))).toContain("update: Variable V: old → (secret)");
  });

  it("that was pasted into a variable in clear is hidden by its form", () => {
    const pasted = "12345678-1234-1234-1234-123456789abc".repeat(2);
    expect(everywhere(planJson([workerChange([], [variable("OOPS", pasted)])]))).not.toContain(pasted);
  });

  it("is not what the provider marks in a variable in clear", () => {
    const sensitive = { bindings: [{ text: true }] };
    const change = { ...workerChange([variable("COLOUR", "red")], [variable("COLOUR", "blue")]), sensitive };
    expect(wordsOf(review([change]))).toEqual(["update: Variable COLOUR: red → blue"]);
  });
});
