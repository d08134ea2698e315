import { access, constants, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { lookOf } from "../../console/colours.ts";
import { EXIT, UserError } from "../../errors/user-error.ts";
import { systemReason } from "../../files/system-refusal.ts";
import { jsonReport } from "../../plan/report/json.ts";
import { markdownReport } from "../../plan/report/markdown.ts";
import { terminalReport } from "../../plan/report/terminal.ts";
import type { Review } from "../../plan/review.ts";
import { reaches, type RiskLevel } from "../../plan/risks/risk.ts";
import { PLAIN } from "../../text/look.ts";

/** How a report of a plan is written. */
export interface ReportOptions {
  readonly json?: true;
  readonly markdown?: string;
  readonly out?: string;
  readonly failOn?: RiskLevel;
}

/** Writes a review in every form that was asked for, and sets the exit code of `--fail-on`. */
export async function writeReport(review: Review, options: ReportOptions): Promise<void> {
  const { json, markdown, out, failOn } = options;
  if (markdown !== undefined) await writeText(markdown, markdownReport(review));
  const report = json
    ? jsonReport(review)
    : terminalReport(review, out === undefined ? lookOf(process.stdout) : PLAIN);
  if (out === undefined) process.stdout.write(report);
  else await writeText(out, report);
  if (failOn !== undefined && review.risk !== undefined && reaches(review.risk, failOn)) {
    process.exitCode = EXIT.found;
  }
}

/**
 * Looks whether the files that were asked for can be written, and changes nothing: before the work that they
 * tell of.
 *
 * @throws UserError when one cannot.
 */
export async function requireWritable(...paths: readonly (string | undefined)[]): Promise<void> {
  for (const path of paths) {
    if (path === undefined) continue;
    await tryToWrite(path).catch(unwritable(path));
  }
}

async function tryToWrite(path: string): Promise<void> {
  const entry = await stat(path).catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    return undefined;
  });
  if (entry?.isDirectory() === true) {
    throw Object.assign(new Error("EISDIR: it is a folder"), { code: "EISDIR", errno: 0 });
  }
  await access(entry === undefined ? dirname(path) : path, constants.W_OK);
}

/** Writes a report to a file. @throws UserError when it cannot be written there. */
export async function writeText(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch(unwritable(path));
}

function unwritable(path: string): (error: unknown) => never {
  return (error) => {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    throw new UserError(
      "report-unwritable",
      `The report cannot be written to ${JSON.stringify(path)} (${reason}). Name a file in a folder that ` +
        "exists, that this user can write to, and that has free space.",
    );
  };
}
