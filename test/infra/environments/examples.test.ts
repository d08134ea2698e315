import { describe, expect, it } from "vitest";
import { loadEnvironments } from "../../../infra/project/load-environments.ts";
import { readProjectFile } from "../../../infra/project/project-file.ts";
import { validateEnvironments } from "../../../infra/environments/definition/validation.ts";

describe("the environments that ship as examples", () => {
  it("are staging and production", async () => {
    expect((await loadEnvironments()).map(({ name }) => name)).toEqual(["production", "staging"]);
  });

  it("have no problem but their example values, and every site has one", async () => {
    const problems = validateEnvironments(await loadEnvironments(), readProjectFile);
    expect(new Set(problems.map(({ severity, code }) => `${severity} ${code}`))).toEqual(
      new Set(["warning example-value"]),
    );
    expect(problems.filter(({ path }) => path.endsWith(".hostname"))).toHaveLength(3);
  });
});
