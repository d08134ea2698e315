import { draftOf } from "./draft.ts";
import type { EnvironmentFile } from "./environment-file.ts";
import type { Finding, Problem } from "./problem.ts";
import { adopted } from "./rules/adopted.ts";
import { crossOrigin } from "./rules/cross-origin.ts";
import { chaining } from "./rules/chaining.ts";
import { coverage } from "./rules/coverage.ts";
import { duplicateRoutes } from "./rules/duplicate-routes.ts";
import { files } from "./rules/files.ts";
import { freeze } from "./rules/freeze.ts";
import { leftExamples } from "./rules/left-examples.ts";
import { missedPages } from "./rules/missed-pages.ts";
import { matching } from "./rules/matching.ts";
import { pastedSecrets } from "./rules/pasted-secrets.ts";
import { promotion } from "./rules/promotion.ts";
import { routes } from "./rules/routes.ts";
import type { ReadProjectFile, Rule } from "./rules/rule.ts";
import { sharedNames } from "./rules/shared-names.ts";
import { storedSecrets } from "./rules/stored-secrets.ts";
import { workerNames } from "./rules/worker-names.ts";
import { zones } from "./rules/zones.ts";
import { structureFindings } from "./structure.ts";

const RULES: readonly Rule[] = [
  pastedSecrets,
  zones,
  missedPages,
  routes,
  duplicateRoutes,
  coverage,
  sharedNames,
  adopted,
  promotion,
  freeze,
  files,
  matching,
  crossOrigin,
  workerNames,
  chaining,
  storedSecrets,
  leftExamples,
];

/**
 * Every problem of every environment, all at once and without throwing, whatever the files export.
 *
 * @param readFile Reads the files that environments name.
 */
export function validateEnvironments(
  environments: readonly EnvironmentFile[],
  readFile: ReadProjectFile,
): readonly Problem[] {
  const all = environments.map(draftOf);
  return all.flatMap((draft) => {
    const structure = structureFindings(draft.written);
    const isNew = ({ path, code }: Finding) =>
      !structure.some((known) => known.path === path && known.code === code);
    const more = RULES.flatMap((rule) => rule(draft, { all, readFile })).filter(isNew);
    return [...structure, ...more].map((finding) => ({ ...finding, environment: draft.name }));
  });
}
