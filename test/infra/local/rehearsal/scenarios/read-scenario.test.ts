import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  readAtMost,
  readScenario,
  SHIPPED,
  shippedPath,
} from "../../../../../infra/local/rehearsal/scenarios/read-scenario.ts";
import { readRate, readTime } from "../../../../../infra/local/rehearsal/scenarios/scenario-file.ts";
import { newFolder } from "../../../../support/new-folder.ts";
import { faultsIn } from "../../../formats/validator.ts";

async function read(file: unknown): Promise<ReturnType<typeof readScenario>> {
  const path = join(await newFolder(), "scenario.json");
  await writeFile(path, typeof file === "string" ? file : JSON.stringify(file));
  return readScenario(path, {});
}

describe("a scenario", () => {
  it("has a default for everything", async () => {
    expect(await readScenario(undefined, {})).toMatchObject({
      seed: 1,
      visitors: 1000,
      arriveMs: 60_000,
      outflow: 600,
      durationMs: 3_600_000,
      realVisitors: 1000,
      events: [],
    });
  });

  it.each(Object.keys(SHIPPED) as (keyof typeof SHIPPED)[])("comes along: %s", async (name) => {
    const scenario = await readScenario(name, {});
    expect(scenario.events.length).toBeGreaterThan(2);
    const written: unknown = JSON.parse(readFileSync(shippedPath(name), "utf8"));
    expect(faultsIn("queueit-cf/scenario/1", written)).toEqual([]);
    const { $schema } = z.object({ $schema: z.string() }).parse(written);
    expect(existsSync(join(dirname(shippedPath(name)), $schema))).toBe(true);
  });

  it("is changed by options, in the words that a file has", async () => {
    const options = { visitors: "5000", arrive: "60s", outflow: "10/s", seed: "7" };
    expect(await readScenario("slow-morning", options)).toMatchObject({
      name: "A slow morning",
      visitors: 5000,
      arriveMs: 60_000,
      outflow: 600,
      seed: 7,
    });
  });

  it("names everything that is wrong, and where, before anything is started", async () => {
    const file = { visitors: 0, arive: "5m", events: [{ at: "1m", kind: "kv", how: "odd", for: "1m" }] };
    await expect(read(file)).rejects.toMatchObject({
      code: "rehearsal-scenario",
      message: expect.stringMatching(
        /visitors: has to be a whole number from 1 to 200000.*events\[0\]\.how: .*"arive".*Nothing was started/s,
      ) as string,
    });
  });

  it.each([
    ["an event after the end", { duration: "10m", events: [{ at: "10m", kind: "deploy" }] }, "events[0].at"],
    ["arrivals after the end", { duration: "10m", arrive: "11m" }, "arrive"],
    ["shares that are not a whole", { kinds: { person: 0.5, attacker: 0.4 } }, "kinds"],
    ["a time without unit", { arrive: "60" }, "arrive"],
    ["a rate of nobody", { outflow: "0/min" }, "outflow"],
    [
      "two spans of one kind at once",
      {
        events: [
          { at: "1m", kind: "kv", how: "slow", for: "2m" },
          { at: "2m", kind: "kv", how: "failing", for: "2m" },
        ],
      },
      "events[1].at",
    ],
    ["a list", [], "the whole"],
  ])("refuses %s", async (_what, file, where) => {
    await expect(read(file)).rejects.toMatchObject({
      code: "rehearsal-scenario",
      message: expect.stringContaining(`${where}: `) as string,
    });
  });

  it("is read from a file that begins with a mark of its encoding, as Windows writes it", async () => {
    expect(await read('\uFEFF{ "visitors": 5 }')).toMatchObject({ visitors: 5 });
  });

  it.each(["abc", "99999999999", "1.5"])("says which seeds there are, in place of %s", async (seed) => {
    await expect(readScenario(undefined, { seed })).rejects.toThrow(
      /seed: has to be a whole number from -2147483648 to 2147483647/,
    );
  });

  it("refuses a file that is not JSON, and a name that it does not have", async () => {
    await expect(read("{")).rejects.toThrow(/is not JSON/);
    await expect(readScenario("noon", {})).rejects.toThrow(/no scenario "noon".*on-sale-at-noon/s);
  });
});

describe("times and rates", () => {
  it.each([
    ["90s", 90_000],
    ["1.5h", 5_400_000],
    ["10m", 600_000],
    ["10 min", 600_000],
    ["250ms", 250],
    ["60", undefined],
    ["-1s", undefined],
    ["1d", undefined],
  ])("reads %s", (text, ms) => {
    expect(readTime(text)).toBe(ms);
  });

  it.each([
    ["600/min", 600],
    ["600", 600],
    ["10/s", 600],
    ["600/h", 10],
    ["ten", undefined],
  ])("reads %s", (text, rate) => {
    expect(readRate(text)).toBe(rate);
  });

  it("refuses a limit of real time that is none", () => {
    expect(readAtMost("10m")).toBe(600_000);
    expect(() => readAtMost("soon")).toThrow(/at-most: has to be a time/);
  });
});
