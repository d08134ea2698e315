/** How many lines of either side are shown: whoever needs more looks at both plans. */
const MOST_LINES = 25;

/**
 * What differs between two reports of plans of the same environment, in Markdown, for people.
 *
 * @param reviewed The report that was reviewed; both are ours, so that what is in them is safe to show.
 */
export function planDifference(reviewed: string, now: string): string {
  const [before, after] = [entriesOf(reviewed), entriesOf(now)];
  const sides = [
    ...side(
      "Only in the plan that was reviewed",
      before.filter((entry) => !after.includes(entry)),
    ),
    ...side(
      "Only in this plan",
      after.filter((entry) => !before.includes(entry)),
    ),
  ];
  return sides.length === 0
    ? "The words of both are the same: what differs is a value that is not written out, such as a secret."
    : sides.join("\n");
}

function side(title: string, entries: readonly string[]): readonly string[] {
  if (entries.length === 0) return [];
  const rest = entries.length - MOST_LINES;
  return [
    `**${title}**`,
    "",
    ...entries.slice(0, MOST_LINES).map((entry) => `- ${entry}`),
    ...(rest > 0 ? [`- and ${rest} more`] : []),
    "",
  ];
}

/** The entries of a report's lists: its risks, what goes away, what changes, what is covered. */
function entriesOf(report: string): readonly string[] {
  const [listed = ""] = report.replaceAll("\r\n", "\n").split(/^Digest `/m);
  return listed.split("\n").flatMap((line) => /^ *- (.+)$/.exec(line)?.[1] ?? []);
}
