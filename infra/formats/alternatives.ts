import type { JsonSchema } from "./json-schema.ts";

/** One kind of value that a schema takes. */
export interface Alternative {
  /** What tells it from the others: its type, and the words that its properties have to be. */
  readonly key: string;
  /** The words that its properties have to be, for example `kind "off"`. */
  readonly fixed: readonly string[];
  readonly type: string;
  readonly node: JsonSchema;
  /** All that it may be, where that is a closed list. */
  readonly words: readonly unknown[] | undefined;
}

/** The kinds of values that a schema takes, however that is written. The closed lists of one type are one list. */
export function alternativesOf(schema: unknown): readonly Alternative[] {
  const lists = new Map<string, Alternative>();
  const others: Alternative[] = [];
  for (const one of flatten(schema)) {
    const { type, words } = one;
    if (words === undefined) others.push(one);
    else lists.set(type, { ...one, words: [...new Set([...(lists.get(type)?.words ?? []), ...words])] });
  }
  return [...others, ...lists.values()];
}

function flatten(schema: unknown): readonly Alternative[] {
  if (schema === false) return [];
  const node = typeof schema === "object" && schema !== null ? (schema as JsonSchema) : {};
  for (const union of ["anyOf", "oneOf"]) {
    const members = node[union];
    if (Array.isArray(members)) return members.flatMap(flatten);
  }
  if ("const" in node) return [listOf(node["const"], node)];
  const { enum: words, type } = node;
  if (Array.isArray(words)) return words.map((word) => listOf(word, node));
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  return types.map((each) => {
    const name = typeof each === "string" ? each : "anything";
    const fixed = name === "object" ? fixedIn(node) : [];
    const key = fixed.length === 0 ? name : `${name} with ${fixed.join(", ")}`;
    return { key, fixed, type: name, node, words: undefined };
  });
}

function listOf(word: unknown, node: JsonSchema): Alternative {
  const type = word === null ? "null" : typeof word;
  return { key: type, fixed: [], type, node, words: [word] };
}

function fixedIn(node: JsonSchema): readonly string[] {
  const properties = Object.entries((node["properties"] ?? {}) as Readonly<Record<string, JsonSchema>>);
  const fixed = properties.flatMap(([name, property]) =>
    "const" in property ? [`${name} ${JSON.stringify(property["const"])}`] : [],
  );
  return fixed.sort();
}
