import { isDeepStrictEqual } from "node:util";
import type { FormatUse } from "../json/format.ts";
import { alternativesOf, type Alternative } from "./alternatives.ts";
import type { JsonSchema } from "./json-schema.ts";

/** A difference between two schemas that breaks a program, or a file that was written before. */
export interface Breach {
  /** Where it is, for example `changes[].before`; empty for the format itself. */
  readonly path: string;
  /** Continues the path. */
  readonly what: string;
}

/**
 * What is there in a schema and breaks who relies on the earlier one.
 *
 * A value may not become another: what goes away, another type, and a word more or less of a closed list break in
 * every use. The rest depends on who reads. Of what is written for programs, a property must not become optional,
 * and may become required; of what people write, the other way round; of what is kept, neither.
 */
export function breakingChanges(before: JsonSchema, after: JsonSchema, use: FormatUse): readonly Breach[] {
  return compareValues(before, after, { path: "", use });
}

interface Place {
  readonly path: string;
  readonly use: FormatUse;
}

function compareValues(before: unknown, after: unknown, place: Place): readonly Breach[] {
  const [were, are] = [alternativesOf(before), alternativesOf(after)];
  const pairs = pairsOf(were, are);
  const lost = were.filter((one) => !pairs.some(([was]) => was === one));
  const gained = are.filter((one) => !pairs.some(([, is]) => is === one));
  const { path, use } = place;
  return [
    ...lost.map((one) => ({ path, what: `may not be ${wordsOf(one)} any more` })),
    // What people write may be more than before.
    ...(use === "read" ? [] : gained.map((one) => ({ path, what: `may be ${wordsOf(one)}, too` }))),
    ...pairs.flatMap(([was, is]) => compareAlternatives(was, is, place)),
  ];
}

type Pair = readonly [was: Alternative, is: Alternative];

type Likeness = (was: Alternative, is: Alternative) => boolean;

/** The surest first: what is not as it was still has more in common with one than with the others. */
const LIKENESSES: readonly Likeness[] = [
  (was, is) => isDeepStrictEqual(was, is),
  (was, is) => was.key === is.key,
  (was, is) => was.type === is.type,
];

function pairsOf(were: readonly Alternative[], are: readonly Alternative[]): readonly Pair[] {
  const pairs: Pair[] = [];
  const [left, free] = [new Set(were), new Set(are)];
  for (const areAlike of LIKENESSES) {
    for (const was of left) {
      const is = [...free].find((one) => areAlike(was, one));
      if (is === undefined) continue;
      pairs.push([was, is]);
      left.delete(was);
      free.delete(is);
    }
  }
  return pairs;
}

function compareAlternatives(was: Alternative, is: Alternative, place: Place): readonly Breach[] {
  return [
    ...compareWords(was, is, place),
    ...compareProperties(was.node, is.node, place),
    ...compareRest(was.node, is.node, place),
    ...compareItems(was.node, is.node, place),
    ...compareLimits(was.node, is.node, place),
  ];
}

/** Of a closed list of words. */
function compareWords({ words: were }: Alternative, { words: are }: Alternative, { path, use }: Place) {
  if (were === undefined && are === undefined) return [];
  if (were === undefined) return [{ path, what: "takes only some words now" }];
  if (are === undefined) return use === "read" ? [] : [{ path, what: "may be any word now" }];
  const lost = were.filter((word) => !are.includes(word));
  const gained = use === "read" ? [] : are.filter((word) => !were.includes(word));
  return [
    ...lost.map((word) => ({ path, what: `is never ${JSON.stringify(word)} any more` })),
    ...gained.map((word) => ({ path, what: `may be ${JSON.stringify(word)}, too` })),
  ];
}

