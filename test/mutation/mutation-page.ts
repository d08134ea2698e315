import { format, resolveConfig } from "prettier";
import { folderOf, type Mutant } from "./mutant.ts";
import type { Explained } from "./explain.ts";

export const MUTATION_PAGE = "docs/mutation-testing.md";

/** The page of a whole run: counts by folder, and each survivor with its reason. */
export async function mutationPage(
  mutants: readonly Mutant[],
  explained: readonly Explained[],
): Promise<string> {
  const folders = [...new Set(mutants.map(folderOf))].sort();
  const rows = folders.map((folder) =>
    rowOf(
      `\`${folder}/\``,
      mutants.filter((one) => folderOf(one) === folder),
    ),
  );
  const text = [
    ...INTRODUCTION,
    "| folder | mutants | killed | survived | killed of all |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    rowOf("all", mutants),
    "",
    ...SURVIVORS,
    ...folders.flatMap((folder) => survivorsOf(folder, explained)),
  ].join("\n");
  return format(text, { ...(await resolveConfig(MUTATION_PAGE)), parser: "markdown" });
}

const INTRODUCTION = [
  "# Mutation testing",
  "",
  "Written by `npm run test:mutation`. [Stryker](https://stryker-mutator.io) changes the Worker's decision code in one place after another – a condition turned round, a call left out, a text replaced – and runs the tests that reach that place. A change that no test notices is a **survivor**: somebody could make it by mistake, and `npm test` would be green. The run fails below 90 % in any folder, and for a survivor without a reason below.",
  "",
  "Tried are all of Stryker's mutators on every line of these folders; nothing is left out, texts of the log included. The tests are those of the same folders under `test/worker/` that run in Node.js (`vitest.mutation.config.ts`): in workerd, where the others run the bundle, a mutant cannot be switched on. What only those others would notice, or the slow comparisons with the SDK in `test/worker/differential/`, counts as survived. A mutant that makes its tests run on without end counts as killed.",
  "",
];

const SURVIVORS = [
  "## Survivors",
  "",
  "Each with where it is, what was changed, and why no test has to notice.",
  "",
];

function rowOf(name: string, mutants: readonly Mutant[]): string {
  const killed = mutants.filter(({ fate }) => fate === "killed").length;
  const share = ((killed / mutants.length) * 100).toFixed(1);
  return `| ${name} | ${mutants.length} | ${killed} | ${mutants.length - killed} | ${share} % |`;
}

function survivorsOf(folder: string, explained: readonly Explained[]): string[] {
  const rows = explained
    .filter(({ mutant }) => folderOf(mutant) === folder)
    .map(({ mutant, reason }) => {
      const place = `${mutant.file.slice(folder.length + 1)}:${mutant.line}`;
      return `| \`${place}\` | ${codeCell(mutant.change)} | ${reason} |`;
    });
  if (rows.length === 0) return [];
  const head = ["| where | change | reason |", "| --- | --- | --- |"];
  return [`### \`${folder}/\``, "", "<!-- prettier-ignore -->", ...head, ...rows, ""];
}

/** Code in a table: a backtick in it takes two around it. */
function codeCell(code: string): string {
  const [open, close] = code.includes("`") ? ["`` ", " ``"] : ["`", "`"];
  return `${open}${code.replaceAll("|", "\\|")}${close}`;
}
