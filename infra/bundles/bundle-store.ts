import { dirname, join, posix } from "node:path";
import type { StateBackend, WorkerFile } from "../specification/specification.ts";
import type { DeployedBundle } from "./deployed-bundle.ts";
import { folderBlobs } from "./folder-blobs.ts";
import { objectBlobs } from "./object-blobs.ts";
import { objectStoreEndpoint } from "./object-store-endpoint.ts";
import { storeBundlesIn } from "./stored-bundles.ts";

/** Bundles of the Worker by their hash, and which environment ran which. Nothing is ever deleted. */
export interface BundleStore {
  /** Where it is, for people: a folder, or `bucket/prefix`. */
  readonly place: string;
  /**
   * Keeps a Worker file. The same bytes twice are kept once; a damaged copy is mended.
   *
   * @throws UserError when the file is too large or does not fit its hash any more.
   */
  readonly keep: (file: WorkerFile) => Promise<void>;
  /**
   * Writes a kept file into a folder of this machine.
   *
   * @throws UserError when none has this hash, or the kept one has been changed.
   */
  readonly take: (sha256: string, folder: string) => Promise<WorkerFile>;
  /** What an environment ran, newest first. @throws UserError when the record is broken. */
  readonly history: (environment: string) => Promise<readonly DeployedBundle[]>;
  /** Adds to what an environment ran, whoever else does so at the same time. */
  readonly record: (environment: string, bundle: DeployedBundle) => Promise<void>;
}

export interface BundleStoreOptions {
  /** Absolute folder that local paths are relative to. */
  readonly projectRoot: string;
  /** Environment variables: the credentials of the bucket. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Folder for the bundles of environments whose state is in HCP Terraform, which keeps no files. CI has to cache it. */
const LOOSE_BUNDLES = ".queueit-bundles";

/**
 * The store beside an environment's state: in the same bucket, or in a folder beside the state's file.
 *
 * @throws UserError when the credentials of the bucket are missing, or they or its address cannot be right.
 */
export async function bundleStoreOf(
  backend: StateBackend,
  { projectRoot, environment }: BundleStoreOptions,
): Promise<BundleStore> {
  switch (backend.type) {
    case "local":
      return storeBundlesIn(folderBlobs(join(projectRoot, dirname(backend.path), "bundles")));
    case "hcp":
      return storeBundlesIn(folderBlobs(join(projectRoot, LOOSE_BUNDLES)));
    case "r2":
    case "s3": {
      const endpoint = await objectStoreEndpoint(backend, environment);
      const prefix = posix.join(posix.dirname(backend.key), "bundles");
      const region = backend.type === "s3" ? backend.region : "auto";
      return storeBundlesIn(objectBlobs({ endpoint, bucket: backend.bucket, prefix, region, environment }));
    }
  }
}
