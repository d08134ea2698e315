import { writeFileSync } from "node:fs";
import { explain } from "./explain.ts";
import { keepResults, percentKilled, readLastRun, resultsOf } from "./last-run.ts";
import { MUTATION_PAGE, mutationPage } from "./mutation-page.ts";
import { SURVIVORS } from "./survivors.ts";
import { tryMutants } from "./try-mutants.ts";

const FOLDERS = ["worker/matching", "worker/publishing", "worker/status", "worker/validation"];
/** Percent of the mutants of each folder. */
const KILLED_AT_LEAST = 90;

/*
 * Without arguments all folders; with some of them, these. With files their survivors are told and nothing is
 * kept. `--page` tries nothing, and writes the page of the last results: for a reason that was reworded.
 */
const wanted = process.argv.slice(2);
const places = wanted.length === 0 ? FOLDERS : wanted.filter((one) => one !== "--page");
const isOfFolders = places.every((place) => FOLDERS.includes(place));

const tried = places.length === 0 ? {} : resultsOf(await tryMutants(places));
const run = isOfFolders ? keepResults(tried) : tried;
const measured = isOfFolders ? Object.keys(readLastRun()) : places;
const { explained, open, stale } = explain(
  run,
  SURVIVORS.filter(({ file }) => measured.some((place) => file.startsWith(place))),
);

for (const { file, line, code, change } of open)
  console.error(`${file}:${line} survived without a reason: ${change}\n  ${code}`);
for (const { file, code, changes } of stale)
  console.error(
    `test/mutation/survivors.ts explains what did not survive: ${file}, ${code} (${changes.join("; ")})`,
  );
const results = Object.entries(run);
for (const [folder, result] of results)
  console.info(`${folder}: ${percentKilled(result).toFixed(1)} % of ${result.mutants} mutants killed.`);
const isStrong = results.every(([, result]) => percentKilled(result) >= KILLED_AT_LEAST);
if (!isStrong && isOfFolders) console.error(`${KILLED_AT_LEAST} % are wanted of each folder.`);

const isGreen = open.length === 0 && stale.length === 0 && (isStrong || !isOfFolders);
if (isOfFolders) writeFileSync(MUTATION_PAGE, await mutationPage(run, explained));
process.exitCode = isGreen ? 0 : 1;