function compareProperties(was: JsonSchema, is: JsonSchema, place: Place): readonly Breach[] {
  const [were, are] = [entriesOf(was["properties"]), entriesOf(is["properties"])];
  const isRequired = (node: JsonSchema, name: string) =>
    Array.isArray(node["required"]) && node["required"].includes(name);
  const at = (name: string) => (place.path === "" ? name : `${place.path}.${name}`);
  const known = [...were].flatMap(([name, before]): readonly Breach[] => {
    const path = at(name);
    if (!are.has(name)) return [{ path, what: "is gone" }];
    const [required, stays] = [isRequired(was, name), isRequired(is, name)];
    return [
      ...(required && !stays && place.use !== "read" ? [{ path, what: "may be left out now" }] : []),
      ...(!required && stays && place.use !== "written" ? [{ path, what: "has to be there now" }] : []),
      ...compareValues(before, are.get(name), { ...place, path }),
    ];
  });
  const isWanted = (name: string) => !were.has(name) && isRequired(is, name);
  const wanted = place.use === "written" ? [] : [...are.keys()].filter(isWanted);
  return [
    ...known,
    ...wanted.map((name) => ({ path: at(name), what: "has to be there, and was not known" })),
  ];
}

/** What an object may have besides the properties that have names. */
function compareRest(was: JsonSchema, is: JsonSchema, place: Place): readonly Breach[] {
  const [before, after] = [restOf(was), restOf(is)];
  const path = `${place.path}{}`;
  const names = compareOptional(was["propertyNames"], is["propertyNames"], {
    ...place,
    path: `${path} names`,
  });
  if (before === after) return names;
  if (typeof before !== "boolean" && typeof after !== "boolean") {
    return [...names, ...compareValues(before, after, { ...place, path })];
  }
  if (before === false && place.use === "read") return names;
  return [...names, { path, what: "takes other properties than before" }];
}

function restOf({ additionalProperties: rest = true }: JsonSchema): unknown {
  return isDeepStrictEqual(rest, {}) ? true : rest;
}

function compareItems(was: JsonSchema, is: JsonSchema, place: Place): readonly Breach[] {
  const [before, after] = [listOf(was["prefixItems"]), listOf(is["prefixItems"])];
  const path = `${place.path}[]`;
  if (before.length !== after.length) return [{ path, what: "has another number of fixed places" }];
  return [
    ...before.flatMap((item, index) =>
      compareValues(item, after[index], { ...place, path: `${place.path}[${index}]` }),
    ),
    ...compareOptional(was["items"], is["items"], { ...place, path }),
  ];
}

function compareOptional(before: unknown, after: unknown, place: Place): readonly Breach[] {
  if (before === undefined && after === undefined) return [];
  if (before !== undefined && after !== undefined) return compareValues(before, after, place);
  return [{ path: place.path, what: before === undefined ? "is restricted now" : "may be anything now" }];
}

/** Words of JSON Schema that are compared above, or are for people. */
const HANDLED = new Set([
  ...["type", "const", "enum", "properties", "required", "additionalProperties", "propertyNames"],
  ...["items", "prefixItems"],
  ...["$schema", "$id", "$comment", "title", "description", "examples", "default", "readOnly"],
]);

/** Patterns, lengths and the like, and words that nothing here knows. */
function compareLimits(was: JsonSchema, is: JsonSchema, { path, use }: Place): readonly Breach[] {
  const names = new Set([...Object.keys(was), ...Object.keys(is)].filter((name) => !HANDLED.has(name)));
  return [...names].flatMap((name) => {
    const [before, after] = [was[name], is[name]];
    if (isDeepStrictEqual(before, after)) return [];
    if (use === "read" && isWider(name, before, after)) return [];
    if (use === "written" && isWider(name, after, before)) return [];
    return [{ path, what: `has another ${name}: ${shown(before)} was ${shown(after)}` }];
  });
}

/** Whether a limit takes all that it took, and perhaps more. */
function isWider(name: string, before: unknown, after: unknown): boolean {
  if (!/^(?:pattern|format|multipleOf|uniqueItems|(?:exclusive)?(?:min|max)\w*)$/i.test(name)) return false;
  if (after === undefined) return true;
  if (typeof before !== "number" || typeof after !== "number") return false;
  return /max/i.test(name) ? after >= before : /min/i.test(name) && after <= before;
}

function entriesOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function wordsOf({ key, words }: Alternative): string {
  return words === undefined ? key : words.map((word) => JSON.stringify(word)).join(" or ");
}

function shown(value: unknown): string {
  return value === undefined ? "none" : JSON.stringify(value);
}
