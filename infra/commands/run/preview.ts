import { colours } from "../../console/colours.ts";
import type { IntegrationConfiguration } from "../../../worker/integration-configuration.ts";
import type { ConnectorSpec } from "../../specification/specification.ts";
import { pickEnvironment } from "../../environments/definition/load.ts";
import type { NamedEnvironment } from "../../environments/environment.ts";
import { EXIT } from "../../errors/user-error.ts";
import type { WorkerLog } from "../../local/cloudflare/runtime/generation.ts";
import { type CheckResult, checkSixSteps } from "../../local/preview/six-steps.ts";
import { findCheckTarget } from "../../local/preview/check-target.ts";
import { type Preview, startPreview } from "../../local/preview/preview.ts";
import { routedSites } from "../../local/preview/routed-sites.ts";
import { readable } from "../../text/readable.ts";
import { readSpecifications } from "../../project.ts";
import { DEFAULT_PORT } from "../read-port.ts";
import { untilInterrupted } from "./until-interrupted.ts";

export interface PreviewCommandOptions {
  readonly port?: number;
  readonly check?: true;
  readonly json?: true;
}

/** Runs the preview until it is interrupted, or its check until it ends. */
export async function runPreview(name: string, options: PreviewCommandOptions): Promise<void> {
  const { specs, environments } = await readSpecifications([name]);
  const named = pickEnvironment(environments, name);
  const spec = specs.find(({ environment }) => environment === name);
  if (spec === undefined) throw new Error(`The environment ${name} has no specification.`);
  // A check should not fail because somebody has the usual preview open.
  const port = options.port ?? (options.check ? 0 : DEFAULT_PORT);
  const running = await startPreview({ named, spec, port, log: writeLog });
  // Counted from the start of the process, as the person who waits does.
  const ready = performance.now();
  try {
    const { steps, dashboardUrl, links } = running;
    // A check ends by itself, and what it opened closes with it: there is nothing to open.
    const open = options.check ? {} : { dashboardUrl, links };
    write(options, { ready, steps, ...open }, () =>
      [setUpText(name, running, ready), ...(options.check ? [""] : openText(running))].join("\n"),
    );
    if (options.check) await check({ named, spec, running }, options);
    else await untilInterrupted("Nothing is left behind.");
  } finally {
    await running.close();
  }
}

interface Previewed {
  readonly named: NamedEnvironment;
  readonly spec: ConnectorSpec;
  readonly running: Preview;
}

async function check({ named, spec, running }: Previewed, options: PreviewCommandOptions): Promise<void> {
  let ok = true;
  const results: CheckResult[] = [];
  const target = await findCheckTarget({
    ...routedSites({ named, spec }),
    matching: named.environment.queueIt.matching,
    configuration: JSON.parse(running.queueIt.getConfiguration()) as IntegrationConfiguration,
    localUrl: running.localUrl,
  });
  for await (const result of checkSixSteps(target)) {
    ok = result.ok;
    results.push(result);
    write(options, result, () => {
      const mark = result.ok ? colours.green("✓") : colours.red("✗");
      return `${mark} ${result.step}  ${colours.dim(`${readable(result.detail)} (${milliseconds(result.milliseconds)})`)}`;
    });
  }
  if (options.json !== true) process.stdout.write(`\n${verdict(named.name, results)}\n`);
  if (!ok) process.exitCode = EXIT.userError;
}

function write(options: PreviewCommandOptions, value: unknown, text: () => string): void {
  process.stdout.write(`${options.json ? JSON.stringify(value) : text()}\n`);
}

function writeLog({ level, message }: WorkerLog): void {
  process.stderr.write(`${colours.dim(`worker ${level}`)} ${message}\n`);
}

function setUpText(name: string, { steps }: Preview, ready: number): string {
  const width = Math.max(...steps.map(({ title }) => title.length));
  return [
    `${colours.bold(name)} on a local Cloudflare, ready in ${milliseconds(ready)}`,
    "",
    ...steps.flatMap(({ title, detail, milliseconds: took, warning }) => [
      `${warning === undefined ? colours.green("✓") : colours.yellow("!")} ${title.padEnd(width)}  ${readable(detail)}${took < 1 ? "" : colours.dim(` (${milliseconds(took)})`)}`,
      ...(warning === undefined ? [] : [`  ${colours.yellow(warning)}`]),
    ]),
  ].join("\n");
}

function openText({ dashboardUrl, links }: Preview): readonly string[] {
  const sites = new Set(links.map(({ site }) => site)).size;
  return [
    "",
    `${colours.bold("Dashboard")}  ${colours.cyan(dashboardUrl)}`,
    `  ${colours.dim("Every request as it happens, the queue's speed, and the integration configuration to edit.")}`,
    ...links.flatMap(({ site, label, url, explains }) => [
      `${colours.bold(readable(sites > 1 ? `${label} · ${site}` : label))}  ${colours.cyan(url)}`,
      `  ${colours.dim(explains)}`,
    ]),
    "",
    "Ctrl-C ends it. Nothing is left behind.",
  ];
}

/** The last line of a check. */
function verdict(name: string, results: readonly CheckResult[]): string {
  const failed = results.find(({ ok }) => !ok);
  return failed === undefined
    ? `${colours.green("✓")} ${name} works: all ${results.length} steps passed.`
    : `${colours.red("✗")} ${name} does not work: stopped at “${failed.step.trim()}”. ${readable(failed.detail)}`;
}

function milliseconds(value: number): string {
  return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}
