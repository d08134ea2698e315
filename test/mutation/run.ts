import { writeFileSync } from "node:fs";
import { explain } from "./explain.ts";
import { folderOf, type Mutant } from "./mutant.ts";
import { MUTATION_PAGE, mutationPage } from "./mutation-page.ts";
import { SURVIVORS } from "./survivors.ts";
import { tryMutants } from "./try-mutants.ts";

const FOLDERS = ["worker/matching", "worker/publishing", "worker/status", "worker/validation"];
/** Percent of the mutants of each folder. */
const KILLED_AT_LEAST = 90;

const wanted = process.argv.slice(2);
const isWhole = wanted.length === 0;
const places = isWhole ? FOLDERS : wanted;

const mutants = await tryMutants(places);
const known = SURVIVORS.filter(({ file }) => places.some((place) => file.startsWith(place)));
const { explained, open, stale } = explain(mutants, known);

for (const { file, line, code, change } of open)
  console.error(`${file}:${line} survived without a reason: ${change}\n  ${code}`);
for (const { file, code, changes } of stale)
  console.error(
    `test/mutation/survivors.ts gives a reason for what did not survive: ${file}, ${code} (${changes.join("; ")})`,
  );
const weak = [...new Set(mutants.map(folderOf))].filter((folder) => percentKilled(folder) < KILLED_AT_LEAST);
for (const folder of weak)
  console.error(`${folder}: ${percentKilled(folder).toFixed(1)} % killed, ${KILLED_AT_LEAST} % wanted.`);
console.info(`${mutants.length} mutants, ${explained.length + open.length} survived.`);

const isGreen = open.length === 0 && stale.length === 0 && weak.length === 0;
if (isGreen && isWhole) writeFileSync(MUTATION_PAGE, await mutationPage(mutants, explained));
process.exitCode = isGreen ? 0 : 1;

function percentKilled(folder: string): number {
  const inFolder = mutants.filter((mutant: Mutant) => folderOf(mutant) === folder);
  return (inFolder.filter(({ fate }) => fate === "killed").length / inFolder.length) * 100;
}
