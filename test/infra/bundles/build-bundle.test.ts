import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, symlink } from "node:fs/promises";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { buildBundle } from "../../../infra/bundles/build-bundle.ts";
import { BUNDLE_LIMIT_BYTES, type Bundle } from "../../../infra/bundles/bundle.ts";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";

const emptyFolder = () => mkdtemp(join(tmpdir(), "test-bundle-"));

describe("the bundle", () => {
  let bundle: Bundle;
  let code: string;

  beforeAll(async () => {
    bundle = await buildBundle(await emptyFolder());
    code = await readFile(bundle.path, "utf8");
  });

  it("is at most 128 KiB, minified", () => {
    expect(bundle.bytes).toBeLessThanOrEqual(BUNDLE_LIMIT_BYTES);
  });

  it("is at most 30 KiB, gzipped", () => {
    expect(gzipSync(code, { level: 9 }).byteLength).toBeLessThanOrEqual(30 * 1024);
  });

  it("is named by the SHA-256 of its bytes", () => {
    expect(createHash("sha256").update(code).digest("hex")).toBe(bundle.sha256);
  });

  it("is the same when it is built again", async () => {
    expect((await buildBundle(await emptyFolder())).sha256).toBe(bundle.sha256);
  });

  it("is the same when the project is in another folder", async () => {
    const elsewhere = await emptyFolder();
    for (const part of ["infra", "worker", "package.json", "tsconfig.json"]) {
      await cp(join(PACKAGE_ROOT, part), join(elsewhere, part), { recursive: true });
    }
    await symlink(join(PACKAGE_ROOT, "node_modules"), join(elsewhere, "node_modules"));
    const copy = (await import(pathToFileURL(join(elsewhere, "infra/bundles/build-bundle.ts")).href)) as {
      buildBundle: typeof buildBundle;
    };
    expect((await copy.buildBundle(await emptyFolder())).sha256).toBe(bundle.sha256);
  });

  it("imports nothing, least of all a module of Node.js that workerd lacks", () => {
    const imported = [...code.matchAll(/\b(?:import|require)\s*\(?\s*["']([^"']+)["']/g)].map(
      ([, name]) => name,
    );
    expect(imported).toEqual([]);
    expect(builtinModules.filter((name) => code.includes(`"node:${name}"`))).toEqual([]);
  });

  it("is ASCII, so that the engine need not keep it as UTF-16", () => {
    expect(code).toMatch(/^[\x00-\x7f]*$/);
  });

  it("has no trace of the machine it was built on", () => {
    expect(code).not.toContain(PACKAGE_ROOT);
  });

  it("names no source map, which stays beside it", async () => {
    expect(code).not.toContain("sourceMappingURL");
    const map = JSON.parse(await readFile(bundle.sourceMapPath, "utf8")) as { sources: string[] };
    expect(map.sources.some((source) => source.endsWith("worker/index.ts"))).toBe(true);
  });
});
