import { execFileSync } from "node:child_process";
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

/** They ask for no more than their own text, or for a note where they themselves are changed. */
const ALLOWED: ReadonlySet<string> = new Set([
  ...["MIT", "ISC", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "BlueOak-1.0.0", "CC0-1.0"],
  ...["Unlicense", "Python-2.0", "WTFPL", "Public Domain", "MPL-2.0"],
]);

/** Of libraries that Miniflare loads and nothing of ours is linked with: they stay files of their own. */
const LIBVIPS = /^@img\/sharp-/;

/** Data that a tool of the tests reads, and that no package of ours has in it: it asks for its source to be named. */
const READ_ONLY_DATA = "caniuse-lite: CC-BY-4.0";

/** Whether one side of each OR, and every part of each AND, is allowed. */
function isAllowed(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, "");
  return plain.split(" OR ").some((side) => side.split(" AND ").every((part) => ALLOWED.has(part)));
}

describe("licences", () => {
  it("are known for every package, and allow what is done with it", () => {
    const others = installed.filter(([path, { license = "none" }]) => {
      if (isAllowed(license)) return false;
      return !(LIBVIPS.test(nameOf(path)) && /^(?:Apache-2\.0 AND )?LGPL-3\.0-or-later/.test(license));
    });
    expect(others.map(([path, { license }]) => `${nameOf(path)}: ${license ?? "none"}`)).toEqual([
      READ_ONLY_DATA,
    ]);
  });

  it.each([
    ["MIT", true],
    ["(MIT OR GPL-3.0-or-later)", true],
    ["GPL-3.0-only", false],
    ["MIT AND AGPL-3.0-only", false],
    ["SEE LICENSE IN LICENSE.md", false],
    ["none", false],
  ])("such as %s are judged: %s", (expression, allowed) => {
    expect(isAllowed(expression)).toBe(allowed);
  });

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

describe("the bill of materials", () => {
  const bill = z.object({
    bomFormat: z.literal("CycloneDX"),
    components: z.array(
      z.object({
        name: z.string(),
        version: z.string(),
        purl: z.string(),
        licenses: z.array(z.unknown()).default([]),
      }),
    ),
  });

  it("has every package, with version and licence: npm run sbom", () => {
    const { components } = bill.parse(
      JSON.parse(
        execFileSync("npm", ["run", "-s", "sbom"], {
          cwd: PACKAGE_ROOT,
          maxBuffer: 64 * 1024 * 1024,
        }).toString(),
      ),
    );
    const listed = new Set(components.map(({ name, version }) => `${name}@${version}`));
    const { dependencies } = z
      .object({ dependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read("package.json")));
    for (const [name, version] of Object.entries(dependencies))
      expect(listed).toContain(`${name}@${version}`);
    expect(components.filter(({ licenses }) => licenses.length === 0).map(({ name }) => name)).toEqual([
      // "Public Domain" has no name among those of SPDX.
      "jsonify",
    ]);
    expect(components.length).toBeGreaterThan(100);
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
