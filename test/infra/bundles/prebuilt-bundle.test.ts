import { appendFile, cp, rm } from "node:fs/promises";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildBundle } from "../../../infra/bundles/build-bundle.ts";
import type { Bundle } from "../../../infra/bundles/bundle.ts";
import { HASH_FILE, hashLine, readPrebuiltBundle } from "../../../infra/bundles/prebuilt-bundle.ts";
import { newFolder } from "../../support/new-folder.ts";

let built: Bundle;
let packed: string;
let folder: string;
beforeAll(async () => {
  packed = await newFolder();
  built = await buildBundle(packed);
  await writeFile(join(packed, HASH_FILE), hashLine(built.sha256));
});
beforeEach(async () => {
  folder = await newFolder();
  await cp(packed, folder, { recursive: true });
});

describe("the bundle of an installed package", () => {
  it("is the one that was built", () => {
    const { sha256, bytes, format } = readPrebuiltBundle(folder);
    expect({ sha256, bytes, format }).toEqual({
      sha256: built.sha256,
      bytes: built.bytes,
      format: "es-module",
    });
  });

  it.each([
    ["its bytes were changed", () => appendFile(join(folder, "worker.mjs"), " ")],
    ["its hash was changed", () => writeFile(join(folder, HASH_FILE), hashLine("0".repeat(64)))],
    ["it is not there", () => rm(join(folder, "worker.mjs"))],
    ["its hash is not there", () => rm(join(folder, HASH_FILE))],
  ])("is refused where %s", async (_, change) => {
    await change();
    expect(() => readPrebuiltBundle(folder)).toThrow(
      expect.objectContaining({ code: "package-damaged", message: expect.stringContaining(folder) }),
    );
  });
});
