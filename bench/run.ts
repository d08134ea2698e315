import { mkdir, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { buildCandidates } from "./candidates.ts";
import { renderChart } from "./chart.ts";
import { type ColdStart, measureColdStarts } from "./cold-start.ts";
import { Field } from "./field.ts";
import { KINDS } from "./kinds.ts";
import { describeMachine } from "./machine.ts";
import { pin } from "./pin.ts";
import { IDENTICAL, race } from "./race.ts";
import { renderReport, renderTools } from "./report.ts";
import type { Race, Results } from "./results.ts";
import { startSurroundings } from "./surroundings.ts";
import { measureTools } from "./tools.ts";

const HELP = `npm run bench -- [options]

  --quick             fewer turns; numbers are rough
  --only <pattern>    kinds of request whose name fits, and nothing else
  --cold              cold isolates, and nothing else
  --actions <list>    numbers of actions, default 1,10,100,1000,10000
  --against <file>    measure another bundle of ours in the same run
  --candidates <list> default ours,plain
  --seconds <number>  time for each candidate with each kind, default 6
  --tools             measure the tools of the repository instead; --only picks from them, too
  --json              results on standard output
  --write             write docs/benchmarks/

Progress goes to standard error. Numbers are microseconds per request above a bare Worker.
`;
const FOLDER = new URL("../docs/benchmarks/", import.meta.url);
const COOKIE_KINDS = ["nothing matches", "valid cookie, extended"];

const { values } = parseArgs({
  options: {
    help: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    write: { type: "boolean", default: false },
    tools: { type: "boolean", default: false },
    cold: { type: "boolean", default: false },
    only: { type: "string" },
    actions: { type: "string", default: "1,10,100,1000,10000" },
    against: { type: "string" },
    candidates: { type: "string" },
    seconds: { type: "string" },
  },
});
if (values.help) {
  process.stdout.write(HELP);
  process.exit();
}

const machine = describeMachine();
if (values.tools) {
  const tools = await measureTools(new RegExp(values.only ?? ""));
  if (values.json) console.log(JSON.stringify({ machine, tools }, null, 2));
  if (values.write) await writeFile(new URL("tools.md", FOLDER), renderTools(machine, tools));
  process.exit();
}
const candidates = await buildCandidates(values.against);
const names = values.candidates?.split(",") ?? [
  "ours",
  "plain",
  ...(values.against === undefined ? [] : ["against"]),
];
const surroundings = await startSurroundings();
pin(process.pid, "of the bench");
const measureMilliseconds = 1000 * Number(values.seconds ?? (values.quick ? 2 : 6));
// The engine compiles what runs often for good only after thousands of requests, as any isolate of a sale has
// had.
const warmUpMilliseconds = values.quick ? 2000 : 8000;
const coldStartRounds = values.quick ? 3 : 9;
const only = new RegExp(values.only ?? "");
const kinds = values.cold ? [] : KINDS.filter(({ name }) => only.test(name));

const races: Race[] = [];
for (const actions of values.actions.split(",").map(Number)) {
  const field = new Field(candidates, surroundings, actions);
  for (const kind of kinds) {
    const cookieCounts = actions === 100 && COOKIE_KINDS.includes(kind.name) ? [3, 0, 60] : [3];
    for (const cookies of cookieCounts) {
      // Once per twin is enough to see the error of the measurement.
      const isFirstOfTwin = KINDS.find(({ twin }) => twin === kind.twin) === kind && cookies === 3;
      const result = await race(field, kind, {
        measureMilliseconds,
        warmUpMilliseconds,
        cookies,
        names: isFirstOfTwin ? [...names, IDENTICAL] : names,
      });
      races.push({ actions, cookies, kind: kind.name, result });
      const words = Object.entries(result).map(
        ([name, { median, mean, error }]) => `${name} ${median} (${mean} ± ${error})`,
      );
      console.error(`${actions} actions, ${cookies} cookies, ${kind.name}: ${words.join(", ")}`);
    }
  }
}

const coldStarts: ColdStart[] = [];
for (const actions of values.only === undefined ? [1, 10_000] : []) {
  const field = new Field(candidates, surroundings, actions);
  for (const coldStart of await measureColdStarts(field, names, coldStartRounds)) {
    coldStarts.push(coldStart);
    const { candidate, milliseconds, heapMebibytes } = coldStart;
    console.error(
      `cold, ${actions} actions, ${candidate}: ${milliseconds.median} ± ${milliseconds.deviation} ms, ${heapMebibytes.median} MiB`,
    );
  }
}
surroundings.close();

const bundle = candidates.get("ours") ?? "";
const results: Results = {
  machine,
  measureMilliseconds,
  warmUpMilliseconds,
  bundleBytes: Buffer.byteLength(bundle),
  gzippedBytes: gzipSync(bundle, { level: 9 }).byteLength,
  races,
  coldStarts,
};
if (values.json) console.log(JSON.stringify(results, null, 2));
if (values.write) {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(new URL("results.json", FOLDER), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(new URL("README.md", FOLDER), renderReport(results));
  await writeFile(new URL("chart.svg", FOLDER), renderChart(races));
}
