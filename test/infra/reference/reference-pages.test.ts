import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { queueitCf } from "../../../infra/cli.ts";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { environmentOptions } from "../../../infra/reference/environment-options.ts";
import { EXAMPLES } from "../../../infra/reference/example-environments.ts";
import { valueAt } from "../../../infra/reference/example-value.ts";
import { referencePages } from "../../../infra/reference/reference-pages.ts";
import { workerVariables } from "../../../infra/reference/worker-variables.ts";
import {
  CHAINED_WORKER_BINDING,
  CONFIGURATION_BINDING,
  HOOKS_VARIABLE,
  SECRETS,
  VARIABLES,
} from "../../../worker/deployment/variables.ts";
import { OPTION_NAMES } from "../environments/definition/documented-options.ts";
import { problemsOfAll } from "../environments/problems.ts";
import { configuration } from "../plan/plan-builder.ts";

let pages: ReadonlyMap<string, string>;
beforeAll(async () => {
  pages = await referencePages(queueitCf());
});

describe("the reference", () => {
  it.each([
    "docs/reference/environment.md",
    "docs/reference/commands.md",
    "docs/reference/variables.md",
    "docs/reference/outputs.md",
    "docs/costs-and-limits.md",
    "docs/glossary.md",
  ])("says in %s what the code says (npm run docs:reference writes it anew)", (path) => {
    expect(readFileSync(join(PACKAGE_ROOT, path), "utf8")).toBe(pages.get(path));
  });
});

describe("the options of an environment", () => {
  const options = environmentOptions();

  it("are those of the type: the optional ones are all that the tests of defaults know", () => {
    const optional = options
      .filter(({ isRequired }) => !isRequired)
      .map(({ path }) => path.split(".").at(-1));
    expect([...optional].sort()).toEqual([...OPTION_NAMES.documented].sort());
  });

  it("have a sentence each, and a default where they may be left out", () => {
    const unsaid = options.filter(
      ({ meaning, isRequired, standard }) =>
        !/^[A-Z`].*\.$/.test(meaning) || (!isRequired && standard === undefined),
    );
    expect(unsaid.map(({ path }) => path)).toEqual([]);
  });

  it("have a value in an example each", () => {
    const without = options.filter(({ path, choice }) =>
      EXAMPLES.every((example) => valueAt(example, path, choice) === undefined),
    );
    expect(without.map(({ path, choice }) => [path, choice])).toEqual([]);
  });

  it("are valid as the examples write them", () => {
    const names = ["production", "test", "staging", "try"];
    const named = EXAMPLES.map((environment, index) => ({ name: names[index] ?? "", environment }));
    const actions = JSON.stringify(configuration(1, "/tickets"));
    const files = {
      "infra/environments/seed.json": actions,
      "infra/environments/actions.json": actions,
      "worker-hooks/headers.ts": "export default {};",
      "vendor/connector.js": 'addEventListener("fetch", () => {});',
    };
    const problems = problemsOfAll(named, files).filter((problem) => !problem.startsWith("warning"));
    expect(problems).toEqual([]);
  });
});

describe("the variables of the Worker", () => {
  it("are all in the reference", () => {
    const names = workerVariables().map(({ name }) => name);
    for (const name of [
      CONFIGURATION_BINDING,
      CHAINED_WORKER_BINDING,
      HOOKS_VARIABLE,
      ...Object.values(VARIABLES),
      ...Object.values(SECRETS),
    ])
      expect(names).toContain(name);
  });

  it("have a sentence each", () => {
    expect(workerVariables().filter(({ meaning }) => !meaning.endsWith("."))).toEqual([]);
  });
});
