import { closestMatch } from "leven";

/**
 * The known word that a misspelt one most likely stands for, whatever its case; undefined when none is near.
 *
 * @param maxDistance Letters that may differ. Default: a third of the word, but two at least.
 */
export function nearest(
  word: string,
  known: readonly string[],
  maxDistance = Math.max(2, Math.floor(word.length / 3)),
): string | undefined {
  const lowerCase = known.map((candidate) => candidate.toLowerCase());
  const closest = closestMatch(word.toLowerCase(), lowerCase, { maxDistance });
  return closest === undefined ? undefined : known[lowerCase.indexOf(closest)];
}
