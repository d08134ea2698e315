import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Random decisions of one visitor, in the order in which they are made. */
export interface Random {
  /** A number from 0 to below 1. */
  fraction(): number;
  /** A whole number, both ends included. */
  between(from: number, to: number): number;
  /** True in so large a share of cases, 0 to 1. */
  happens(share: number): boolean;
  /** @throws Error for an empty list. */
  oneOf<T>(choices: readonly T[]): T;
  /** A time of that mean that has no memory: most are short, few are long. */
  around(meanMs: number): number;
}

/**
 * The random stream of one visitor: the same for the same seed and number, however many others there are and
 * whoever of them was answered first.
 */
export function randomOf(seed: number, number: number): Random {
  const generator = xoroshiro128plus(mixed(mixed(seed | 0) ^ mixed(number + 0x9e3779b9)));
  // The state begins with the seed as it is; after a few turns its bits are everywhere.
  for (let turn = 0; turn < 8; turn++) generator.next();
  const fraction = (): number => uniformFloat64(generator);
  return {
    fraction,
    between: (from, to) => uniformInt(generator, from, to),
    happens: (share) => fraction() < share,
    oneOf(choices) {
      const choice = choices[uniformInt(generator, 0, Math.max(0, choices.length - 1))];
      if (choice === undefined) throw new Error("There is nothing to choose from.");
      return choice;
    },
    around: (meanMs) => Math.round(-Math.log(1 - fraction()) * meanMs),
  };
}

/** Finalizer of MurmurHash3: neighbouring numbers become unlike each other. */
function mixed(number: number): number {
  let bits = number | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
