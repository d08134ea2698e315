import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import {
  distTagOf,
  isPreRelease,
  releasedSchemaProblems,
  type ReleaseFacts,
  releaseProblems,
  sectionOf,
} from "../../../infra/release/release.ts";

const CHANGELOG =
  "# Changelog\n\n## Unreleased\n\n- later\n\n## 1.2.0 - 2026-12-01\n\n### Added\n\n- more\n\n## 1.1.0 - 2026-11-01\n\n- less\n";
const RIGHT: ReleaseFacts = { tag: "v1.2.0", version: "1.2.0", lockedVersion: "1.2.0", changelog: CHANGELOG };
const said = (change: Partial<ReleaseFacts>) => releaseProblems({ ...RIGHT, ...change }).join("\n");

describe("a release", () => {
  it("is one where tag, package and changelog say the same", () => {
    expect(said({})).toBe("");
  });

  it.each<[string, Partial<ReleaseFacts>, string]>([
    [
      "package.json has another version",
      { version: "1.1.0", lockedVersion: "1.1.0" },
      "package.json has version 1.1.0",
    ],
    [
      "package-lock.json has another version",
      { lockedVersion: "1.1.0" },
      "package-lock.json has version 1.1.0",
    ],
    ["the changelog does not know it", { changelog: "## Unreleased\n\n- all\n" }, "no section ## 1.2.0"],
    ["the changelog says nothing of it", { changelog: "## 1.2.0 - 2026-12-01\n\n## 1.1.0\n" }, "is empty"],
    ["the changelog has no day", { changelog: "## 1.2.0\n\n- more\n" }, "has no day"],
    [
      "the changelog has a day of no calendar",
      { changelog: "## 1.2.0 - 2026-02-31\n\n- more\n" },
      "has no day",
    ],
    [
      "the changelog has it twice",
      { changelog: `${CHANGELOG}\n## 1.2.0 - 2026-12-02\n\n- again\n` },
      "more than one",
    ],
    [
      "the changelog has only a longer one",
      { changelog: "## 1.2.0-rc.1 - 2026-12-01\n\n- more\n" },
      "no section",
    ],
  ])("is none where %s", (_name, change, problem) => {
    expect(said(change)).toContain(problem);
  });

  it.each([
    "1.2.0",
    "v1.2",
    "v01.2.0",
    "v1.2.0+build",
    "v1.2.0-",
    "v1.2.0-01",
    "version",
    "",
    "v1.2.0\n",
    "v$(id)",
    "refs/tags/v1.2.0",
  ])("is none with the tag %j", (tag) => {
    expect(said({ tag })).toContain("is no version");
  });

  it("may be one that is tried first, and is then not the newest", () => {
    const version = "2.0.0-rc.1";
    const changelog = `## ${version} - 2026-12-01\r\n\r\n- try it\r\n`;
    expect(said({ tag: `v${version}`, version, lockedVersion: version, changelog })).toBe("");
    expect([isPreRelease(version), isPreRelease("2.0.0")]).toEqual([true, false]);
  });

  it.each([
    ["1.2.0", "1.1.9", "latest"],
    ["1.10.0", "1.9.0", "latest"],
    ["1.2.0", "", "latest"],
    ["1.2.0", "1.2.0", "latest"],
    ["1.2.0", "1.2.0-rc.1", "latest"],
    ["1.1.0", "1.2.0", "earlier"],
    ["1.9.9", "1.10.0", "earlier"],
    ["0.9.0", "1.0.0-rc.1", "earlier"],
    ["2.0.0-rc.1", "1.2.0", "next"],
    ["1.0.0-rc.1", "1.2.0", "next"],
  ])("%s after %j is what npm calls %s", (version, newest, tag) => {
    expect(distTagOf(version, newest)).toBe(tag);
  });

  it("takes its notes from its own section alone", () => {
    expect(sectionOf(CHANGELOG, "1.2.0")?.text).toBe("### Added\n\n- more");
  });
});

describe("the schemas that the next release is compared with", () => {
  const today = new Map([
    ["a.v1.schema.json", "{}"],
    ["b.v1.schema.json", "[]"],
  ]);

  it("are those of this release", () => {
    expect(releasedSchemaProblems(today, new Map(today))).toEqual([]);
  });

  it.each([
    ["one was changed since", new Map([...today, ["b.v1.schema.json", "{}"]]), "b.v1.schema.json"],
    ["one is new since", new Map([["a.v1.schema.json", "{}"]]), "b.v1.schema.json"],
    ["one is gone since", new Map([...today, ["c.v1.schema.json", "{}"]]), "c.v1.schema.json"],
  ])("have to be written anew where %s", (_name, released, named) => {
    expect(releasedSchemaProblems(today, released)).toEqual([
      `schemas/released/ is not what is released: ${named}. Write it anew: npm run release:schemas`,
    ]);
  });
});

describe("CHANGELOG.md", () => {
  it("has a section of what is not released yet, to be renamed", () => {
    expect(sectionOf(readFileSync(join(PACKAGE_ROOT, "CHANGELOG.md"), "utf8"), "Unreleased")?.text).not.toBe(
      "",
    );
  });
});
