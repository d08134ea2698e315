import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import type { WorkerFile } from "../connector/specification.ts";
import { UserError } from "../errors.ts";
import type { Blobs } from "./blobs.ts";
import type { BundleStore } from "./bundle-store.ts";
import { type DeployedBundle, HISTORY } from "./deployed-bundle.ts";
import { sha256Of } from "./sha256.ts";

/** More than anybody goes back. */
const MOST_RECORDED = 100;
/** So many deploys of one environment never end in the same moment. */
const MOST_ATTEMPTS = 10;

/** How a Worker file has to be uploaded; kept beside its bytes. */
const FORM = z.object({
  name: z.string().regex(/^[\w.-]+$/),
  format: z.enum(["es-module", "service-worker"]),
});

/** A bundle store on top of blobs: `<hash>`, `<hash>.json` and `history/<environment>.json`. */
export function storeBundlesIn(blobs: Blobs): BundleStore {
  return {
    place: blobs.place,
    keep: async ({ path, sha256, format }) => {
      const form = FORM.parse({ name: basename(path), format });
      // The form first: whoever finds the bytes finds it too.
      await blobs.write(`${sha256}.json`, textBytes(form), undefined);
      await blobs.write(sha256, await readFile(path), undefined);
    },
    take: (sha256, folder) => take(blobs, sha256, folder),
    history: async (environment) => (await readHistory(blobs, environment)).entries,
    record: (environment, bundle) => record(blobs, environment, bundle),
  };
}

async function take(blobs: Blobs, sha256: string, folder: string): Promise<WorkerFile> {
  const [kept, form] = [await blobs.read(sha256), await blobs.read(`${sha256}.json`)];
  if (kept === undefined || form === undefined) {
    throw new UserError(
      "bundle-missing",
      `The bundle ${sha256} is not kept in ${blobs.place}. Only bundles that "queueit-cf deploy" brought are; deploy from ` +
        "a checkout that builds it instead.",
    );
  }
  const parsed = FORM.safeParse(parseJson(form.bytes));
  if (sha256Of(kept.bytes) !== sha256 || !parsed.success) {
    throw new UserError(
      "bundle-changed",
      `What ${blobs.place} keeps as the bundle ${sha256} is not what was kept: its bytes were changed. Nothing was deployed. ` +
        "Find out who can write there, and deploy from a checkout that builds it instead.",
    );
  }
  const path = join(folder, parsed.data.name);
  await writeFile(path, kept.bytes);
  return { path, sha256, format: parsed.data.format };
}

interface History {
  readonly entries: readonly DeployedBundle[];
  readonly tag: string | undefined;
}

async function readHistory(blobs: Blobs, environment: string): Promise<History> {
  const name = historyName(environment);
  const blob = await blobs.read(name);
  if (blob === undefined) return { entries: [], tag: undefined };
  const parsed = HISTORY.safeParse(parseJson(blob.bytes));
  if (parsed.success) return { entries: parsed.data, tag: blob.tag };
  throw new UserError(
    "history-broken",
    `${name} in ${blobs.place}, which records the bundles of ${environment}, is not what was written there. It is left as ` +
      "it is: mend it, or move it away to begin anew.",
  );
}

async function record(blobs: Blobs, environment: string, bundle: DeployedBundle): Promise<void> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const { entries, tag } = await readHistory(blobs, environment);
    const wanted = [bundle, ...entries].slice(0, MOST_RECORDED);
    if (await blobs.write(historyName(environment), textBytes(wanted), tag)) return;
  }
  throw new UserError(
    "history-contended",
    `${environment} is deployed, but its record in ${blobs.place} could not be written: somebody else writes there all the time.`,
  );
}

function historyName(environment: string): string {
  return `history/${environment}.json`;
}

function textBytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
