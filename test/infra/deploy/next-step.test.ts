import { expect, it } from "vitest";
import { nextStep } from "../../../infra/deploy/next-step.ts";
import { SPEC } from "../specification/specs.ts";

it("after a deploy, the address for Queue-it is the last line", () => {
  expect(nextStep({ spec: SPEC, isLocal: false })).toMatch(
    /\n {2}https:\/\/shop\.staging\.example\.com\/\?__push_queueit_config$/,
  );
});

it("an address that no route hands to the Worker is not given to Queue-it", () => {
  const [, protect] = SPEC.routes;
  const routes = protect === undefined ? [] : [{ ...protect, pattern: "shop.staging.example.com/tickets" }];
  const step = nextStep({ spec: { ...SPEC, routes }, isLocal: false });
  expect(step).toContain("end a protected path with *");
  expect(step).not.toContain(SPEC.publishUrl);
});
