import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { afterAll, expect } from "vitest";

/** A file that gets a line for each file of tests: its seconds of CPU, those of the processes that it started, and its path. */
const costs = process.env["TEST_COSTS"];

/** Linux counts a process's hundredths of seconds here, and those of its children that have ended. */
const COUNTERS = "/proc/self/stat";

if (costs !== undefined && existsSync(COUNTERS)) {
  const before = spent();
  afterAll(() => {
    const after = spent();
    const [own, started] = [after.own - before.own, after.started - before.started];
    const path = relative(process.cwd(), expect.getState().testPath ?? "");
    appendFileSync(costs, `${(own + started).toFixed(1)}\t${started.toFixed(1)}\t${path}\n`);
  });
}

function spent(): { readonly own: number; readonly started: number } {
  const [, text = ""] = readFileSync(COUNTERS, "utf8").split(") ");
  const fields = text.split(" ").map((field) => Number(field) / 100);
  const sum = (from: number) => (fields[from] ?? 0) + (fields[from + 1] ?? 0);
  return { own: sum(11), started: sum(13) };
}
