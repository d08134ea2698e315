import { UserError } from "../errors/user-error.ts";

/** How many environments one after the other the workflow deploy.yml has jobs for: it cannot have more while it runs. */
export const LONGEST_CHAIN = 4;

/** What has to be known of an environment, sound or not: what is wrong with it is said where it is planned. */
export interface Placed {
  readonly name: string;
  readonly promotedFrom?: string | undefined;
}

/** An environment as a job of a workflow gets it. */
export interface DeployJob {
  readonly environment: string;
  /**
   * Name of the secret with the secret key of the environment before it, which promoting verifies once more; missing
   * where there is none before it.
   */
  readonly earlierKey?: string;
}

/**
 * The environments in the order in which they are deployed: first those that are promoted from none, then those that
 * are promoted from these, and so on.
 *
 * @param only Keeps this one and those that are promoted from it. Default: all are kept.
 * @throws UserError when a chain is longer than the workflow.
 */
export function deployOrder(
  environments: readonly Placed[],
  only?: string,
): readonly (readonly DeployJob[])[] {
  const chains = environments.map(({ name }) => chainOf(name, environments));
  const longest = chains.find(({ length }) => length > LONGEST_CHAIN);
  if (longest !== undefined) {
    throw new UserError(
      "github-chain",
      `${[...longest].reverse().join(", then ")} is a chain of ${longest.length} environments, and the workflow ` +
        `.github/workflows/deploy.yml has jobs for ${LONGEST_CHAIN}. Take one out of the chain, by the promotedFrom ` +
        "of the one that follows it.",
    );
  }
  return Array.from({ length: LONGEST_CHAIN }, (_, level) =>
    chains
      .filter((chain) => chain.length === level + 1 && (only === undefined || chain.includes(only)))
      .map(([environment = "", earlier]) => ({
        environment,
        ...(earlier !== undefined && {
          earlierKey: `QUEUEIT_SECRET_KEY_${earlier.toUpperCase().replaceAll("-", "_")}`,
        }),
      })),
  );
}

/** An environment, the one that it is promoted from, and so on. */
function chainOf(name: string, environments: readonly Placed[]): readonly string[] {
  const earlier = environments.find((other) => other.name === name)?.promotedFrom;
  if (earlier === undefined) return [name];
  // Without this one, a circle has an end.
  const others = environments.filter((other) => other.name !== name);
  return [name, ...chainOf(earlier, others)];
}
