import type { BrokenOff } from "../terraform/stack.ts";
import type { Review } from "../plan/review.ts";
import { plainText } from "../plan/sentence.ts";

/** What an apply that was broken off did of a plan, what it may have done, and what not. */
export function progressText({ changes }: Pick<Review, "changes">, { done, unfinished }: BrokenOff): string {
  const real = changes.filter(
    ({ effect, kind }) => effect !== "untouched" && effect !== "drift" && kind !== "output",
  );
  const isDone = new Set(done);
  const isUnfinished = new Set(unfinished);
  return (
    section(
      "Done:",
      real.filter(({ address }) => isDone.has(address)),
    ) +
    section(
      "Under way, and possibly done:",
      real.filter(({ address }) => isUnfinished.has(address)),
    ) +
    section(
      "Not begun:",
      real.filter(({ address }) => !isDone.has(address) && !isUnfinished.has(address)),
    )
  );
}

/** What is to be done once more, where a second plan says so. */
export function leftText({ changes }: Pick<Review, "changes">, failure: string | undefined): string {
  const left = changes
    .filter(({ effect }) => effect !== "untouched" && effect !== "drift")
    .map(({ sentence }) => plainText(sentence));
  return [...left, ...(failure === undefined ? [] : [failure])].map((line) => `\n- ${line}`).join("");
}

/** Addresses that a plan would make anew. */
export function createdBy({ changes }: Pick<Review, "changes">): ReadonlySet<string> {
  return new Set(changes.flatMap(({ effect, address }) => (effect === "create" ? [address] : [])));
}

function section(title: string, changes: Review["changes"]): string {
  if (changes.length === 0) return "";
  return `\n${title}${changes.map(({ sentence }) => `\n- ${plainText(sentence)}`).join("")}`;
}
