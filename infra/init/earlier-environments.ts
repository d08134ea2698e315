import type { Environment } from "../environments/environment.ts";

/** What has to be known of an environment to find those that another one may be promoted from. */
export interface Known extends Pick<Environment, "promotedFrom"> {
  readonly name: string;
}

/** Names of environments that end a chain: nothing is promoted from them unless somebody says so. */
const LAST = /^(?:prod|production|live)(?:-|$)/;

export interface Earlier {
  /** Environments that this one may be promoted from without a circle. */
  readonly possible: readonly string[];
  /** What is taken where nobody says anything: an environment, or none; undefined where it has to be said. */
  readonly usual: string | false | undefined;
}

/**
 * The environments that one may be promoted from, of those that are somebody's own: no shipped examples.
 */
export function earlierEnvironments(name: string, all: readonly Known[]): Earlier {
  const possible = all.map((other) => other.name).filter((other) => !chainOf(other, all).includes(name));
  const earlier = possible.filter((other) => !LAST.test(other));
  const isEnd = (other: string) =>
    !all.some((later) => later.promotedFrom === other && earlier.includes(later.name));
  const [end, ...others] = earlier.filter(isEnd);
  return { possible, usual: end === undefined ? false : others.length === 0 ? end : undefined };
}

/** An environment, the one it is promoted from, and so on. */
function chainOf(name: string, all: readonly Known[]): readonly string[] {
  const chain: string[] = [];
  let at: string | undefined = name;
  while (at !== undefined && !chain.includes(at)) {
    const current: string = at;
    chain.push(current);
    at = all.find((other) => other.name === current)?.promotedFrom;
  }
  return chain;
}
