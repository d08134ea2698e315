import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { FORMATS } from "../../../infra/formats/formats.ts";
import { jsonSchemaOf, schemaFile } from "../../../infra/formats/json-schema.ts";
import { readReleased, RELEASED_FOLDER, RELEASED_VERSION } from "../../../infra/formats/released.ts";
import { versionProblems } from "../../../infra/formats/version-problems.ts";
import { defineFormat, type Format } from "../../../infra/json/format.ts";

const read = (name: string) => readFileSync(join(PACKAGE_ROOT, name), "utf8");

describe("the formats of the last release", () => {
  it("are kept by those of today, or have a new version (docs/json-formats.md has the rules)", () => {
    expect(versionProblems(readReleased(), FORMATS)).toEqual([]);
  });

  it("are those of the version that package.json has (npm run release:schemas, at a release)", () => {
    const { version } = z.object({ version: z.string() }).parse(JSON.parse(read("package.json")));
    expect(read(join(RELEASED_FOLDER, RELEASED_VERSION)).trim()).toBe(version);
  });

  it("are there: without them nothing is compared", () => {
    expect(readReleased().size).toBeGreaterThan(30);
  });
});

describe("what is wrong with a version", () => {
  const format = (id: Format["id"], minor: number, shape: z.ZodRawShape) =>
    defineFormat({ id, minor, title: "Tried", use: "written" }, (mark) => z.object({ ...mark, ...shape }));
  const released = (one: Format) => new Map([[schemaFile(one), jsonSchemaOf(one)]]);
  const first = format("queueit-cf/tried/1", 2, { a: z.string(), b: z.string() });

  it("is nothing where nothing changes, and where only words for people do", () => {
    const reworded = format("queueit-cf/tried/1", 2, { a: z.string().describe("Text."), b: z.string() });
    expect(versionProblems(released(first), [first])).toEqual([]);
    expect(versionProblems(released(first), [reworded])).toEqual([]);
  });

  it("is that a property is gone and the major version is the same", () => {
    const without = format("queueit-cf/tried/1", 3, { a: z.string() });
    expect(versionProblems(released(first), [without])).toEqual([
      "queueit-cf/tried/1: b is gone. That needs queueit-cf/tried/2.",
    ]);
    expect(versionProblems(released(first), [format("queueit-cf/tried/2", 0, { a: z.string() })])).toEqual(
      [],
    );
  });

  it("is that a property is new and the minor version is the same", () => {
    const shape = { a: z.string(), b: z.string(), c: z.string() };
    expect(versionProblems(released(first), [format("queueit-cf/tried/1", 2, shape)])).toEqual([
      "queueit-cf/tried/1: something is new in it. That needs the minor version 3.",
    ]);
    expect(versionProblems(released(first), [format("queueit-cf/tried/1", 3, shape)])).toEqual([]);
  });

  it("is that a format is gone, or has an earlier version than it had", () => {
    const second = format("queueit-cf/tried/2", 0, {});
    expect(versionProblems(released(first), [])).toHaveLength(1);
    expect(versionProblems(released(second), [first])).toHaveLength(1);
  });
});
