import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { SECRETS, VARIABLES } from "../../worker/deployment/variables.ts";
import { WORKERS_PAID } from "../cloudflare/prices.ts";
import { PACKAGE_ROOT } from "../files/package-root.ts";
import { CPU_MS, ISOLATES, type Sale, saleCost } from "./sale-cost.ts";

const cost = z.object({ median: z.number() });
const resultsSchema = z.object({
  machine: z.object({ date: z.string(), processor: z.string() }),
  gzippedBytes: z.number(),
  coldStarts: z.array(
    z.object({
      actions: z.number(),
      candidate: z.string(),
      milliseconds: cost,
      heapMebibytes: cost,
    }),
  ),
  races: z.array(
    z.object({
      actions: z.number(),
      cookies: z.number(),
      kind: z.string(),
      result: z.object({ ours: cost }),
    }),
  ),
});

/** All that there are; the one that names the hooks is the last of them. */
const VARIABLES_OF_WORKER = Object.keys({ ...VARIABLES, ...SECRETS }).length + 1;

const EXAMPLE = { pages: 10, filesOfPage: 30, hours: 4, publishes: 10 } as const;
const CROWDS = [50_000, 500_000, 2_000_000];

/** What a sale costs, and which limits it may meet. */
export function costsPage(): string {
  const file = readFileSync(join(PACKAGE_ROOT, "docs/benchmarks/results.json"), "utf8");
  const results = resultsSchema.parse(JSON.parse(file));
  const { source, asOf, monthlyUsd, requests, cpuMs, kvReads, kvWrites } = WORKERS_PAID;
  const [, crowd = 0] = CROWDS;
  const one = saleCost(sale(crowd), "bypassed");
  return `# Costs and limits

This project, Terraform and CDKTF cost nothing. Cloudflare is paid for what the Worker sees, Queue-it by your contract with it.

## Prices

Of ${asOf}, from [Cloudflare's price list](${source}); look there, a contract may say something else. **Workers Free is not for a sale**: after 100,000 requests in a day the Worker stops, and visitors get an error or, where the route is set so, the site without a queue.

| Workers Paid, ${monthlyUsd} USD a month | included in a month | each million more |
| --- | --- | --- |
| requests to the Worker | ${number(requests.included)} | ${usd(requests.perMillionUsd)} |
| CPU milliseconds | ${number(cpuMs.included)} | ${usd(cpuMs.perMillionUsd)} |
| KV reads | ${number(kvReads.included)} | ${usd(kvReads.perMillionUsd)} |
| KV writes | ${number(kvWrites.included)} | ${usd(kvWrites.perMillionUsd)} |

## What a visitor costs

- **To get in:** two requests, one to the waiting room and one back with the token.
- **Each page:** one request, and one for each call of a script that goes through a protected route. Waiting costs nothing: waiting rooms are Queue-it's.
- **Each picture, style sheet and script:** nothing on a bypass route, one request each otherwise.
- **What the Worker asks for itself**, such as the page from your site, is not counted.

So a sale costs \`visitors × (2 + pages)\` requests.

## What a request costs in KV

Nothing. An isolate (one copy of the Worker in one data center) reads KV when it starts, and then at most once in \`configurationTtlSeconds\` (60 by default), beside the requests and never in the way of one. With a large configuration, from 500,000 characters on, a new isolate reads a second value. KV reads depend on time and isolates, and not on visitors: \`isolates × minutes\`, at most twice that. A publish call writes once, with a large configuration twice; so does the first deploy.

## What a request costs in CPU

Measured by [\`npm run bench\`](benchmarks/README.md) on ${results.machine.date}, in microseconds (a thousandth of a millisecond) above a Worker that only passes requests on:

| request | 1 action | 10,000 actions |
| --- | --- | --- |
${["nothing matches", "valid cookie, extended", "redirect", "redirect with enqueue token", "token return"]
  .map((kind) => `| ${kind} | ${median(results, kind, 1)} | ${median(results, kind, 10_000)} |`)
  .join("\n")}

The first request in a new isolate takes ${ofNewIsolate(results, 1).ms} milliseconds with 1 action, and ${ofNewIsolate(results, 10_000).ms} with 10,000, the start of the runtime included.

Cloudflare counts the runtime's own work, too, which nobody outside can measure. The example below therefore takes ${CPU_MS} millisecond for each request, many times what was measured.

## An example

Each visitor opens ${EXAMPLE.pages} pages of ${EXAMPLE.filesOfPage} files. The sale lasts ${EXAMPLE.hours} hours, with ${EXAMPLE.publishes} publish calls and ${number(ISOLATES)} isolates, which is many. The dollars come on top of the ${monthlyUsd} a month, where nothing else in the month uses what the plan includes.

| visitors | requests, files bypassed | USD | requests, files through the Worker | USD |
| --- | --- | --- | --- | --- |
${CROWDS.map(row).join("\n")}

For ${number(crowd)} visitors: ${number(crowd)} × (2 + ${EXAMPLE.pages}) = ${number(one.requests)} requests, as many CPU milliseconds, ${number(one.kvReads)} KV reads and ${number(one.kvWrites)} KV writes. **Bypass routes are what saves money**: \`npx queueit-cf routes explain <URL> staging\` says whether the Worker sees a file. What your own pages would cost, \`npx queueit-cf rehearse staging --real-visitors ${crowd}\` works out from a rehearsal.

## Limits

Cloudflare's, of its pages on [Workers](https://developers.cloudflare.com/workers/platform/limits/) and [KV](https://developers.cloudflare.com/kv/platform/limits/):

| what | Workers Free | Workers Paid | here |
| --- | --- | --- | --- |
| requests in a day | 100,000 | no limit | |
| CPU time for a request | 10 ms | 30 s by default | far below 1 ms, but for the first in a new isolate |
| memory of an isolate | 128 MB | 128 MB | ${ofNewIsolate(results, 1).heap} to ${ofNewIsolate(results, 10_000).heap} MiB, above a Worker that only passes requests on |
| the Worker, compressed | 3 MB | 10 MB | ${number(Math.ceil(results.gzippedBytes / 1024))} KB, and your hooks |
| variables of a Worker | 64 | 128 | at most ${VARIABLES_OF_WORKER} |
| one variable | 5 KB | 5 KB | the configuration is in KV for that reason |
| one value in KV | 25 MiB | 25 MiB | a publish call may have 5 MiB |
| KV reads in a day | 100,000 | no limit | |
| KV writes in a day | 1,000 | no limit | |
| KV writes of one key | 1 in a second | 1 in a second | one publish call at a time |
| cron triggers of an account | 5 | 250 | 1 with \`owner: "pull"\` |
| Workers of an account | 100 | 500 | 1 for each environment |

What else to plan with:

- **KV takes up to a minute** to show a new configuration everywhere, and an isolate looks once a minute: publish five minutes before it matters.
- **A new Worker starts new isolates.** Each reads KV once before its first answer. Deploy before the sale, and write the days of the sale into [\`freeze\`](reference/environment.md#freeze).
- **A route is a pattern without a wildcard in its middle**: \`/static/*\` is one, \`/*.jpg\` is not. The most specific pattern wins.
`;
}

