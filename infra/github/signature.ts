import { createHmac, timingSafeEqual } from "node:crypto";

/** Which comment a signature is for: copied to another place, it is worth nothing. */
export interface SignedPlace {
  /** Path of the repository in the API. */
  readonly repository: string;
  readonly pullRequest: number;
  readonly environment: string;
}

const LINE = /\n<!-- queueit-cf signature ([0-9a-f]{64}) -->$/;

/**
 * A comment with a last line that says that we wrote all of it. Whoever may write to a repository can edit
 * the comments of others, and GitHub goes on naming the first author.
 *
 * @param key QUEUEIT_PLAN_KEY.
 */
export function signed(text: string, place: SignedPlace, key: string): string {
  return `${text.trimEnd()}\n<!-- queueit-cf signature ${signatureOf(text, place, key)} -->`;
}

/**
 * Whether a comment is exactly what {@link signed} made for this place, but for what GitHub does to line
 * ends.
 */
export function isSigned(comment: string, place: SignedPlace, key: string): boolean {
  const text = plain(comment);
  const [line = "", signature = ""] = LINE.exec(text) ?? [];
  const expected = signatureOf(text.slice(0, text.length - line.length), place, key);
  return timingSafeEqual(Buffer.from(signature.padEnd(64)), Buffer.from(expected));
}

/** The comment without its last line, which says that it is ours; the same where it has none. */
export function unsigned(comment: string): string {
  return plain(comment).replace(LINE, "");
}

function signatureOf(
  text: string,
  { repository, pullRequest, environment }: SignedPlace,
  key: string,
): string {
  // A list in JSON: no part of it can be taken for the beginning of the next.
  const message = ["queueit-cf comment 1", repository, pullRequest, environment, plain(text)];
  return createHmac("sha256", key).update(JSON.stringify(message)).digest("hex");
}

function plain(text: string): string {
  return text.replaceAll("\r\n", "\n").trim();
}
