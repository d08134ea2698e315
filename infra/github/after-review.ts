import { COMMENT_LIMIT, stickyMarker } from "../plan/report/markdown.ts";
import { isSigned, type SignedPlace, unsigned } from "./signature.ts";

/** What a merge queue tested, and the digest of its plan, which is one that was reviewed. */
export interface Queued {
  /** The commit that the branch gets, once it is merged. */
  readonly commit: string;
  readonly digest: string;
}

/** What became of a plan after its review: below it in the same comment, and replaced by what comes later. */
export interface AfterReview {
  /** Markdown in which no line is one of those that programs read. */
  readonly text: string;
  /** The same in a few words, for a comment that has no room for more. */
  readonly brief: string;
  /**
   * Null takes away what the comment says.
   *
   * @default what the comment says already
   */
  readonly queued?: Queued | null | undefined;
}

const BEGIN = "<!-- queueit-cf after the review -->";
const QUEUED = /^<!-- queueit-cf queued ([0-9a-f]{40,64}) ([0-9a-f]{64}) -->$/;

/** Characters left free for the signature. */
const ROOM_BELOW = 200;

/** Adds to an environment's comment what became of its plan, in the place of what was said of that before. */
export function withAfterReview(
  comment: string,
  { text, brief, queued = queuedIn(comment) }: AfterReview,
): string {
  const before = beforeIt(unsigned(comment)).trimEnd();
  const head = [
    BEGIN,
    ...(queued === undefined || queued === null
      ? []
      : [`<!-- queueit-cf queued ${queued.commit} ${queued.digest} -->`]),
  ].join("\n");
  const whole = [before, head, text.trim()].join("\n\n");
  return whole.length <= COMMENT_LIMIT - ROOM_BELOW ? whole : [before, head, brief.trim()].join("\n\n");
}

/** What a comment says that a merge queue tested. It counts only in one that is signed. */
export function queuedIn(comment: string): Queued | undefined {
  const [found, ...more] = comment.split(/\r?\n/).flatMap((line) => {
    const [, commit, digest] = QUEUED.exec(line) ?? [];
    return commit === undefined || digest === undefined ? [] : [{ commit, digest }];
  });
  return more.length === 0 ? found : undefined;
}

/** The comment of an environment to write below; where there is none of ours, or somebody edited it, one without a plan. */
export function commentToContinue(body: string | undefined, place: SignedPlace, key: string): string {
  if (body !== undefined && isSigned(body, place, key)) return body;
  return [
    stickyMarker(place.environment),
    `## ⚪ No reviewed plan for \`${place.environment}\``,
    "",
    "No plan of this pull request was reviewed, or somebody edited the comment that showed it.",
  ].join("\n");
}

function beforeIt(comment: string): string {
  const lines = comment.split("\n");
  const begin = lines.indexOf(BEGIN);
  return (begin < 0 ? lines : lines.slice(0, begin)).join("\n");
}
