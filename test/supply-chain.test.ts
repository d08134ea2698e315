import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { buildBundle } from "../infra/bundles/build-bundle.ts";
import { PACKAGE_ROOT } from "../infra/files/package-root.ts";
import { newFolder } from "./support/new-folder.ts";

const packageSchema = z.object({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().optional(),
  inBundle: z.boolean().optional(),
  hasInstallScript: z.boolean().optional(),
});
const read = (name: string) => readFileSync(join(PACKAGE_ROOT, name), "utf8");
const { packages } = z
  .object({ packages: z.record(z.string(), packageSchema) })
  .parse(JSON.parse(read("package-lock.json")));
const installed = Object.entries(packages).filter(([path]) => path !== "");
const nameOf = (path: string) => path.replace(/^.*node_modules\//, "");

describe("licences", () => {
  it("of what the Worker's bundle is made of are MIT, with their texts beside it", async () => {
    const { sourceMapPath } = await buildBundle(await newFolder());
    const { sources } = z
      .object({ sources: z.array(z.string()) })
      .parse(JSON.parse(readFileSync(sourceMapPath, "utf8")));
    const bundled = new Set(
      sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? []),
    );
    expect([...bundled].sort()).toEqual(["@noble/hashes", "@queue-it/connector-javascript"]);
    for (const name of bundled) {
      const folder = join(PACKAGE_ROOT, "node_modules", name);
      const [file] = readdirSync(folder).filter((each) => /^licen[cs]e/i.test(each));
      expect(read(join("node_modules", name, file ?? "LICENSE"))).toMatch(
        /MIT License|Permission is hereby granted/,
      );
    }
  });
});

describe("an installation", () => {
  it("takes every package from one registry, and knows its hash", () => {
    // What another package brings within itself has that one's hash.
    const own = installed.filter(([, { inBundle }]) => inBundle !== true);
    // A package from elsewhere says from where; the others come from the registry that npm is set to.
    expect(own.flatMap(([path, { resolved }]) => (resolved === undefined ? [] : [path]))).toEqual([]);
    const unknown = own.filter(([, { integrity = "" }]) => !/^sha512-/.test(integrity));
    expect(unknown.map(([path]) => path)).toEqual([]);
  });

  it("runs no script of a package: what some would do, the project does without", () => {
    expect(read(".npmrc")).toMatch(/^ignore-scripts=true$/m);
    const scripted = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    // A new one has to work without its script: try it, then add it here.
    expect([...new Set(scripted.map(([path]) => nameOf(path)))].sort()).toEqual([
      "@cdktf/node-pty-prebuilt-multiarch",
      "@swc/core",
      "esbuild",
      "sharp",
      "workerd",
    ]);
  });

  it("is of exact versions: no range in package.json", () => {
    const { dependencies, devDependencies } = z
      .object({
        dependencies: z.record(z.string(), z.string()),
        devDependencies: z.record(z.string(), z.string()),
      })
      .parse(JSON.parse(read("package.json")));
    const ranges = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(ranges).toEqual([]);
    expect(existsSync(join(PACKAGE_ROOT, "package-lock.json"))).toBe(true);
  });
});
