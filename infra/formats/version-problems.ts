import { isDeepStrictEqual } from "node:util";
import type { Format } from "../json/format.ts";
import { breakingChanges } from "./breaking-changes.ts";
import { jsonSchemaOf, type JsonSchema, nameAndMajor, schemaFile } from "./json-schema.ts";

/**
 * What is wrong with the versions of the formats, each in a sentence: what breaks a program or a file needs a new major
 * version, and what is new a new minor one.
 *
 * @param released The schemas of the last release, by the name of their file.
 */
export function versionProblems(
  released: ReadonlyMap<string, JsonSchema>,
  formats: readonly Format[],
): readonly string[] {
  return [...released].flatMap(([file, before]) => {
    const format = formats.find((one) => schemaFile(one) === file);
    if (format !== undefined) return problemsOf(before, format);
    const successor = formats.find((one) => isSuccessor(file, one));
    return successor === undefined
      ? [`${file} is gone: programs that read this format would find nothing in its place.`]
      : [];
  });
}

function isSuccessor(file: string, format: Format): boolean {
  const [, name, major] = /^(.+)\.v(\d+)\.schema\.json$/.exec(file) ?? [];
  const [newName, newMajor] = nameAndMajor(format);
  return newName === name && newMajor > Number(major);
}

function problemsOf(before: JsonSchema, format: Format): readonly string[] {
  const after = jsonSchemaOf(format);
  const [name, major] = nameAndMajor(format);
  const breaches = breakingChanges(before, after, format.use);
  if (breaches.length > 0) {
    const next = `queueit-cf/${name}/${major + 1}`;
    return breaches.map(
      ({ path, what }) => `${format.id}: ${path === "" ? "the whole" : path} ${what}. That needs ${next}.`,
    );
  }
  const isNewer = format.minor > minorOf(before);
  if (isNewer || isDeepStrictEqual(withoutWords(before), withoutWords(after))) return [];
  return [`${format.id}: something is new in it. That needs the minor version ${minorOf(before) + 1}.`];
}

function minorOf({ $comment: comment }: JsonSchema): number {
  return Number(/^Version \d+\.(\d+)$/.exec(String(comment))?.[1]);
}

/** What is said for people does not count: it may be reworded. */
function withoutWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) =>
      typeof inner === "string" && ["$comment", "title", "description"].includes(name)
        ? []
        : [[name, withoutWords(inner)]],
    ),
  );
}
