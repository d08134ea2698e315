import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { WorkerFile } from "../specification/specification.ts";
import { UserError } from "../errors/user-error.ts";
import { type Blob, type Blobs, MOST_BYTES } from "./blobs.ts";
import { BUNDLE_FORM } from "./bundle-form.ts";
import { BUNDLE_HISTORY, type DeployedBundle } from "./deployed-bundle.ts";
import { sha256Of } from "../files/sha256.ts";
import { jsonOf } from "../json/json-of.ts";

/** Bundles of the Worker by their hash, and which environment ran which. Nothing is ever deleted. */
export interface BundleStore {
  /** Where it is, for people: a folder, or `bucket/prefix`. */
  readonly place: string;
  /**
   * Keeps a Worker file. The same bytes twice are kept once; a damaged copy is fixed.
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

/** More than anybody goes back. */
const MOST_RECORDED = 100;
/** So many deploys of one environment never end in the same moment. */
const MOST_ATTEMPTS = 10;

/** A bundle store on top of blobs: `<hash>`, `<hash>.json` and `history/<environment>.json`. */
export function storeBundlesIn(blobs: Blobs): BundleStore {
  return {
    place: blobs.place,
    keep: async (file) => {
      const bytes = await readWhole(file);
      const form = BUNDLE_FORM.schema.parse({
        name: basename(file.path),
        format: file.format,
        hooks: file.hooks,
      });
      // The form first: whoever finds the bytes finds it too.
      await changeBlob(blobs, `${file.sha256}.json`, () => textBytes(form));
      await changeBlob(blobs, file.sha256, () => bytes);
    },
    take: (sha256, folder) => take(blobs, sha256, folder),
    history: async (environment) => entriesIn(await blobs.read(historyName(environment)), blobs, environment),
    record: (environment, bundle) => record(blobs, environment, bundle),
  };
}

async function readWhole({ path, sha256 }: WorkerFile): Promise<Uint8Array> {
  const bytes = await readFile(path);
  if (bytes.length <= MOST_BYTES && sha256Of(bytes) === sha256) return bytes;
  const what =
    bytes.length > MOST_BYTES
      ? "is larger than the 10 MiB that Cloudflare accepts"
      : "was changed after it was planned";
  throw new UserError(
    "bundle-file",
    `The Worker file ${path} ${what}. It was not stored, and nothing was deployed. Build it again, then plan again.`,
  );
}

/**
 * Writes what `change` makes of a blob, however many others do so meanwhile. A damaged copy is fixed this way
 * too.
 */
async function changeBlob(
  blobs: Blobs,
  name: string,
  change: (blob: Blob | undefined) => Uint8Array,
): Promise<void> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const blob = await blobs.read(name);
    const wanted = change(blob);
    if (blob !== undefined && Buffer.compare(blob.bytes, wanted) === 0) return;
    if (await blobs.write(name, wanted, blob?.tag)) return;
  }
  throw new UserError(
    "bundles-contended",
    `${name} in ${blobs.place} could not be written: something else keeps writing to it. Look for other ` +
      "deploys that are running, let them finish, then run this again.",
  );
}

async function take(blobs: Blobs, sha256: string, folder: string): Promise<WorkerFile> {
  const [kept, form] = [await blobs.read(sha256), await blobs.read(`${sha256}.json`)];
  if (kept === undefined || form === undefined) {
    throw new UserError(
      "bundle-missing",
      `The bundle ${sha256} is not stored in ${blobs.place}. Only bundles deployed with "queueit-cf ` +
        'deploy" are; deploy from a checkout that builds it instead.',
    );
  }
  const parsed = BUNDLE_FORM.schema.safeParse(jsonOf(textOf(form.bytes)));
  if (sha256Of(kept.bytes) !== sha256 || !parsed.success) {
    throw new UserError(
      "bundle-changed",
      `What ${blobs.place} keeps as the bundle ${sha256} is not what was stored there: its bytes were ` +
        "changed. Nothing was deployed. Find out who can write there, and deploy from a checkout that " +
        "builds it instead.",
    );
  }
  const path = join(folder, parsed.data.name);
  await writeFile(path, kept.bytes);
  const { format, hooks } = parsed.data;
  return { path, sha256, format, hooks };
}

function entriesIn(blob: Blob | undefined, { place }: Blobs, environment: string): readonly DeployedBundle[] {
  if (blob === undefined) return [];
  const parsed = BUNDLE_HISTORY.schema.safeParse(jsonOf(textOf(blob.bytes)));
  if (parsed.success) return parsed.data;
  throw new UserError(
    "history-broken",
    `${historyName(environment)} in ${place}, which records the bundles of ${environment}, is damaged: it ` +
      "is not what was written there. It was left as it is: repair it, or move it elsewhere to start over.",
  );
}

/**
 * A deploy that is recorded already is not recorded again: the answer to an attempt that succeeded may get
 * lost.
 */
function record(blobs: Blobs, environment: string, bundle: DeployedBundle): Promise<void> {
  const isSame = ({ sha256, deployedAt, digest }: DeployedBundle) =>
    sha256 === bundle.sha256 && deployedAt === bundle.deployedAt && digest === bundle.digest;
  return changeBlob(blobs, historyName(environment), (blob) => {
    const entries = entriesIn(blob, blobs, environment);
    const wanted = entries.some(isSame) ? entries : [bundle, ...entries].slice(0, MOST_RECORDED);
    // What could not be read again is never written.
    return textBytes(BUNDLE_HISTORY.schema.parse(wanted));
  });
}

function historyName(environment: string): string {
  return `history/${environment}.json`;
}

function textBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
