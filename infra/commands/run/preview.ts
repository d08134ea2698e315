import { coloursOn, lookOf } from "../../console/colours.ts";
import type { IntegrationConfiguration } from "../../../worker/integration-configuration.ts";
import type { ConnectorSpec } from "../../specification/specification.ts";
import { pickEnvironment } from "../../environments/definition/load.ts";
import type { NamedEnvironment } from "../../environments/environment.ts";
import { UserError } from "../../errors/user-error.ts";
import type { WorkerLog } from "../../local/cloudflare/runtime/generation.ts";
import { checkSixSteps } from "../../local/preview/six-steps.ts";
import { findCheckTarget } from "../../local/preview/check-target.ts";
import { type Preview, startPreview } from "../../local/preview/preview.ts";
import { routedSites } from "../../local/preview/routed-sites.ts";
import { padded, wrap } from "../../text/wrap.ts";
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
    if (options.check) {
      // Nobody can open what is gone when the check has ended.
      write(options, { ready, steps }, () => setUpText(name, running, ready));
      await check({ named, spec, running }, options);
    } else {
      write(
        options,
        { ready, steps, dashboardUrl, links },
        () => `${setUpText(name, running, ready)}\n${linksText(running)}`,
      );
      await untilInterrupted("Nothing is left behind.");
    }
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
  const { name } = named;
  const { green, red, dim } = coloursOn(process.stdout);
  const { columns } = lookOf(process.stdout);
  let failed = 0;
  let tried = 0;
  const target = await findCheckTarget({
    ...routedSites({ named, spec }),
    matching: named.environment.queueIt.matching,
    configuration: JSON.parse(running.queueIt.getConfiguration()) as IntegrationConfiguration,
    localUrl: running.localUrl,
  });
  for await (const result of checkSixSteps(target)) {
    tried += 1;
    if (!result.ok) failed += 1;
    write(options, result, () => {
      const mark = result.ok ? green("✓") : red("✗");
      const detail = `${readable(result.detail)} (${milliseconds(result.milliseconds)})`;
      return [
        ...wrap(`${mark} `, result.step, { columns }),
        ...wrap("    ", detail, { columns }).map(dim),
      ].join("\n");
    });
  }
  if (failed > 0) {
    throw new UserError(
      "check-failed",
      `${name} does not work yet: ${failed} of the ${tried} steps that were tried failed. Mend what is marked above, then ` +
        `check again with: npx queueit-cf preview ${name} --check`,
    );
  }
  if (options.json) return;
  const end = green(`${name} works on a local Cloudflare: all ${tried} steps passed.`);
  process.stdout.write(`\n${wrap("", end, { columns }).join("\n")}\n`);
}

function write(options: PreviewCommandOptions, value: unknown, text: () => string): void {
  process.stdout.write(`${options.json ? JSON.stringify(value) : text()}\n`);
}

function writeLog({ level, message }: WorkerLog): void {
  process.stderr.write(`${coloursOn(process.stderr).dim(`worker ${level}`)} ${message}\n`);
}

function setUpText(name: string, { steps }: Preview, ready: number): string {
  const { bold, green, yellow } = coloursOn(process.stdout);
  const { columns } = lookOf(process.stdout);
  const width = Math.max(...steps.map(({ title }) => title.length));
  return [
    ...wrap("", `${bold(name)} on a local Cloudflare, ready in ${milliseconds(ready)}`, { columns }),
    "",
    ...steps.flatMap(({ title, detail, milliseconds: took, warning }) => [
      ...wrap(
        `${warning === undefined ? green("✓") : yellow("!")} ${padded(title, width)}  `,
        readable(detail) + (took < 1 ? "" : ` (${milliseconds(took)})`),
        { columns, indent: "    " },
      ),
      ...(warning === undefined ? [] : wrap("    ", warning, { columns }).map(yellow)),
    ]),
  ].join("\n");
}

/** What to open while it runs. */
function linksText({ dashboardUrl, links }: Preview): string {
  const { bold, cyan, dim } = coloursOn(process.stdout);
  const { columns } = lookOf(process.stdout);
  const about = (text: string) => wrap("  ", text, { columns }).map(dim);
  return [
    "",
    `${bold("Dashboard")}  ${cyan(dashboardUrl)}`,
    ...about("Every request as it happens, the queue's speed, and the integration configuration to edit."),
    ...links.flatMap(({ label, url, explains }) => [
      `${bold(readable(label))}  ${cyan(url)}`,
      ...about(explains),
    ]),
    "",
    "Ctrl-C ends it. Nothing is left behind.",
  ].join("\n");
}

function milliseconds(value: number): string {
  return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}
