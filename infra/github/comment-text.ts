import { UserError } from "../errors/user-error.ts";
import { COMMENT_LIMIT, stickyMarker } from "../plan/report/markdown.ts";

/** What a comment of ours says about the plan in it. */
export interface Shown {
  /** The digest that a person saw; undefined when there is none, or more than one. */
  readonly digest: string | undefined;
  /** The commit that was planned. */
  readonly commit: string | undefined;
  /** Number of the event of the label that its risks were accepted with; undefined when they were not. */
  readonly acceptedWith: number | undefined;
  /** Hash of the risks that had to be accepted; undefined when there was none. */
  readonly risks: string | undefined;
}

/** What a comment says below its report. */
export interface Below {
  /** One more line for the reader, in Markdown. */
  readonly note?: string | undefined;
  /** Number of the event of the label that accepted the risks. */
  readonly acceptedWith?: number | undefined;
  /** Hash of the risks that have to be accepted. */
  readonly risks?: string | undefined;
}

/**
 * The text of an environment's comment: its report, and below it which commit that is of.
 *
 * @param report The Markdown report, which begins with the environment's marker.
 */
export function commentText(
  environment: string,
  report: string,
  commit: string,
  { note, acceptedWith, risks }: Below = {},
): string {
  requireMarker(environment, report);
  const below = [
    `<sub>Plan of commit ${commit.slice(0, 12)}.</sub>`,
    commitLine(commit),
    ...(risks === undefined ? [] : [`<!-- queueit-cf risks ${risks} -->`]),
    ...(acceptedWith === undefined ? [] : [`<!-- queueit-cf accepted ${acceptedWith} -->`]),
  ].join("\n");
  return fitting([report.trimEnd(), ...(note === undefined ? [] : [note]), below].join("\n\n"));
}

/** The text of an environment's comment when there is no plan of a commit: an older one would mislead. */
export function failedText(environment: string, commit: string, runUrl: string | undefined): string {
  const where = runUrl === undefined ? "the log of the run" : `[the log of the run](${runUrl})`;
  return [
    stickyMarker(environment),
    `## ⚪ No plan for \`${environment}\``,
    "",
    `Commit ${commit.slice(0, 12)} could not be planned. What went wrong is in ${where}.`,
    "",
    commitLine(commit),
  ].join("\n");
}

/** Reads what {@link commentText} wrote. Values of a report never fill a line of their own. */
export function shownIn(text: string): Shown {
  const lines = text.split(/\r?\n/);
  const accepted = only(lines, /^<!-- queueit-cf accepted (\d{1,15}) -->$/);
  return {
    digest: only(lines, /^Digest `([0-9a-f]{64})`$/),
    commit: only(lines, /^<!-- queueit-cf commit ([0-9a-f]{40,64}) -->$/),
    acceptedWith: accepted === undefined ? undefined : Number(accepted),
    risks: only(lines, /^<!-- queueit-cf risks ([0-9a-f]{64}) -->$/),
  };
}

/**
 * The lines of a report that programs read, each in a group of its own: nothing that is hidden may change
 * them.
 */
const MACHINE_READ = /((?<![^])<!-- queueit-cf (?:plan|drift) [a-z0-9_-]+ -->$|^Digest `[0-9a-f]{64}`$)/m;

/**
 * A report as everybody may read it. Before anything is added to it or signed: what is ours in a comment,
 * such as the environment's name in its marker, may be somebody's secret by chance, and has to stay.
 *
 * @param withoutSecrets Hides what is secret in a text.
 */
export function publicReport(report: string, withoutSecrets: (text: string) => string): string {
  return report
    .replaceAll("\r\n", "\n")
    .split(MACHINE_READ)
    .map((part, index) => (index % 2 === 1 ? part : withoutSecrets(part)))
    .join("");
}

/** Whether a text begins with a marker, on a line of its own. */
export function beginsWith(marker: string, text: string): boolean {
  return text.split(/\r?\n/, 1)[0] === marker;
}

/** Whether two texts are the same to GitHub, which trims and may write line ends differently. */
export function sameText(one: string, other: string): boolean {
  const plain = (text: string) => text.replaceAll("\r\n", "\n").trim();
  return plain(one) === plain(other);
}

/** @throws UserError when GitHub would refuse the text for its length. */
export function fitting(text: string): string {
  if (text.length <= COMMENT_LIMIT) return text;
  throw new UserError(
    "github-comment-length",
    `The text has ${text.length} characters, and GitHub accepts at most ${COMMENT_LIMIT}. Give the file ` +
      "that --markdown of queueit-cf wrote, which is never too long, unchanged.",
  );
}

function requireMarker(environment: string, report: string): void {
  const marker = stickyMarker(environment);
  if (beginsWith(marker, report)) return;
  throw new UserError(
    "github-comment-marker",
    `The Markdown is not a report for ${environment}: its first line is not ${marker}. Give the file that ` +
      `queueit-cf plan ${environment} --markdown wrote, unchanged.`,
  );
}

function commitLine(commit: string): string {
  return `<!-- queueit-cf commit ${commit} -->`;
}

function only(lines: readonly string[], pattern: RegExp): string | undefined {
  const found = lines.flatMap((line) => pattern.exec(line)?.[1] ?? []);
  return found.length === 1 ? found[0] : undefined;
}
