import { z } from "zod";

/** A format's name and its major version, as its JSON has it in `schema`. */
export type FormatId = `queueit-cf/${string}/${number}`;

export function isFormatId(value: unknown): value is FormatId {
  return typeof value === "string" && /^queueit-cf\/[a-z-]{1,30}\/\d{1,3}$/.test(value);
}

/**
 * Who writes a format, and who reads it: by that it is judged what breaks a program.
 *
 * - `written`: this toolkit writes it, programs of others read it.
 * - `read`: people write it, this toolkit reads it.
 * - `kept`: this toolkit writes it and reads it again, perhaps in another version.
 */
export type FormatUse = "written" | "read" | "kept";

/** A form of JSON that somebody relies on, with the one description of what is in it. */
export interface Format<Id extends FormatId = FormatId, Schema extends z.ZodType = z.ZodType> {
  readonly id: Id;
  /** Rises when something is added; what breaks a program is a new major version, and so a new `id`. */
  readonly minor: number;
  /** A few words, without an article at their beginning. */
  readonly title: string;
  readonly use: FormatUse;
  /** Commands that print it with `--json`, by the words they are called with. */
  readonly commands: readonly string[];
  /** Where else it is found, in words. */
  readonly elsewhere: string | undefined;
  readonly schema: Schema;
}

interface About<Id extends FormatId> {
  readonly id: Id;
  readonly minor: number;
  readonly title: string;
  readonly use: FormatUse;
  readonly commands?: readonly string[];
  readonly elsewhere?: string;
}

/** The property by which a format is recognized. */
function markOf<Id extends FormatId>(id: Id) {
  return { schema: z.literal(id).describe("Name and major version of this format.") };
}

/**
 * Describes a format.
 *
 * @param schemaOf Makes its schema. It is given the property `schema`; a format that has none leaves it out. Every
 *   property has a description: it is what programmers read.
 */
export function defineFormat<const Id extends FormatId, Schema extends z.ZodType>(
  about: About<Id>,
  schemaOf: (mark: ReturnType<typeof markOf<Id>>) => Schema,
): Format<Id, Schema> {
  const { commands = [], elsewhere } = about;
  return { ...about, commands, elsewhere, schema: schemaOf(markOf(about.id)) };
}

/** What a format's JSON is made of. What is null there may be undefined here: `toJson` writes null for it. */
export type BodyOf<F extends Format> = WithoutMark<Told<z.input<F["schema"]>>>;

// For each member of a union by itself: `Omit` would only leave what all of them have.
type WithoutMark<T> = T extends unknown ? Omit<T, "schema"> : never;

type Told<T> = T extends readonly (infer Item)[]
  ? readonly Told<Item>[]
  : T extends object
    ? { readonly [Name in keyof T]: Told<T[Name]> }
    : T extends null
      ? null | undefined
      : T;

/** What is to be written in a format, with its mark. */
export function inFormat<F extends Format>(format: F, body: BodyOf<F>): object {
  return { schema: format.id, ...body };
}

/**
 * A word out of a list that may get longer in a minor version: programs must not stop at one that they do not know, so
 * the schema takes any.
 *
 * @param what A sentence.
 */
export function openWord(what: string, words: readonly string[]): z.ZodString {
  return z.string().describe(`${what} So far: ${words.join(", ")}. There may be more.`);
}
