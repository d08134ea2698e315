import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { queueitCf } from "../../../infra/cli.ts";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { FORMATS } from "../../../infra/formats/formats.ts";
import { jsonSchemaOf, schemaFile, SCHEMAS_FOLDER, schemaText } from "../../../infra/formats/json-schema.ts";
import { FORMATS_PAGE, withFormats } from "../../../infra/formats/page.ts";
import { propertiesOf } from "../../../infra/formats/properties.ts";
import { faultsIn } from "./validator.ts";

const read = (name: string) => readFileSync(join(PACKAGE_ROOT, name), "utf8");
const ids = FORMATS.map(({ id }) => id);

/** The commands that have --json, by the words they are called with. */
function withJson(command: Command, words: readonly string[] = []): readonly string[] {
  const own = command.options.some(({ long }) => long === "--json") ? [words.join(" ")] : [];
  return [...own, ...command.commands.flatMap((each) => withJson(each, [...words, each.name()]))];
}

describe("the formats of JSON", () => {
  it("are those of all commands with --json", () => {
    const told = new Set(FORMATS.flatMap(({ commands }) => commands));
    expect([...told].sort()).toEqual([...withJson(queueitCf())].sort());
  });

  it("are each found somewhere", () => {
    const lost = FORMATS.filter(
      ({ commands, elsewhere }) => commands.length === 0 && elsewhere === undefined,
    );
    expect(lost).toEqual([]);
  });

  it("have each a name of its own", () => {
    expect(ids).toEqual([...new Set(ids)]);
  });

  it("are the only ones that the sources name", () => {
    const files = readdirSync(join(PACKAGE_ROOT, "infra"), { recursive: true, encoding: "utf8" });
    const texts = files.filter((name) => name.endsWith(".ts")).map((name) => read(join("infra", name)));
    const named = texts.flatMap((text) => [...text.matchAll(/(schema|id): "(queueit-cf\/[\w-]+\/\d+)"/g)]);
    expect(named.filter(([, property]) => property === "schema").map(([line]) => line)).toEqual([]);
    expect(named.map(([, , id]) => id).sort()).toEqual([...ids].sort());
  });
});

describe("the schemas", () => {
  it("are all committed, and no other (npm run docs:schemas writes them anew)", () => {
    const files = readdirSync(join(PACKAGE_ROOT, SCHEMAS_FOLDER)).filter((name) => name.endsWith(".json"));
    expect(files.sort()).toEqual(FORMATS.map(schemaFile).sort());
  });

  describe.each(FORMATS)("$id", (format) => {
    it("is committed as the code has it (npm run docs:schemas)", () => {
      expect(read(join(SCHEMAS_FOLDER, schemaFile(format)))).toBe(schemaText(format));
    });

    it("says in a sentence what it is and what each of its properties is", () => {
      const schema = jsonSchemaOf(format);
      const told = [
        { path: "", description: String(schema["description"]) },
        ...propertiesOf(schema).map(({ path, description }) => ({ path, description })),
      ];
      expect(told.filter(({ description }) => !/^\S.{3,}[.…]$/.test(description))).toEqual([]);
    });

    it("is a schema that a strict validator takes", () => {
      expect(() => faultsIn(format.id, undefined)).not.toThrow();
    });

    it("refuses nothing that a later version may add, unless people write it", () => {
      const isStrict = JSON.stringify(jsonSchemaOf(format)).includes('"additionalProperties":false');
      expect(isStrict).toBe(format.use === "read");
    });
  });
});

it(`${FORMATS_PAGE} shows all of them (npm run docs:schemas writes it anew)`, () => {
  const page = read(FORMATS_PAGE);
  expect(withFormats(page, FORMATS)).toBe(page);
});
