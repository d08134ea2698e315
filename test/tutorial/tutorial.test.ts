import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runIn } from "../infra/commands/cli.ts";
import { newFolder } from "../support/new-folder.ts";
import { wordsOf } from "../workflows/command-lines.ts";
import { edited, tutorialParts } from "./tutorial.ts";

// test/long/tutorial.test.ts follows all of it; here is what makes no process.

const steps = tutorialParts().flatMap((part) => part.steps);
const edits = steps.flatMap((step) => (step.kind === "edit" ? [step] : []));
const inits = steps.flatMap((step) =>
  step.kind === "commands" ? step.lines.filter((line) => line.startsWith("npx queueit-cf init ")) : [],
);

describe("the tutorial", () => {
  it("has a part for each thing, in order", () => {
    const numbers = tutorialParts().map(({ title }) => Number.parseInt(title, 10));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  });

  it("goes from an installation to a promotion, and says what is printed on the way", () => {
    const lines = steps.flatMap((step) => (step.kind === "commands" ? step.lines : []));
    expect(lines[3]).toBe("npm install --save-dev queueit-cloudflare");
    expect(lines).toContain("npx queueit-cf promote production");
    const expected = steps.filter((step) => step.kind === "commands" && step.expected.length > 0);
    expect(expected.length).toBeGreaterThanOrEqual(6);
  });

  it("changes files that init wrote, to what is valid", async () => {
    const folder = await newFolder();
    const queueitCf = (...args: readonly string[]) => runIn({ PATH: "" }, "--project", folder, ...args);
    for (const init of inits) {
      const [, , ...args] = wordsOf(init);
      expect(await queueitCf(...args, "--yes")).toMatchObject({ code: 0 });
    }
    for (const edit of edits) {
      const path = join(folder, edit.path);
      await writeFile(path, edited(await readFile(path, "utf8"), edit));
      expect((await queueitCf("validate")).stdout).toContain("No problems in production, staging.");
    }
    expect(edits).toHaveLength(3);
  });

  it("would not be followed past lines that a file does not have", () => {
    const [edit] = edits;
    if (edit === undefined) throw new Error("There is no edit.");
    expect(() => edited("export default {};\n", edit)).toThrow("does not have these lines once");
  });
});
