import stringWidth from "string-width";
import type { Environment } from "../environment.ts";

/** What a written environment says beside its values. */
export interface SourceNotes {
  /**
   * Module that `defineEnvironment` is imported from.
   * @default "./environment.ts"
   */
  readonly definition?: string;
  /** Sentences above the environment. */
  readonly heading?: readonly string[];
  /** Sentences above a property, by its path, for example `sites[0].bypass`. */
  readonly above?: ReadonlyMap<string, readonly string[]>;
}

/** Columns of a line, as the project formats its files. */
const WIDTH = 110;
/** What cannot be seen in an editor, or turns the text around it. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * The file `infra/environments/<name>.ts` of an environment, formatted as this project's files are: whoever
 * edits it by hand and formats it changes nothing else. What is undefined is left out.
 */
export function environmentSource(environment: Environment, notes: SourceNotes = {}): string {
  const heading = (notes.heading ?? []).flatMap((text) => commentLines(text, ""));
  return [
    `import { defineEnvironment } from ${JSON.stringify(notes.definition ?? "./environment.ts")};`,
    "",
    ...heading,
    `export default defineEnvironment(${objectOf(environment, "", "", notes)});`,
    "",
  ].join("\n");
}

function valueOf(value: unknown, path: string, indent: string, before: number, notes: SourceNotes): string {
  if (Array.isArray(value)) return listOf(value, path, indent, before, notes);
  if (typeof value === "object" && value !== null) return objectOf(value, path, indent, notes);
  return typeof value === "string" ? quoted(value) : String(value);
}

/** @param before Columns that stand on the line before the list; one that fits stays on it. */
function listOf(
  values: readonly unknown[],
  path: string,
  indent: string,
  before: number,
  notes: SourceNotes,
): string {
  const inner = `${indent}  `;
  const items = values.map((value, index) => valueOf(value, `${path}[${index}]`, inner, inner.length, notes));
  const line = `[${items.join(", ")}]`;
  const isOfObjects = values.some((value) => typeof value === "object");
  if (!isOfObjects && before + stringWidth(line) + 1 <= WIDTH) return line;
  return `[\n${items.map((item) => `${inner}${item},\n`).join("")}${indent}]`;
}

function objectOf(value: object, path: string, indent: string, notes: SourceNotes): string {
  const inner = `${indent}  `;
  const lines = Object.entries(value).flatMap(([key, held]) => {
    if (held === undefined) return [];
    const place = path === "" ? key : `${path}.${key}`;
    const start = `${inner}${keyOf(key)}: `;
    const above = (notes.above?.get(place) ?? []).flatMap((text) => commentLines(text, inner));
    return [...above, `${start}${valueOf(held, place, inner, stringWidth(start), notes)},`];
  });
  return lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n${indent}}`;
}

function keyOf(key: string): string {
  return /^[a-z_$][\w$]*$/i.test(key) ? key : quoted(key);
}

/** In the quotes that need fewer escapes. */
function quoted(text: string): string {
  const json = JSON.stringify(text).replaceAll(HIDDEN, escapeOf);
  const [doubles, singles] = [text.split('"').length, text.split("'").length];
  if (doubles <= singles) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** JSON leaves most of them as they are. */
function escapeOf(character: string): string {
  return [...Array(character.length).keys()]
    .map((index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`)
    .join("");
}

function commentLines(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = `${indent}//`;
  // What ends a line in JavaScript would end the comment.
  for (const word of text.split(/\s+/u)) {
    if (stringWidth(`${line} ${word}`) > WIDTH && line !== `${indent}//`) {
      lines.push(line);
      line = `${indent}//`;
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
