import { show } from "../text/show.ts";

/** A value of a configuration in quotes: escaped, shortened, never a secret. */
export function quoted(value: string): string {
  return show(value) ?? "";
}

/** Words as people list them: `a, b or c`. */
export function listed(words: readonly string[], conjunction: "and" | "or"): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} ${conjunction} ${last}`;
}