function ofNewIsolate(
  { coldStarts }: z.infer<typeof resultsSchema>,
  actions: number,
): { readonly ms: number; readonly heap: number } {
  const found = coldStarts.find((each) => each.candidate === "ours" && each.actions === actions);
  if (found === undefined)
    throw new Error(`docs/benchmarks/results.json has no start with ${actions} actions.`);
  return { ms: Math.round(found.milliseconds.median), heap: found.heapMebibytes.median };
}

function sale(visitors: number): Sale {
  return { visitors, ...EXAMPLE };
}

function row(visitors: number): string {
  const [bypassed, through] = [
    saleCost(sale(visitors), "bypassed"),
    saleCost(sale(visitors), "through the Worker"),
  ];
  return `| ${number(visitors)} | ${number(bypassed.requests)} | ${usd(bypassed.usd)} | ${number(through.requests)} | ${usd(through.usd)} |`;
}

function median({ races }: z.infer<typeof resultsSchema>, kind: string, actions: number): string {
  const race = races.find((each) => each.kind === kind && each.actions === actions && each.cookies === 3);
  if (race === undefined)
    throw new Error(`docs/benchmarks/results.json has no ${kind} with ${actions} actions.`);
  return String(Math.round(race.result.ours.median));
}

function number(value: number): string {
  return value.toLocaleString("en-US");
}

function usd(value: number): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
