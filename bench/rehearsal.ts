import { cpus, loadavg } from "node:os";
import { rehearse } from "../infra/local/rehearsal/rehearse.ts";
import { readScenario } from "../infra/local/rehearsal/scenarios/read-scenario.ts";
import { readTarget } from "../infra/project/targets.ts";

/** A Worker that only passes requests on: what a rehearsal costs by itself. */
const BARE = "export default { fetch: (request) => fetch(request) };";

const [visitors = "2000"] = process.argv.slice(2);
const target = await readTarget("staging");
const scenario = await readScenario(undefined, { visitors, arrive: "5m", outflow: "6000/min" });

console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1) ?? "unknown"}`);
const bare = await measured("a Worker that passes on", BARE);
const ours = await measured("the connector", undefined);
console.log(
  `The connector's rehearsal takes ${(ours / bare).toFixed(2)} times the CPU of workerd a request.`,
);

/** Gives microseconds of workerd's CPU for each request. */
async function measured(name: string, bundle: string | undefined): Promise<number> {
  const before = process.cpuUsage();
  const { requests, tookMs, cpuMs, peakMemory } = await rehearse({ target, scenario, bundle });
  const { user, system } = process.cpuUsage(before);
  const count = Object.values(requests).reduce((sum, each) => sum + each, 0);
  const each = (cpuMs * 1000) / count;
  console.log(
    `${name}: ${count} requests in ${(tookMs / 1000).toFixed(1)} s (${Math.round((count / tookMs) * 1000)} a second); ` +
      `CPU a request: workerd ${Math.round(each)} µs, Node ${Math.round((user + system) / count)} µs; ` +
      `${Math.round(peakMemory / 1024 / 1024)} MiB at most`,
  );
  return each;
}
