import { readFileSync } from "node:fs";
import { type Counts, WAYS } from "./counts.ts";

const KILLS_HEADING = "## Commands that are ended at any moment";

/** The section of a page, from its heading to the end; empty where there is none. */
export function killsSection(page: string): string {
  const start = page.indexOf(KILLS_HEADING);
  return start < 0 ? "" : page.slice(start);
}

/** The section as it was written by the last whole run. */
export function keptKillsSection(path: string): string {
  return killsSection(readFileSync(path, "utf8"));
}

export function newKillsSection(counts: Counts): string {
  const rows = counts.rows().map(({ command, count }) => {
    const cells = [`\`${command}\``, String(count), ...WAYS.map((way) => String(counts.of(command, way)))];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    KILLS_HEADING,
    "",
    `Written by \`npm run test:long\` (\`test/long/kills/\`): ${counts.total} commands, each ended at a random moment of its work by \`kill -9\`, Ctrl-C, Ctrl-C twice, SIGTERM or SIGHUP, with real Terraform and real Workers. ${counts.applying} of them were ended once an apply had begun.`,
    "",
    "After each: everything that the command started has ended too; the next command leaves no plan file, which would hold every secret, in any temporary folder; the next deploy takes the lock and goes on, or has nothing to change; nothing that was acknowledged is lost (the state has every object that a deploy said is done, the record of bundles every one that it said is deployed, and a local account every one of the " +
      `${counts.acknowledged} changes that it answered); whatever was not killed at once has said what it means.`,
    "",
    "<!-- prettier-ignore -->",
    "| Command | Times | Killed at once | Ended in order, with what that means | Done before |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
