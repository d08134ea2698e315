import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Plan, changesOf, importsOf, planSchema } from "./plan.ts";
import { planOutcome } from "./terraform.ts";

/** A plan as the real Terraform wrote it. */
function recorded(name: string): Plan {
  return planSchema.parse(
    JSON.parse(readFileSync(new URL(`../fixtures/plans/${name}.json`, import.meta.url), "utf8")),
  );
}

describe("a recorded plan", () => {
  it("creates one route where that route was deleted by hand", () => {
    expect(changesOf(recorded("drift-route-deleted"))).toEqual([
      "create cloudflare_workers_route.protect_shop",
    ]);
  });

  it("updates only the Worker where the secret was rotated", () => {
    expect(changesOf(recorded("secret-rotated"))).toEqual(["update cloudflare_workers_script.worker"]);
  });

  it("changes nothing where nothing was changed", () => {
    expect(changesOf(recorded("noop"))).toEqual([]);
  });

  it("adopts nothing unless it imports", () => {
    expect(importsOf(recorded("create"))).toEqual([]);
  });
});

it("knows the plan that adopts a resource", () => {
  const change = { actions: ["update"], importing: { id: "account/name" } };
  const plan = planSchema.parse({ resource_changes: [{ address: "a.b", type: "a", change }] });
  expect(importsOf(plan)).toEqual(["a.b"]);
});

it.each([
  [0, "empty"],
  [2, "changes"],
  [1, "failed"],
  [137, "failed"],
] as const)("reads exit code %i of plan -detailed-exitcode as %s", (code, outcome) => {
  expect(planOutcome(code)).toBe(outcome);
});
