import type { Format, FormatUse } from "../json/format.ts";
import { jsonSchemaOf, nameAndMajor, schemaFile, SCHEMAS_FOLDER } from "./json-schema.ts";
import { propertiesOf } from "./properties.ts";

/** The page on every format, from the root of this package. */
export const FORMATS_PAGE = "docs/json-formats.md";

const BEGIN = "<!-- prettier-ignore-start -->\n<!-- Written by `npm run docs:schemas` from here on -->";
const END = "<!-- Written by `npm run docs:schemas` up to here -->\n<!-- prettier-ignore-end -->";

const USES: Readonly<Record<FormatUse, string>> = {
  written: "What is written for programs",
  read: "What people write",
  kept: "What is kept, and read again",
};

/**
 * The page with the formats in it. What a person wrote before and behind them stays as it is.
 *
 * @throws Error when the page has no place for them.
 */
export function withFormats(page: string, formats: readonly Format[]): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`${FORMATS_PAGE} has no place for the formats.`);
  return `${page.slice(0, begin)}${BEGIN}\n\n${formatsText(formats)}\n${page.slice(end)}`;
}

function formatsText(formats: readonly Format[]): string {
  const uses = (Object.keys(USES) as readonly FormatUse[]).flatMap((use) => {
    const some = formats.filter((format) => format.use === use);
    return [
      `## ${USES[use]}`,
      "",
      "| `schema` | Version | What it is | Where |",
      "| --- | --- | --- | --- |",
      ...some.map(rowOf),
      "",
      ...some.flatMap(sectionOf),
    ];
  });
  return uses.join("\n");
}

function rowOf(format: Format): string {
  const [name, major] = nameAndMajor(format);
  const link = `[\`${format.id}\`](#${anchorOf(format)})`;
  return `| ${link} | ${major}.${format.minor} | ${format.title} | ${placesOf(format, name)} |`;
}

function placesOf({ commands, elsewhere }: Format, name: string): string {
  const option = name === "rollback-list" ? "--list --json" : "--json";
  const places = commands.map((words) => `\`${words} ${option}\``);
  return [...places, ...(elsewhere === undefined ? [] : [elsewhere])].join(", ");
}

function anchorOf({ id }: Format): string {
  return id.replaceAll("/", "");
}

function sectionOf(format: Format): readonly string[] {
  const schema = jsonSchemaOf(format);
  const file = `${SCHEMAS_FOLDER}/${schemaFile(format)}`;
  return [
    `### ${format.id}`,
    "",
    `${String(schema["description"])} Schema: [\`${file}\`](../${file}).`,
    "",
    ...propertiesOf(schema).map(({ path, type, description }) => `- \`${path}\` (${type}): ${description}`),
    "",
  ];
}
