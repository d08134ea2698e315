import { describe, expect, it } from "vitest";
import { UserError } from "../../../infra/errors/user-error.ts";
import { reviewPlan } from "../../../infra/plan/review.ts";
import { type Planned, planJson, review, route, routeChange } from "./plan-builder.ts";

const added = routeChange("protect", null, route("a.dk/*"));
const kept = routeChange("protect", route("a.dk/*"), route("a.dk/*"));
const removed = routeChange("protect", route("a.dk/*"), null);

function codeOf(text: string): string {
  try {
    reviewPlan(text);
    return "none";
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
}

const code = (planned: Planned, more = {}) => codeOf(planJson([planned], more));

describe("what a plan does with an object", () => {
  it.each([
    [[]],
    [["transmogrify"]],
    [["create", "transmogrify"]],
    [["constructor"]],
    [["delete", "create", "delete"]],
    [["Create"]],
  ])("is refused when its actions are %j", (actions) => {
    expect(code({ ...added, actions })).toBe("plan-unknown-action");
  });

  it("is refused in drift and in outputs too", () => {
    const drift = JSON.parse(planJson([{ ...removed, actions: ["vanish"] }])) as {
      resource_changes: unknown;
    };
    expect(code(kept, { resource_drift: drift.resource_changes })).toBe("plan-unknown-action");
    expect(code(kept, { output_changes: { url: { actions: [], before: null, after: "x" } } })).toBe(
      "plan-unknown-action",
    );
  });

  it.each<[string, Planned]>([
    ["a deletion that says no-op", { ...removed, actions: ["no-op"] }],
    [
      "a change that says no-op",
      { ...routeChange("r", route("a.dk/*"), route("b.dk/*")), actions: ["no-op"] },
    ],
    ["a read of an object that Terraform manages", { ...removed, actions: ["read"] }],
    ["a creation of what is there", { ...kept, actions: ["create"] }],
    ["a deletion of what stays", { ...kept, actions: ["delete"] }],
    ["an update to nothing", { ...removed, actions: ["update"] }],
    ["a replacement of nothing", { ...added, actions: ["delete", "create"] }],
  ])("is refused when its values say otherwise: %s", (_name, planned) => {
    expect(code(planned)).toBe("plan-contradiction");
  });

  it("is taken as it says when only the marks of a value differ", () => {
    const change = { before_sensitive: false, after_sensitive: { pattern: true } };
    expect(code({ ...kept, change })).toBe("none");
    const output = {
      actions: ["no-op"],
      before: "x",
      after: "x",
      before_sensitive: false,
      after_sensitive: true,
    };
    expect(code(kept, { output_changes: { url: output } })).toBe("none");
  });

  it("is refused when the same object is there twice, unless one is left over from a replacement", () => {
    expect(codeOf(planJson([added, removed]))).toBe("plan-duplicate");
    expect(codeOf(planJson([added, { ...removed, more: { deposed: "0123abcd" } }]))).toBe("none");
  });

  it.each<[string, object]>([
    ["a mode", { mode: "ephemeral" }],
    ["no mode", { mode: undefined }],
    ["values that are a list", { change: { actions: ["create"], before: null, after: [] } }],
    ["actions that are a text", { change: { actions: "create", before: null, after: {} } }],
  ])("is refused with what is not known: %s", (_name, more) => {
    expect(code({ ...added, more: more as Record<string, unknown> })).toBe("plan-foreign");
  });

  it.each<[string, object]>([
    ["a status of a condition", { checks: [{ address: {}, status: "maybe" }] }],
    ["errored as a text", { errored: "false" }],
    ["complete as null", { complete: null }],
    [
      "outputs under an inherited name",
      { output_changes: JSON.parse('{"__proto__":{"actions":["create"]}}') as object },
    ],
  ])("is refused in a plan with what is not known: %s", (_name, more) => {
    expect(code(kept, more)).toBe("plan-foreign");
  });

  it("is told in full for every list of actions that Terraform has", () => {
    const counts = (planned: Planned) => review([planned]).counts;
    const both = routeChange("r", route("a.dk/*"), route("b.dk/*"));
    expect(counts(added)).toMatchObject({ create: 1 });
    expect(counts(removed)).toMatchObject({ destroy: 1 });
    expect(counts(both)).toMatchObject({ update: 1 });
    for (const actions of [
      ["delete", "create"],
      ["create", "delete"],
      ["create", "forget"],
    ]) {
      expect(counts({ ...both, actions })).toMatchObject({ replace: 1 });
    }
    expect(counts({ ...removed, actions: ["forget"] })).toMatchObject({ forget: 1 });
  });
});
