import { colours } from "../../console/colours.ts";
import type { IntegrationConfiguration } from "../../../worker/integration-configuration.ts";
import { settled } from "../../environments/definition/settled.ts";
import { EXIT } from "../../errors/user-error.ts";
import type { WorkerLog } from "../../local/cloudflare/runtime/generation.ts";
import { checkSixSteps } from "../../local/preview/six-steps.ts";
import { findCheckTarget } from "../../local/preview/check-target.ts";
import { type Preview, startPreview } from "../../local/preview/preview.ts";
import { routedSites } from "../../local/preview/routed-sites.ts";
import { readable } from "../../text/readable.ts";
import { type Target, pickTarget } from "../../specification/target.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { readStartingTargets } from "./worker-starts.ts";

export interface PreviewCommandOptions {
  readonly port: number;
  readonly check?: true;
  readonly json?: true;
}

/** Runs the preview until it is interrupted, or its check until it ends. */
export async function runPreview(name: string, options: PreviewCommandOptions): Promise<void> {
  const { targets } = await readStartingTargets([name]);
  const target = pickTarget(targets, name);
  const running = await startPreview({ ...target, port: options.port, log: writeLog });
  // Counted from the start of the process, as the person who waits does.
  const ready = performance.now();
  try {
    const { steps, dashboardUrl, links } = running;
    write(options, { ready, steps, dashboardUrl, links }, () => setUpText(name, running, ready));
    if (options.check) await check(target, running, options);
    else await untilInterrupted("Nothing is left behind.");
  } finally {
    await running.close();
  }
}

async function check(target: Target, running: Preview, options: PreviewCommandOptions): Promise<void> {
  let ok = true;
  const checked = await findCheckTarget({
    ...routedSites(target),
    matching: settled(target.named).queueIt.matching,
    configuration: JSON.parse(running.queueIt.getConfiguration()) as IntegrationConfiguration,
    localUrl: running.localUrl,
  });
  for await (const result of checkSixSteps(checked)) {
    ok = result.ok;
    write(options, result, () => {
      const mark = result.ok ? colours.green("✓") : colours.red("✗");
      return `${mark} ${result.step}  ${colours.dim(`${readable(result.detail)} (${milliseconds(result.milliseconds)})`)}`;
    });
  }
  if (!ok) process.exitCode = EXIT.userError;
}

function write(options: PreviewCommandOptions, value: unknown, text: () => string): void {
  process.stdout.write(`${options.json ? JSON.stringify(value) : text()}\n`);
}

function writeLog({ level, message }: WorkerLog): void {
  process.stderr.write(`${colours.dim(`worker ${level}`)} ${message}\n`);
}

function setUpText(name: string, { steps, dashboardUrl, links }: Preview, ready: number): string {
  const width = Math.max(...steps.map(({ title }) => title.length));
  return [
    `${colours.bold(name)} on a local Cloudflare, ready in ${milliseconds(ready)}`,
    "",
    ...steps.flatMap(({ title, detail, milliseconds: took, warning }) => [
      `${warning === undefined ? colours.green("✓") : colours.yellow("!")} ${title.padEnd(width)}  ${readable(detail)}${took < 1 ? "" : colours.dim(` (${milliseconds(took)})`)}`,
      ...(warning === undefined ? [] : [`  ${colours.yellow(warning)}`]),
    ]),
    "",
    `${colours.bold("Dashboard")}  ${colours.cyan(dashboardUrl)}`,
    `  ${colours.dim("Every request as it happens, the queue's speed, and the integration configuration to edit.")}`,
    ...links.flatMap(({ label, url, explains }) => [
      `${colours.bold(readable(label))}  ${colours.cyan(url)}`,
      `  ${colours.dim(explains)}`,
    ]),
    "",
    "Ctrl-C ends it. Nothing is left behind.",
  ].join("\n");
}

function milliseconds(value: number): string {
  return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}
