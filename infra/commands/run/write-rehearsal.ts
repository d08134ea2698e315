import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { lookOf } from "../../console/colours.ts";
import type { Rehearsal } from "../../local/rehearsal/rehearsal.ts";
import { rehearsalPage } from "../../local/rehearsal/page/rehearsal-page.ts";
import { verdictJson } from "../../local/rehearsal/verdict/json.ts";
import { verdictMarkdown } from "../../local/rehearsal/verdict/markdown.ts";
import { verdictText } from "../../local/rehearsal/verdict/text.ts";
import type { Verdict } from "../../local/rehearsal/verdict/verdict.ts";
import { requireWritable, writeText } from "./write-report.ts";

/** How a rehearsal is told. */
export interface RehearsalReportOptions {
  readonly json?: true;
  /** Folder for all forms of it. */
  readonly out?: string;
}

/** The forms of a rehearsal that a folder gets. */
const FILES = { page: "rehearsal.html", summary: "summary.md", json: "rehearsal.json" } as const;

/**
 * Tries whether the folder can take the files, before the rehearsal that they tell of. The folder is made.
 *
 * @throws UserError when they cannot be written there.
 */
export async function requireRehearsalFolder(out: string | undefined): Promise<void> {
  if (out === undefined) return;
  // Where it cannot be made, no file of it can be written either, and that is told.
  await mkdir(out, { recursive: true }).catch(() => undefined);
  await requireWritable(Object.values(FILES).map((name) => join(out, name)));
}

/** Tells a rehearsal in the forms that were asked for. */
export async function writeRehearsal(
  rehearsal: Rehearsal,
  verdict: Verdict,
  { json, out }: RehearsalReportOptions,
): Promise<void> {
  const object = verdictJson(rehearsal, verdict);
  if (out !== undefined) {
    await writeText(join(out, FILES.page), await rehearsalPage(rehearsal, verdict));
    await writeText(join(out, FILES.summary), verdictMarkdown(verdict));
    await writeText(join(out, FILES.json), object);
  }
  process.stdout.write(json === true ? object : verdictText(verdict, lookOf(process.stdout)));
}
