import { draftOf } from "../../environments/definition/draft.ts";
import type { EnvironmentFile } from "../../environments/definition/environment-file.ts";
import { pickEnvironment } from "../../environments/definition/pick-environment.ts";
import { UserError } from "../../errors/user-error.ts";
import { deployOrder } from "../../github/deploy-order.ts";
import { environmentPlace } from "../../project/environment-file-path.ts";
import { loadEnvironments } from "../../project/load-environments.ts";
import { writeStepOutputs } from "./step-outputs.ts";

const LEVELS = ["first", "second", "third", "fourth"];

/**
 * Tells the jobs that follow which environments there are, and in which order they are deployed. The shipped examples
 * are none: nobody could deploy them.
 *
 * @param only This one, and those that are promoted from it.
 */
export async function runGitHubEnvironments(only: string | undefined): Promise<void> {
  const files = await loadEnvironments();
  const environments = files.map(draftOf);
  if (only !== undefined) pickEnvironment(environments, only);
  const examples = await exampleNames(files);
  const levels = deployOrder(environments, only).map((jobs) =>
    jobs.filter(({ environment }) => !examples.has(environment)),
  );
  const names = levels.flat().map(({ environment }) => environment);
  if (names.length === 0) {
    throw new UserError(
      "github-no-environment",
      `There is nothing to plan or deploy: ${[...examples].join(" and ")} is as it was shipped. Write an environment ` +
        "of your own: npx queueit-cf init",
    );
  }
  await writeStepOutputs(
    [
      `all=${JSON.stringify(names)}`,
      ...LEVELS.map((level, index) => `${level}=${JSON.stringify(levels[index] ?? [])}`),
      "",
    ].join("\n"),
  );
}

async function exampleNames(files: readonly EnvironmentFile[]): Promise<ReadonlySet<string>> {
  const places = await Promise.all(files.map(({ name }) => environmentPlace(name, files)));
  return new Set(files.map(({ name }) => name).filter((_name, index) => places[index]?.kind === "example"));
}
