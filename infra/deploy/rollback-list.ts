import type { BundleStore } from "../bundles/stored-bundles.ts";
import { UserError } from "../errors/user-error.ts";
import { inFormat } from "../json/format.ts";
import { toJson } from "../plan/report/json.ts";
import { counted } from "../text/counted.ts";
import { ROLLBACK_LIST } from "./rollback-list-format.ts";

/** A bundle that an environment ran. */
export interface EarlierBundle {
  readonly sha256: string;
  readonly bytes: number;
  /** When it was deployed last: ISO 8601, UTC. */
  readonly deployedAt: string;
  /** Whether the last deploy brought it. */
  readonly isLast: boolean;
  /** Whether its bytes are there and are those that ran; otherwise why nobody can go back to it. */
  readonly stored: "whole" | "missing" | "changed";
}

/**
 * What an environment ran, each bundle once, the last deployed first. The bytes of each are looked at.
 *
 * @param folder That they may be written to.
 * @throws UserError when the record is broken, or the store cannot be read.
 */
export async function earlierBundles(
  environment: string,
  store: BundleStore,
  folder: string,
): Promise<readonly EarlierBundle[]> {
  const history = await store.history(environment);
  const newest = history.filter(
    ({ sha256 }, index) => history.findIndex((other) => other.sha256 === sha256) === index,
  );
  return Promise.all(
    newest.map(async ({ sha256, bytes, deployedAt }, index) => ({
      sha256,
      bytes,
      deployedAt,
      isLast: index === 0,
      stored: await storedState(store, sha256, folder),
    })),
  );
}

async function storedState(
  store: BundleStore,
  sha256: string,
  folder: string,
): Promise<EarlierBundle["stored"]> {
  try {
    await store.take(sha256, folder);
    return "whole";
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (error.code === "bundle-missing") return "missing";
    if (error.code === "bundle-changed") return "changed";
    throw error;
  }
}

/** The list for programs. Hashes, numbers and times: nothing in it is anybody's text. */
export function earlierBundlesJson(environment: string, bundles: readonly EarlierBundle[]): string {
  return toJson(inFormat(ROLLBACK_LIST, { environment, bundles }));
}

const WORDS = {
  whole: "",
  missing: ", cannot be brought back: it is not stored any more",
  changed: ", cannot be brought back: its bytes were changed",
} as const;

/** The list for people. */
export function earlierBundlesText(
  environment: string,
  place: string,
  bundles: readonly EarlierBundle[],
): string {
  if (bundles.length === 0) {
    return (
      `${place} has no record of a bundle that ${environment} ran: only what queueit-cf deploys is recorded. To go ` +
      "back, deploy from an earlier checkout."
    );
  }
  const lines = bundles.map(
    ({ sha256, bytes, deployedAt, isLast, stored }) =>
      `- ${sha256.slice(0, 12)}, deployed ${deployedAt}, ${(bytes / 1024).toFixed(1)} KiB` +
      `${isLast ? ", the last deployed" : ""}${WORDS[stored]}`,
  );
  const earlier = bundles.find(({ isLast, stored }) => !isLast && stored === "whole");
  return [
    `${environment} ran ${counted(bundles.length, "bundle")}, by the record in ${place}:`,
    ...lines,
    ...(earlier === undefined
      ? ["There is none to go back to."]
      : [
          "To go back to one:",
          `  npx queueit-cf rollback ${environment} --to ${earlier.sha256.slice(0, 12)}`,
        ]),
  ].join("\n");
}
