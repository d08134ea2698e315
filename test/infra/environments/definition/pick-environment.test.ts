import { describe, expect, it } from "vitest";
import { pickEnvironment } from "../../../../infra/environments/definition/pick-environment.ts";

describe("an environment by name", () => {
  const known = [{ name: "production" }, { name: "staging" }];

  it("is found", () => {
    expect(pickEnvironment(known, "staging")).toBe(known[1]);
  });

  it("is never another one: an unknown name lists the known ones and guesses", () => {
    expect(() => pickEnvironment(known, "stagign")).toThrow(
      /Did you mean staging\? The environments are: production, staging\./,
    );
    expect(() => pickEnvironment(known, "qa")).toThrow(/There is no environment "qa"\. The environments are/);
  });
});
