import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newFolder } from "../../support/new-folder.ts";
import { queueitCf } from "./cli.ts";

const FEW = ["--visitors", "10", "--arrive", "5s", "--outflow", "600/min"] as const;

describe("queueit-cf rehearse", () => {
  it("says how it went, in words and in files", async () => {
    const out = join(await newFolder(), "rehearsal");
    const { code, stdout } = await queueitCf("rehearse", "staging", ...FEW, "--out", out);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Nobody passes without a turn/);
    const written = JSON.parse(await readFile(join(out, "rehearsal.json"), "utf8")) as {
      readonly schema: string;
    };
    expect(written).toMatchObject({ schema: "queueit-cf/rehearse/1", passed: true });
  });

  it("ends with exit code 2 when a promise is broken", async () => {
    const folder = await newFolder();
    const scenario = join(folder, "rotation.json");
    const file = { kinds: { person: 1 }, events: [{ at: "20s", kind: "rotate-secret" }] };
    await writeFile(scenario, JSON.stringify(file));
    const { code, stdout } = await queueitCf("rehearse", "staging", ...FEW, "--scenario", scenario, "--json");
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ passed: false });
  });

  it.each([
    [["--visitors", "many"], /visitors: has to be a whole number from 1 to 200000/],
    [["--arrive", "2h"], /arrive: is longer than duration/],
    [["--at-most", "soon"], /at-most: has to be a time/],
    [["--scenario", "noon"], /no scenario "noon"/],
    [["--clock", "sundial"], /Allowed choices are simulated, real/],
  ])("refuses %j in one paragraph", async (options, words) => {
    const { code, stderr } = await queueitCf("rehearse", "staging", ...options);
    expect(code).toBe(1);
    expect(stderr).toMatch(words);
  });

  it("needs an environment", async () => {
    expect((await queueitCf("rehearse")).stderr).toMatch(/missing required argument/i);
    expect((await queueitCf("rehearse", "nowhere")).code).toBe(1);
  });
});
