import { access, constants, open, realpath, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
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
 * Tries whether the files that were asked for can be written, and leaves all as it was: before the work that they tell of.
 *
 * @param read The file that the command reads, where it reads one.
 * @throws UserError when one cannot, or would lose what is read, or what is written beside it.
 */
export async function requireWritable(paths: readonly (string | undefined)[], read?: string): Promise<void> {
  const taken = new Map<string, string>();
  if (read !== undefined) taken.set(await placeOf(read), "what is read is there");
  for (const path of paths) {
    if (path === undefined) continue;
    await tryToWrite(path).catch(unwritable(path));
    const place = await placeOf(path);
    const loss = taken.get(place);
    if (loss !== undefined) throw wouldLose(path, loss);
    // A device takes any number of reports.
    const kind = await stat(place).catch(() => undefined);
    if (kind === undefined || kind.isFile()) taken.set(place, "another form of the report goes there");
  }
}

/** Where a path leads, also one that is not there yet. */
async function placeOf(path: string): Promise<string> {
  return realpath(path).catch(async () =>
    join(await realpath(dirname(path)).catch(() => dirname(path)), basename(path)),
  );
}

/** A file that is not there is made and removed again: what a disk and a folder take, nothing else can tell. */
async function tryToWrite(path: string): Promise<void> {
  const entry = await stat(path).catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    return undefined;
  });
  if (entry?.isDirectory() === true) {
    throw Object.assign(new Error("EISDIR: it is a folder"), { code: "EISDIR", errno: 0 });
  }
  if (entry !== undefined) {
    await access(path, constants.W_OK);
    return;
  }
  const file = await open(path, "wx");
  try {
    await file.writeFile("\n");
  } finally {
    await file.close();
    await rm(path);
  }
}

function wouldLose(path: string, loss: string): UserError {
  return new UserError(
    "report-unwritable",
    `The report cannot be written to ${JSON.stringify(path)}: ${loss}, and would be lost. Name another file.`,
  );
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
