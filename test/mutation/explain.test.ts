import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { explain } from "./explain.ts";
import { readLastRun, resultsOf } from "./last-run.ts";
import type { Mutant } from "./mutant.ts";
import { MUTATION_PAGE, mutationPage } from "./mutation-page.ts";
import { SURVIVORS, type Survivor } from "./survivors.ts";

const FOLDER = "worker/matching";
const survived = { file: `${FOLDER}/a.ts`, line: 7, code: "if (a || b) return;", change: "a || b → a && b" };
const known: Survivor = {
  file: survived.file,
  code: survived.code,
  changes: [survived.change],
  reason: "It costs time only.",
};

describe("the survivors of a run", () => {
  it("are counted by folder", () => {
    const killed: Mutant = { ...survived, change: "a || b → true", fate: "killed" };
    expect(resultsOf([killed, { ...survived, fate: "survived" }])).toEqual({
      [FOLDER]: { mutants: 2, survived: [survived] },
    });
  });

  it("are explained by file, code and change, wherever the line has moved", () => {
    const moved = { ...survived, line: 70 };
    expect(explain({ [FOLDER]: { mutants: 2, survived: [moved] } }, [known])).toEqual({
      explained: [{ mutant: moved, reason: known.reason }],
      open: [],
      stale: [],
    });
  });

  it.each([
    ["another file", { file: `${FOLDER}/b.ts` }],
    ["other code", { code: "if (b || a) return;" }],
    ["another change", { change: "a || b → false" }],
  ])("are open where the reason is for %s, and the reason is stale", (_what, different) => {
    const other = { ...survived, ...different };
    expect(explain({ [FOLDER]: { mutants: 2, survived: [other] } }, [known])).toEqual({
      explained: [],
      open: [other],
      stale: [known],
    });
  });

  it("are listed with their reasons, below the counts", async () => {
    const run = { [FOLDER]: { mutants: 4, survived: [survived] } };
    const page = await mutationPage(run, [{ mutant: survived, reason: known.reason }]);
    expect(page).toMatch(/\| `worker\/matching\/`\s*\| 4\s*\| 3\s*\| 1\s*\| 75\.0 %/);
    expect(page).toContain("| `a.ts:7` | `a \\|\\| b → a && b` | It costs time only. |");
  });
});

describe("the last run", () => {
  const run = readLastRun();
  const { explained, open, stale } = explain(run, SURVIVORS);

  it("left no survivor without a reason, and no reason without a survivor", () => {
    expect({ open, stale }).toEqual({ open: [], stale: [] });
  });

  it("is what the page tells: npm run test:mutation writes it, and with -- --page only the reasons anew", async () => {
    expect(readFileSync(MUTATION_PAGE, "utf8")).toBe(await mutationPage(run, explained));
  });

  it("was of code that is still there: where it is not, the folder is to be tried again", () => {
    for (const { file, code } of SURVIVORS) expect(readFileSync(file, "utf8")).toContain(code);
  });
});
