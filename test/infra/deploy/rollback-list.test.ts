import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { folderBlobs } from "../../../infra/bundles/folder-blobs.ts";
import { type BundleStore, storeBundlesIn } from "../../../infra/bundles/stored-bundles.ts";
import {
  earlierBundles,
  earlierBundlesJson,
  earlierBundlesText,
} from "../../../infra/deploy/rollback-list.ts";
import { sha256Of } from "../../../infra/files/sha256.ts";
import { newFolder } from "../../support/new-folder.ts";
import { faultsInOutput } from "../formats/validator.ts";

const DIGEST = "d".repeat(64);

let kept: string;
let store: BundleStore;
beforeEach(async () => {
  kept = await newFolder();
  store = storeBundlesIn(folderBlobs(kept));
});

/** Deploys a Worker of this text, for the record. @returns Its hash. */
async function deployed(text: string, day: number): Promise<string> {
  const path = join(await newFolder(), "worker.mjs");
  await writeFile(path, text);
  const sha256 = sha256Of(Buffer.from(text));
  await store.keep({ path, sha256, format: "es-module" });
  const deployedAt = `2026-11-0${day}T10:00:00.000Z`;
  await store.record("production", { sha256, bytes: 1536, deployedAt, digest: DIGEST });
  return sha256;
}

const listed = async () => earlierBundles("production", store, await newFolder());

describe("the bundles to go back to", () => {
  it("are each told once, the last deployed first", async () => {
    const [first, second] = [await deployed("first", 1), await deployed("second", 2)];
    await deployed("first", 3);
    expect((await listed()).map(({ sha256, isLast }) => [sha256, isLast])).toEqual([
      [first, true],
      [second, false],
    ]);
  });

  it("are offered where their bytes are what ran, and otherwise said to be lost", async () => {
    const [first, second] = [await deployed("first", 1), await deployed("second", 2)];
    const third = await deployed("third", 3);
    await rm(join(kept, first));
    await writeFile(join(kept, second), "changed");
    const bundles = await listed();
    expect(bundles.map(({ stored }) => stored)).toEqual(["whole", "changed", "missing"]);
    const text = earlierBundlesText("production", "bundles", bundles);
    expect(text).toContain(
      `- ${third.slice(0, 12)}, deployed 2026-11-03T10:00:00.000Z, 1.5 KiB, the last deployed`,
    );
    expect(text).toContain("its bytes were changed");
    expect(text).toContain("There is none to go back to.");
    expect(faultsInOutput(earlierBundlesJson("production", bundles))).toEqual([]);
  });

  it("end in the command that goes back", async () => {
    const first = await deployed("first", 1);
    await deployed("second", 2);
    expect(earlierBundlesText("production", "bundles", await listed())).toContain(
      `  npx queueit-cf rollback production --to ${first.slice(0, 12)}`,
    );
  });

  it("are none where nothing is recorded", async () => {
    expect(earlierBundlesText("production", "bundles", await listed())).toContain("has no record");
  });
});
