import { closestMatch } from "leven";

/**
 * The known word that a misspelt one most likely stands for, whatever its case; undefined when none is near.
 *
 * @param maxDistance Letters that may differ. Default: a third of the word, but two at least. Never all
 * of them.
 */
export function nearest(
  word: string,
  known: readonly string[],
  maxDistance = Math.max(2, Math.floor(word.length / 3)),
): string | undefined {
  const lowerCase = known.map((candidate) => candidate.toLowerCase());
  // Another word altogether is as many letters away as it has itself: "&&" is not a misspelt "Or".
  const closest = closestMatch(word.toLowerCase(), lowerCase, {
    maxDistance: Math.min(maxDistance, word.length - 1),
  });
  return closest === undefined ? undefined : known[lowerCase.indexOf(closest)];
}
