import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { explain } from "./explain.ts";
import type { Mutant } from "./mutant.ts";
import { MUTATION_PAGE, mutationPage } from "./mutation-page.ts";
import { SURVIVORS, type Survivor } from "./survivors.ts";

const survived: Mutant = {
  file: "worker/matching/a.ts",
  line: 7,
  code: "if (a || b) return;",
  change: "a || b → a && b",
  fate: "survived",
};
const killed: Mutant = { ...survived, change: "a || b → true", fate: "killed" };
const known: Survivor = {
  file: survived.file,
  code: survived.code,
  changes: [survived.change],
  reason: "It costs time only.",
};

describe("the survivors of a run", () => {
  it("are explained by file, code and change, wherever the line has moved", () => {
    const moved = { ...survived, line: 70 };
    expect(explain([killed, moved], [known])).toEqual({
      explained: [{ mutant: moved, reason: known.reason }],
      open: [],
      stale: [],
    });
  });

  it.each([
    ["another file", { file: "worker/matching/b.ts" }],
    ["other code", { code: "if (b || a) return;" }],
    ["another change", { change: "a || b → false" }],
  ])("are open where the reason is for %s, and the reason is stale", (_what, different) => {
    const other = { ...survived, ...different };
    expect(explain([other], [known])).toEqual({ explained: [], open: [other], stale: [known] });
  });

  it("have no reason to be explained once they are killed", () => {
    expect(explain([{ ...survived, fate: "killed" }], [known]).stale).toEqual([known]);
  });

  it("are counted by folder and listed with their reasons", async () => {
    const page = await mutationPage([survived, killed], [{ mutant: survived, reason: known.reason }]);
    expect(page).toMatch(/\| `worker\/matching\/`\s*\| 2\s*\| 1\s*\| 1\s*\| 50\.0 %/);
    expect(page).toContain("| `a.ts:7` | `a \\|\\| b → a && b` | It costs time only. |");
  });
});

describe("the reasons that are kept", () => {
  it.each(SURVIVORS.map((survivor) => [survivor.file, survivor.code, survivor] as const))(
    "are for code that is there: %s, %s",
    (file, code) => {
      expect(readFileSync(file, "utf8")).toContain(code);
    },
  );

  it("are those of the page: npm run test:mutation writes it", () => {
    const page = readFileSync(MUTATION_PAGE, "utf8");
    for (const { reason, changes } of SURVIVORS) {
      expect(page).toContain(reason);
      expect(changes).not.toEqual([]);
    }
  });
});
