import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../infra/files/package-root.ts";

const read = (name: string) => readFileSync(join(PACKAGE_ROOT, name), "utf8");

/** Folders below one, and it itself, that have code right in them. */
function rooms(folder: string): string[] {
  const entries = readdirSync(join(PACKAGE_ROOT, folder), { withFileTypes: true });
  const inside = entries
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => rooms(`${folder}${name}/`));
  return entries.some(({ name }) => /\.(?:ts|mjs|js|css)$/.test(name)) ? [folder, ...inside] : inside;
}

/**
 * What a text names as a path of this repository, in code spans and links. Stars and angle brackets stand for
 * names.
 */
function namedPaths(text: string): readonly string[] {
  const spans = [...text.matchAll(/`((?:infra|worker|test|bench|docs|\.github|\.ci)\/[^`\s*<>]*)`/g)];
  const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)];
  return [...spans, ...links].map(([, path = ""]) => path);
}

describe("ARCHITECTURE.md", () => {
  it("has one line for every room, and no other", () => {
    const listed = [...read("ARCHITECTURE.md").matchAll(/^\| `((?:infra|worker)\/[\w/-]*)` /gm)];
    expect(listed.map(([, room]) => room).sort()).toEqual([...rooms("infra/"), ...rooms("worker/")].sort());
  });
});

describe.each(["ARCHITECTURE.md", "CONTRIBUTING.md"])("%s", (name) => {
  it("names only what is there", () => {
    const paths = namedPaths(read(name));
    expect(paths.length).toBeGreaterThan(15);
    expect(paths.filter((path) => !existsSync(join(PACKAGE_ROOT, path)))).toEqual([]);
  });

  it("names only scripts of package.json", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Readonly<Record<string, string>> };
    const named = [...read(name).matchAll(/npm run ([\w:-]+)/g)].map(([, script = ""]) => script);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});

it("the map and the rules of the house are found from the README", () => {
  expect(read("README.md")).toMatch(/\(ARCHITECTURE\.md\)[^]*\(CONTRIBUTING\.md\)/);
});
