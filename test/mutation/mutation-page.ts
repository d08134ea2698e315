import { format, resolveConfig } from "prettier";
import type { Explained } from "./explain.ts";
import { percentKilled, type FolderResult, type LastRun } from "./last-run.ts";

export const MUTATION_PAGE = "docs/mutation-testing.md";

/** The page of all folders: counts, and each survivor with its reason. */
export async function mutationPage(run: LastRun, explained: readonly Explained[]): Promise<string> {
  const results = Object.values(run);
  const all = {
    mutants: results.reduce((total, { mutants }) => total + mutants, 0),
    survived: results.flatMap(({ survived }) => survived),
  };
  const text = [
    ...INTRODUCTION,
    "| folder | mutants | killed | survived | killed of all |",
    "| --- | --- | --- | --- | --- |",
    ...Object.entries(run).map(([folder, result]) => rowOf(`\`${folder}/\``, result)),
    rowOf("all", all),
    "",
    ...SURVIVORS,
    ...Object.keys(run).flatMap((folder) => survivorsOf(folder, explained)),
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

function rowOf(name: string, result: FolderResult): string {
  const { mutants, survived } = result;
  const killed = mutants - survived.length;
  return `| ${name} | ${mutants} | ${killed} | ${survived.length} | ${percentKilled(result).toFixed(1)} % |`;
}

function survivorsOf(folder: string, explained: readonly Explained[]): string[] {
  const rows = explained
    .filter(({ mutant }) => mutant.file.startsWith(`${folder}/`))
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
