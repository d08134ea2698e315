import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { exampleValues } from "../environments/definition/example-values.ts";
import type { EnvironmentFile } from "../environments/definition/environment-file.ts";
import { draftOf } from "../environments/definition/draft.ts";
import { UserError } from "../errors/user-error.ts";
import { projectRoot } from "../files/project-root.ts";

/** What is at the place of an environment that is to be written. */
export type EnvironmentPlace =
  | { readonly kind: "free"; readonly path: string }
  /** Nobody has deployed it: its account, customer and hosts are those of the shipped example. */
  | { readonly kind: "example"; readonly path: string; readonly text: string }
  | { readonly kind: "taken"; readonly path: string; readonly text: string };

/** Whether an environment can have a name. */
export function isEnvironmentName(name: string): boolean {
  return /^[a-z][a-z0-9-]{0,39}$/.test(name) && name !== "environment";
}

/**
 * The file of an environment, and whether it may be written.
 *
 * @param all Every environment that is there.
 * @throws UserError for a name that no environment can have.
 */
export async function environmentPlace(
  name: string,
  all: readonly EnvironmentFile[],
): Promise<EnvironmentPlace> {
  if (!isEnvironmentName(name)) {
    throw new UserError(
      "environment-name-invalid",
      `${JSON.stringify(name)} is not a name for an environment. Use lower-case letters, digits and dashes, a ` +
        'letter first and 40 characters at most, but not "environment": for example staging.',
    );
  }
  const path = `infra/environments/${name}.ts`;
  const existing = all.find((other) => other.name === name);
  if (existing === undefined) return { kind: "free", path };
  const text = await readFile(join(projectRoot(), path), "utf8");
  return { kind: isExample(existing) ? "example" : "taken", path, text };
}

function isExample(file: EnvironmentFile): boolean {
  const { sites, ...others } = draftOf(file);
  const places = new Set(
    exampleValues({
      ...others,
      sites: sites.map((site) => site && { hostname: site.hostname }),
    }).map(({ path }) => path),
  );
  const own = ["accountId", "queueIt.customerId", ...sites.map((_site, index) => `sites[${index}].hostname`)];
  return own.every((path) => places.has(path));
}
