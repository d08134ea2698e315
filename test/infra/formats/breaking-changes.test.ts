import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { breakingChanges } from "../../../infra/formats/breaking-changes.ts";
import type { JsonSchema } from "../../../infra/formats/json-schema.ts";
import type { FormatUse } from "../../../infra/json/format.ts";
import { type Planted, plantedIn, schemas } from "./arbitrary-schemas.ts";

const of = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: "input" });

/** What breaks, in words. */
function broken(before: z.ZodType, after: z.ZodType, use: FormatUse): readonly string[] {
  return breakingChanges(of(before), of(after), use).map(({ path, what }) => `${path} ${what}`.trim());
}

const USES = ["written", "read", "kept"] as const;
const text = z.string();

describe("in every use of a format", () => {
  it.each(USES)("nothing breaks where nothing changes: %s", (use) => {
    const schema = z.object({ a: text, b: z.array(z.union([text, z.object({ c: z.int() })])).nullable() });
    expect(broken(schema, schema, use)).toEqual([]);
  });

  it.each(USES)("a property that goes away breaks: %s", (use) => {
    expect(broken(z.object({ a: text, b: text }), z.object({ a: text }), use)).toEqual(["b is gone"]);
  });

  it.each(USES)("another type breaks: %s", (use) => {
    const found = broken(z.object({ a: text }), z.object({ a: z.boolean() }), use);
    expect(found).toContain("a may not be string any more");
  });

  it.each(USES)("a word that goes away from a closed list breaks: %s", (use) => {
    expect(broken(z.enum(["on", "off"]), z.enum(["on"]), use)).toEqual(['is never "off" any more']);
  });

  it.each(USES)("a member that goes away from a union breaks: %s", (use) => {
    const [on, off] = [z.object({ kind: z.literal("on") }), z.object({ kind: z.literal("off") })];
    const found = broken(z.array(z.union([on, off])), z.array(on), use);
    expect(found).toEqual(['[] may not be object with kind "off" any more']);
  });

  it.each(USES)("a value that is never null any more breaks: %s", (use) => {
    expect(broken(z.object({ a: text.nullable() }), z.object({ a: text }), use)).toEqual([
      "a may not be null any more",
    ]);
  });

  it.each(USES)("a description that is reworded breaks nothing: %s", (use) => {
    expect(
      broken(z.object({ a: text.describe("One.") }), z.object({ a: text.describe("Two.") }), use),
    ).toEqual([]);
  });
});

describe("in what is written for programs", () => {
  it("another property breaks nothing", () => {
    expect(broken(z.object({ a: text }), z.object({ a: text, b: text }), "written")).toEqual([]);
  });

  it("a property that may be missing breaks, and one that never is any more does not", () => {
    const [always, perhaps] = [z.object({ a: text }), z.object({ a: text.optional() })];
    expect(broken(always, perhaps, "written")).toEqual(["a may be left out now"]);
    expect(broken(perhaps, always, "written")).toEqual([]);
  });

  it("one more word of a closed list breaks", () => {
    expect(broken(z.enum(["on"]), z.enum(["on", "off"]), "written")).toEqual(['may be "off", too']);
  });

  it("null breaks where there never was any", () => {
    expect(broken(z.object({ a: text }), z.object({ a: text.nullable() }), "written")).toEqual([
      "a may be null, too",
    ]);
  });

  it("a closed list that is open now breaks", () => {
    expect(broken(z.enum(["on"]), text, "written")).toEqual(["may be any word now"]);
  });

  it("a limit that goes away breaks, and a narrower one does not", () => {
    expect(broken(z.number().max(5), z.number(), "written")).toEqual(["has another maximum: 5 was none"]);
    expect(broken(z.number().max(5), z.number().max(4), "written")).toEqual([]);
  });
});

describe("in what people write", () => {
  it("another property breaks only where it has to be there", () => {
    const before = z.strictObject({ a: text });
    expect(broken(before, z.strictObject({ a: text, b: text.optional() }), "read")).toEqual([]);
    expect(broken(before, z.strictObject({ a: text, b: text }), "read")).toEqual([
      "b has to be there, and was not known",
    ]);
  });

  it("a property that has to be there now breaks, and one that does not have to any more does not", () => {
    const [always, perhaps] = [z.object({ a: text }), z.object({ a: text.optional() })];
    expect(broken(perhaps, always, "read")).toEqual(["a has to be there now"]);
    expect(broken(always, perhaps, "read")).toEqual([]);
  });

  it("one more word, and any word, break nothing", () => {
    expect(broken(z.enum(["on"]), z.enum(["on", "off"]), "read")).toEqual([]);
    expect(broken(z.enum(["on"]), text, "read")).toEqual([]);
  });

  it("a wider limit breaks nothing, and a narrower one does", () => {
    expect(broken(z.number().max(5), z.number().max(6), "read")).toEqual([]);
    expect(broken(z.number().max(5), z.number().max(4), "read")).toEqual(["has another maximum: 5 was 4"]);
    expect(broken(text, text.regex(/^a/), "read")).toEqual(['has another pattern: none was "^a"']);
  });

  it("an object that refuses what it does not know breaks where it took anything", () => {
    expect(broken(z.object({ a: text }), z.strictObject({ a: text }), "read")).toEqual([
      "{} takes other properties than before",
    ]);
  });
});

describe("in what is kept", () => {
  it("a property that may be missing breaks, and one that has to be there breaks", () => {
    const [always, perhaps] = [z.object({ a: text }), z.object({ a: text.optional() })];
    expect(broken(always, perhaps, "kept")).toEqual(["a may be left out now"]);
    expect(broken(perhaps, always, "kept")).toEqual(["a has to be there now"]);
  });

  it("one more word breaks: the version before would not read it", () => {
    expect(broken(z.enum(["on"]), z.enum(["on", "off"]), "kept")).toEqual(['may be "off", too']);
  });
});

describe("wherever it is planted, in objects, lists, unions and records", () => {
  it.each(USES)("nothing else than nothing is found in a schema and its copy: %s", (use) => {
    fc.assert(
      fc.property(schemas, (schema) => {
        expect(breakingChanges(schema, structuredClone(schema), use)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ["a property that goes away", "removal", USES],
    ["another type", "type", USES],
    ["a word less of a closed list", "word-less", USES],
    ["a word more of a closed list", "word-more", ["written", "kept"]],
    ["a property that may be missing", "optional", ["written", "kept"]],
  ] as const)("%s is found", (_what, planted: Planted, uses: readonly FormatUse[]) => {
    fc.assert(
      fc.property(schemas, fc.nat(), fc.constantFrom(...uses), (schema, place, use) => {
        const changed = plantedIn(schema, planted, place);
        fc.pre(changed !== undefined);
        expect(breakingChanges(schema, changed as JsonSchema, use)).not.toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("another property is not found", () => {
    fc.assert(
      fc.property(schemas, fc.nat(), (schema, place) => {
        const changed = plantedIn(schema, "addition", place);
        fc.pre(changed !== undefined);
        expect(breakingChanges(schema, changed as JsonSchema, "written")).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
