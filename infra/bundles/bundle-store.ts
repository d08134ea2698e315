import { dirname, join, posix } from "node:path";
import type { StateBackend } from "../environments/definition/state-backend.ts";
import type { Blobs } from "./blobs.ts";
import { requireConditionalWrites } from "./conditional-writes.ts";
import { folderBlobs } from "./folder-blobs.ts";
import { objectBlobs } from "./object-blobs.ts";
import { objectStoreEndpoint } from "./object-store-endpoint.ts";
import { type BundleStore, storeBundlesIn } from "./stored-bundles.ts";
import type { Variables } from "../variables/command-variables.ts";

export interface BundleStoreOptions {
  /** Absolute folder that local paths are relative to. */
  readonly projectRoot: string;
  /** Environment variables: the credentials of the bucket. */
  readonly variables: Variables;
}

/**
 * Folder for the bundles of environments whose state is in HCP Terraform, which keeps no files. CI has to
 * cache it.
 */
const LOOSE_BUNDLES = ".queueit-bundles";

/**
 * The store beside an environment's state: in the same bucket, or in a folder beside the state's file.
 *
 * @throws UserError when the credentials of the bucket are missing, or they or its address cannot be right.
 */
export async function bundleStoreOf(
  backend: StateBackend,
  { projectRoot, variables }: BundleStoreOptions,
): Promise<BundleStore> {
  switch (backend.type) {
    case "local":
      return storeBundlesIn(folderBlobs(join(projectRoot, dirname(backend.path), "bundles")));
    case "hcp":
      return storeBundlesIn(folderBlobs(join(projectRoot, LOOSE_BUNDLES)));
    case "r2":
    case "s3":
      return storeBundlesIn(await bucketBlobs(backend, variables));
  }
}

/**
 * Makes sure that the lock of a state in a bucket is one, before it is trusted.
 *
 * @returns Whether that is known: false where there are no credentials in variables to try it with.
 * @throws UserError when the bucket would let two deploys go on at once, or cannot be written.
 */
export async function requireStateLock(
  backend: StateBackend,
  { variables }: Pick<BundleStoreOptions, "variables">,
): Promise<boolean> {
  if (backend.type !== "r2" && backend.type !== "s3") return true;
  if ((variables.AWS_ACCESS_KEY_ID ?? "") === "") return false;
  await requireConditionalWrites(await bucketBlobs(backend, variables));
  return true;
}

async function bucketBlobs(
  backend: Extract<StateBackend, { type: "r2" | "s3" }>,
  variables: BundleStoreOptions["variables"],
): Promise<Blobs> {
  const endpoint = await objectStoreEndpoint(backend, variables);
  const prefix = posix.join(posix.dirname(backend.key), "bundles");
  const region = backend.type === "s3" ? backend.region : "auto";
  return objectBlobs({ endpoint, bucket: backend.bucket, prefix, region, variables });
}
