import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { folderOf, type Mutant } from "./mutant.ts";

const FILE = "test/mutation/last-run.json";

/** What became of the mutants of a folder when they were last tried. */
export interface FolderResult {
  readonly mutants: number;
  readonly survived: readonly Omit<Mutant, "fate">[];
}

/** By folder. */
export type LastRun = Readonly<Record<string, FolderResult>>;

/** The last results of all folders, whenever each was tried. */
export function readLastRun(): LastRun {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as LastRun) : {};
}

/** Keeps the results of these folders in place of those before. */
export function keepResults(results: LastRun): LastRun {
  const all = Object.entries({ ...readLastRun(), ...results }).sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(all), undefined, 2)}\n`);
  return readLastRun();
}

/** The results of mutants, by their folders. */
export function resultsOf(mutants: readonly Mutant[]): LastRun {
  const folders = new Map<string, Mutant[]>();
  for (const mutant of mutants) {
    const inFolder = folders.get(folderOf(mutant)) ?? [];
    folders.set(folderOf(mutant), [...inFolder, mutant]);
  }
  return Object.fromEntries([...folders].map(([folder, inFolder]) => [folder, resultOf(inFolder)]));
}

function resultOf(mutants: readonly Mutant[]): FolderResult {
  const survived = mutants
    .filter(({ fate }) => fate === "survived")
    .map(({ file, line, code, change }) => ({ file, line, code, change }))
    .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  return { mutants: mutants.length, survived };
}

/** How many percent of a folder's mutants were killed. */
export function percentKilled({ mutants, survived }: FolderResult): number {
  return ((mutants - survived.length) / mutants) * 100;
}
