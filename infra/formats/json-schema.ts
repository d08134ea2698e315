import { z } from "zod";
import type { Format } from "../json/format.ts";

/** An object of JSON Schema, draft 2020-12. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Folder of the files, from the root of this package. */
export const SCHEMAS_FOLDER = "schemas";

/** The schema of a format, for programs and editors. It says nothing of properties that it does not name. */
export function jsonSchemaOf(format: Format): JsonSchema {
  const { $schema, ...schema } = z.toJSONSchema(format.schema, { io: "input", override: withoutSafeLimits });
  const [name, major] = nameAndMajor(format);
  return {
    $schema,
    $id: `urn:queueit-cf:${name}:${major}`,
    $comment: `Version ${major}.${format.minor}`,
    title: format.title,
    ...schema,
  };
}

/** Name of a format's file. */
export function schemaFile(format: Pick<Format, "id">): string {
  const [name, major] = nameAndMajor(format);
  return `${name}.v${major}.schema.json`;
}

/** The file as it is written. */
export function schemaText(format: Format): string {
  return `${JSON.stringify(jsonSchemaOf(format), undefined, 2)}\n`;
}

/** `queueit-cf/plan-report/1` as its name and its major version. */
export function nameAndMajor({ id }: Pick<Format, "id">): readonly [name: string, major: number] {
  const [, name = "", major = ""] = id.split("/");
  return [name, Number(major)];
}

/** What JavaScript can count to is no property of a format. */
function withoutSafeLimits({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}
