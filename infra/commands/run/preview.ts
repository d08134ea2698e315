import { coloursOn, lookOf } from "../../console/colours.ts";
import { UserError } from "../../errors/user-error.ts";
import type { WorkerLog } from "../../local/cloudflare/runtime/worker-log.ts";
import { padded, wrap } from "../../text/wrap.ts";
import { PREVIEW_READY, PREVIEW_STEP } from "../../local/preview/preview-format.ts";
import { inFormat } from "../../json/format.ts";
import type { Preview } from "../../local/preview/preview.ts";
import { escapedLines, printable, jsonText } from "../../text/printable.ts";
import type { CheckResult } from "../../local/preview/six-steps.ts";
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
  // The local Cloudflare is loaded while esbuild, another process, builds the bundle.
  const [{ targets }, { startPreview }] = await Promise.all([
    readStartingTargets([name]),
    import("../../local/preview/preview.ts"),
  ]);
  const target = pickTarget(targets, name);
  const running = await startPreview({ ...target, port: options.port, log: writeLog });
  // Counted from the start of the process, as the person who waits does.
  const ready = performance.now();
  try {
    const { steps, dashboardUrl, links } = running;
    if (options.check) {
      // Nobody can open what is gone when the check has ended.
      write(options, inFormat(PREVIEW_READY, { ready, steps }), () => setUpText(name, running, ready));
      await check(target, running, options);
    } else {
      write(
        options,
        inFormat(PREVIEW_READY, { ready, steps, dashboardUrl, links }),
        () => `${setUpText(name, running, ready)}\n${linksText(running)}`,
      );
      await untilInterrupted("Nothing is left behind.");
    }
  } finally {
    await running.close();
  }
}

async function check(target: Target, running: Preview, options: PreviewCommandOptions): Promise<void> {
  // Nobody has to wait for it before the sites are ready.
  const { checkPreview } = await import("../../local/preview/check-preview.ts");
  const { name } = target.named;
  const { green } = coloursOn(process.stdout);
  const { columns } = lookOf(process.stdout);
  const counted = { passed: 0, failed: 0, skipped: 0 };
  if (!options.json) process.stdout.write("\n");
  for await (const result of checkPreview(target, running)) {
    counted[result.outcome] += 1;
    write(options, inFormat(PREVIEW_STEP, result), () => resultText(result));
  }
  const { passed, failed, skipped } = counted;
  if (failed > 0) {
    throw new UserError(
      "check-failed",
      `${name} does not work yet: ${failed} of the ${passed + failed} steps that were tried failed, and those after it ` +
        "were not tried. Fix what is marked above, then check again with: " +
        `npx queueit-cf preview ${name} --check`,
    );
  }
  if (options.json) return;
  const end = `${name} works on a local Cloudflare: ${
    skipped === 0
      ? `all ${passed} steps passed.`
      : `${passed} steps passed, ${skipped} ${skipped === 1 ? "was" : "were"} not tried.`
  }`;
  process.stdout.write(`\n${wrap("", end, { columns }).map(green).join("\n")}\n`);
}

function resultText({ step, outcome, detail, milliseconds: took }: CheckResult): string {
  const { green, red, yellow, dim } = coloursOn(process.stdout);
  const { columns } = lookOf(process.stdout);
  const marks = { passed: green("✓"), failed: red("✗"), skipped: yellow("–") } as const;
  const text =
    outcome === "skipped"
      ? `not tried: ${printable(detail)}`
      : `${printable(detail)} (${milliseconds(took)})`;
  return [
    ...wrap(`${marks[outcome]} `, step, { columns }),
    ...wrap("    ", text, { columns, keepsWords: true }).map(dim),
  ].join("\n");
}

function write(options: PreviewCommandOptions, value: object, text: () => string): void {
  process.stdout.write(`${options.json ? jsonText(value) : text()}\n`);
}

function writeLog({ level, message }: WorkerLog): void {
  process.stderr.write(`${coloursOn(process.stderr).dim(`worker ${level}`)} ${escapedLines(message)}\n`);
}

function setUpText(name: string, { steps }: Preview, ready: number): string {
  const { bold, green, yellow } = coloursOn(process.stdout);
  const { columns } = lookOf(process.stdout);
  const width = Math.max(...steps.map(({ title }) => title.length));
  // Beside their titles, where there is room for them.
  const hanging = columns - width < 34 ? { indent: "    " } : {};
  return [
    ...wrap("", `${bold(name)} on a local Cloudflare, ready in ${milliseconds(ready)}`, { columns }),
    "",
    ...steps.flatMap(({ title, detail, milliseconds: took, warning }) => [
      ...wrap(
        `${warning === undefined ? green("✓") : yellow("!")} ${padded(title, width)}  `,
        printable(detail) + (took < 1 ? "" : ` (${milliseconds(took)})`),
        { columns, ...hanging, keepsWords: true },
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
  const sites = new Set(links.map(({ site }) => site)).size;
  const named = (label: string, site: string) => bold(printable(sites > 1 ? `${label} · ${site}` : label));
  return [
    "",
    `${bold("Dashboard")}  ${cyan(dashboardUrl)}`,
    ...about("Every request as it happens, the queue's speed, and the integration configuration to edit."),
    ...links.flatMap(({ site, label, url, explains }) => [
      // An address stands alone where it would be broken: terminals open it as far as its line goes.
      ...wrap(`${named(label, site)}  `, cyan(url), { columns, indent: "  ", keepsWords: true }),
      ...about(explains),
    ]),
    "",
    "Press Ctrl-C to stop it. Nothing is left behind.",
  ].join("\n");
}

function milliseconds(value: number): string {
  return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}
