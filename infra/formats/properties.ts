import { type Alternative, alternativesOf } from "./alternatives.ts";
import type { JsonSchema } from "./json-schema.ts";

/** A property of a format, as people read it. */
export interface Property {
  /** `risks[].level`; of a list at the top, `[].level`. */
  readonly path: string;
  /** In words: `text or null, may be left out`. */
  readonly type: string;
  /** Empty where it has none. */
  readonly description: string;
}

/** Every property of a schema, those inside of others after them. Each is there once, with all that it may be. */
export function propertiesOf(schema: JsonSchema): readonly Property[] {
  const found = new Map<string, Property>();
  for (const property of below(schema, "")) {
    const before = found.get(property.path);
    found.set(property.path, before === undefined ? property : joined(before, property));
  }
  return [...found.values()];
}

/** The same property of another member of a union. */
function joined(one: Property, other: Property): Property {
  const both = (a: string, b: string, between: string) => (a.includes(b) ? a : `${a}${between}${b}`);
  return {
    path: one.path,
    type: both(one.type, other.type, ", or "),
    description: both(one.description, other.description, " Or: "),
  };
}

function below(schema: unknown, path: string): readonly Property[] {
  const alternatives = alternativesOf(schema);
  const objects = alternatives.filter(({ node }) => "properties" in node);
  return alternatives.flatMap(({ node }) => {
    const { items, additionalProperties: rest } = node;
    return [
      ...Object.entries(fieldsOf(node)).flatMap(([name, field]): readonly Property[] => {
        const at = path === "" ? name : `${path}.${name}`;
        const type = `${typeOf(field)}${isRequired(node, name) ? "" : ", may be left out"}`;
        const only = onlyIn(name, objects);
        return [{ path: at, type: `${type}${only}`, description: wordsOf(field) }, ...below(field, at)];
      }),
      ...(items === undefined ? [] : below(items, `${path}[]`)),
      ...(typeof rest === "object" ? below(rest, `${path}.*`) : []),
    ];
  });
}

function fieldsOf({ properties = {} }: JsonSchema): Readonly<Record<string, JsonSchema>> {
  return properties as Readonly<Record<string, JsonSchema>>;
}

function isRequired({ required }: JsonSchema, name: string): boolean {
  return Array.isArray(required) && required.includes(name);
}

/** In which members of a union a property is; empty where it is in all of them. */
function onlyIn(name: string, objects: readonly Alternative[]): string {
  const having = objects.filter(({ node }) => name in fieldsOf(node));
  if (having.length === objects.length) return "";
  const isCommon = (word: string) => objects.every(({ fixed }) => fixed.includes(word));
  const own = having.map(({ fixed }) => fixed.filter((word) => !isCommon(word)).join(", "));
  return `; only with ${own.join(" or ")}`;
}

function wordsOf({ description }: JsonSchema): string {
  return typeof description === "string" ? description : "";
}

const NAMES: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  boolean: "true or false",
};

function typeOf(schema: unknown): string {
  return alternativesOf(schema)
    .map(({ type, node, words }) => {
      if (type === "array") return `list of ${typeOf(node["items"])}`;
      if (words === undefined || type === "null") return NAMES[type] ?? type;
      const all = words.map((word) => `\`${JSON.stringify(word)}\``).join(", ");
      return words.length === 1 ? all : `one of ${all}`;
    })
    .join(" or ");
}
