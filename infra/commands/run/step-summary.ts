import { appendFile } from "node:fs/promises";

/** Appends Markdown to the summary of a workflow's run; elsewhere there is none, and no step fails for want of it. */
export async function writeStepSummary(markdown: string): Promise<void> {
  const path = process.env["GITHUB_STEP_SUMMARY"] ?? "";
  if (path !== "") await appendFile(path, `${markdown.trim()}\n\n`).catch(() => undefined);
}
