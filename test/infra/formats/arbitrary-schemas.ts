import fc from "fast-check";
import { z } from "zod";
import type { JsonSchema } from "../../../infra/formats/json-schema.ts";

const word = fc.constantFrom("on", "off", "kept", "gone", "late");
const name = fc.constantFrom("a", "b", "c", "d", "e", "schema", "type", "enum", "properties");

const { node } = fc.letrec<{ node: z.ZodType; object: z.ZodType }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<z.ZodType>(z.string(), z.int().nonnegative(), z.boolean(), z.string().nullable()),
    fc.uniqueArray(word, { minLength: 1 }).map(([first = "on", ...more]) => z.enum([first, ...more])),
    tie("object"),
    tie("node").map((inner) => z.array(inner)),
    tie("node").map((inner) => z.record(z.string(), inner)),
    fc.tuple(tie("object"), fc.constantFrom(z.string(), z.null())).map((members) => z.union(members)),
    fc
      .tuple(name, tie("node"), tie("node"))
      .map(([own, one, other]) =>
        z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("one"), [`${own}1`]: one }),
          z.object({ kind: z.literal("other"), [`${own}2`]: other }),
        ]),
      ),
  ),
  object: fc
    .dictionary(name, fc.tuple(tie("node"), fc.boolean()), { minKeys: 1 })
    .map((fields) =>
      z.object(
        Object.fromEntries(
          Object.entries(fields).map(([own, [inner, isOptional]]) => [
            own,
            isOptional ? inner.optional() : inner,
          ]),
        ),
      ),
    ),
}));

/** Schemas as formats have them, of objects, lists, records and unions inside each other. */
export const schemas: fc.Arbitrary<JsonSchema> = node.map((each) => z.toJSONSchema(each, { io: "input" }));

/** What is changed in a schema. */
export type Planted = "removal" | "type" | "word-more" | "word-less" | "optional" | "addition";

interface Mutable {
  [name: string]: unknown;
  properties?: Record<string, Mutable>;
  required?: string[];
  enum?: unknown[];
}

/** The schema with that change at one of the places where it can be; undefined where there is none. */
export function plantedIn(schema: JsonSchema, planted: Planted, place: number): JsonSchema | undefined {
  const copy = structuredClone(schema) as Mutable;
  const changes = nodesIn(copy).flatMap((each) => changesOf(each, planted));
  changes[place % changes.length]?.();
  return changes.length === 0 ? undefined : (JSON.parse(JSON.stringify(copy)) as JsonSchema);
}

/** Every schema in a schema: names of properties are none, whatever they are called. */
function nodesIn(one: Mutable): readonly Mutable[] {
  const { properties = {}, items, additionalProperties: rest, anyOf = [], oneOf = [] } = one;
  const inner = [items, rest, ...(anyOf as unknown[]), ...(oneOf as unknown[]), ...Object.values(properties)];
  return [one, ...inner.flatMap((each) => (typeof each === "object" ? nodesIn(each as Mutable) : []))];
}

/** What can be done at one place. The words by which the members of a union are told apart stay: another is another member. */
function changesOf(one: Mutable, planted: Planted): readonly (() => void)[] {
  const { properties = {}, required = [], enum: words } = one;
  const names = Object.keys(properties).filter((each) => properties[each]?.["const"] === undefined);
  switch (planted) {
    case "removal":
      return names.map((each) => () => {
        Reflect.deleteProperty(properties, each);
        one.required = required.filter((other) => other !== each);
      });
    case "type":
      return one["type"] === "string" || one["type"] === "integer"
        ? [() => Object.assign(one, { type: "boolean", enum: undefined, const: undefined })]
        : [];
    case "word-more":
      return words === undefined ? [] : [() => words.push("never-heard-of")];
    case "word-less":
      return words === undefined || words.length < 2 ? [] : [() => words.pop()];
    case "optional":
      return names
        .filter((each) => required.includes(each))
        .map((each) => () => (one.required = required.filter((other) => other !== each)));
    case "addition":
      return one["type"] === "object" && one.properties !== undefined
        ? [() => (properties["never-heard-of"] = { type: "string" })]
        : [];
  }
}
