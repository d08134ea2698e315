import { HooksUnusable } from "../bundles/hooks-unusable.ts";
import { readHooks } from "../bundles/read-hooks.ts";
import { errorAt, type Problem } from "../environments/definition/problem.ts";
import type { NamedEnvironment } from "../environments/environment.ts";
import { hooksOf } from "./targets.ts";

/** What is wrong with the hooks that valid environments name: each file is compiled and loaded. */
export async function hooksProblems(environments: readonly NamedEnvironment[]): Promise<readonly Problem[]> {
  const problems = await Promise.all(
    environments.map(async (named) => {
      const path = hooksOf(named);
      const error = path === undefined ? undefined : await faultOf(path);
      if (error === undefined) return [];
      const { what, remedy } = error;
      return [{ ...errorAt("worker.hooks", "hooks-unusable", path, what, remedy), environment: named.name }];
    }),
  );
  return problems.flat();
}

async function faultOf(path: string): Promise<HooksUnusable | undefined> {
  try {
    await readHooks(path);
    return undefined;
  } catch (error) {
    if (error instanceof HooksUnusable) return error;
    throw error;
  }
}
