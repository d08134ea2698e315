import { describe, expect, it } from "vitest";
import { nextStep } from "../../../infra/deploy/next-step.ts";
import { SPEC } from "../specification/specs.ts";

describe("the last words of a deploy", () => {
  it("give the address to publish to, alone on the last line, and where to enter it", () => {
    const text = nextStep(SPEC, false);
    expect(text.split("\n").at(-1)).toBe("  https://shop.staging.example.com/?__push_queueit_config");
    expect(text).toContain("integration settings");
    expect(text).toContain("Until then, nobody queues");
    expect(text).toContain("npx queueit-cf verify staging");
  });

  it("say that the local Queue-it has published already", () => {
    expect(nextStep(SPEC, true)).toContain("has published its integration configuration");
  });

  it("give no address where the Worker fetches the configuration", () => {
    const spec = { ...SPEC, configuration: { owner: "pull", seed: "{}", cron: "*/5 * * * *" } } as const;
    expect(nextStep(spec, false)).toMatch(/fetches .* at \*\/5 \* \* \* \* \(UTC\)/);
    expect(nextStep(spec, false)).not.toContain("__push_queueit_config");
  });

  it("give no address where a file is the configuration", () => {
    const spec = { ...SPEC, configuration: { owner: "file", value: "{}" } } as const;
    expect(nextStep(spec, false)).not.toContain("__push_queueit_config");
  });

  it("give no address that no route hands to the Worker", () => {
    const [, protect] = SPEC.routes;
    const routes = protect === undefined ? [] : [{ ...protect, pattern: "shop.staging.example.com/tickets" }];
    const step = nextStep({ ...SPEC, routes }, false);
    expect(step).toContain("end a protected path with *");
    expect(step).not.toContain(SPEC.publishUrl);
  });
});
