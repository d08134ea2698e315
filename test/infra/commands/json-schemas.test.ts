import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";

async function schemasInCode(): Promise<ReadonlySet<string>> {
  const folder = join(PACKAGE_ROOT, "infra");
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".ts"));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return new Set(texts.flatMap((text) => text.match(/(?<=")queueit-cf\/[\w-]+\/\d+(?=")/g) ?? []));
}

describe("JSON for programs", () => {
  it("has each of its schemas in docs/deploying.md, and no other", async () => {
    const page = await readFile(join(PACKAGE_ROOT, "docs/deploying.md"), "utf8");
    const told = new Set(page.match(/queueit-cf\/[\w-]+\/\d+/g));
    expect([...told].sort()).toEqual([...(await schemasInCode())].sort());
  });
});
