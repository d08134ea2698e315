import { colours } from "../../console/colours.ts";
import { pickEnvironment } from "../../environments/definition/load.ts";
import { EXIT } from "../../errors/user-error.ts";
import type { WorkerLog } from "../../local/cloudflare/runtime/worker-log.ts";
import type { Preview } from "../../local/preview/preview.ts";
import type { SpecifiedEnvironment } from "../../local/sites/specified-environment.ts";
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
  // The local Cloudflare is loaded while esbuild, another process, builds the bundle.
  const [{ specs, environments }, { startPreview }] = await Promise.all([
    readSpecifications([name]),
    import("../../local/preview/preview.ts"),
  ]);
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
    write(options, { ready, steps, dashboardUrl, links }, () => setUpText(name, running, ready));
    if (options.check) await check({ named, spec }, running, options);
    else await untilInterrupted("Nothing is left behind.");
  } finally {
    await running.close();
  }
}

async function check(
  environment: SpecifiedEnvironment,
  running: Preview,
  options: PreviewCommandOptions,
): Promise<void> {
  // Nobody has to wait for it before the sites are ready.
  const { checkPreview } = await import("../../local/preview/check-preview.ts");
  let ok = true;
  for await (const result of checkPreview(environment, running)) {
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
