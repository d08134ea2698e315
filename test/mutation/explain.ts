import type { LastRun } from "./last-run.ts";
import type { Mutant } from "./mutant.ts";
import type { Survivor } from "./survivors.ts";

type Survived = Omit<Mutant, "fate">;

/** A survivor and why no test has to notice it. */
export interface Explained {
  readonly mutant: Survived;
  readonly reason: string;
}

export interface Explanation {
  readonly explained: readonly Explained[];
  /** Survivors without a reason. */
  readonly open: readonly Survived[];
  /** Reasons for what does not survive, or is not there any more. */
  readonly stale: readonly Survivor[];
}

/** Finds the reason of each survivor, by its file, its line's text and its change: numbers of lines move. */
export function explain(run: LastRun, known: readonly Survivor[]): Explanation {
  const explained: Explained[] = [];
  const open: Survived[] = [];
  const used = new Set<Survivor>();
  for (const mutant of Object.values(run).flatMap(({ survived }) => survived)) {
    const survivor = known.find((one) => isOf(one, mutant));
    if (survivor === undefined) open.push(mutant);
    else {
      used.add(survivor);
      explained.push({ mutant, reason: survivor.reason });
    }
  }
  return { explained, open, stale: known.filter((one) => !used.has(one)) };
}

function isOf(survivor: Survivor, mutant: Survived): boolean {
  return (
    survivor.file === mutant.file && survivor.code === mutant.code && survivor.changes.includes(mutant.change)
  );
}
