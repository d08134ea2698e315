import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { z } from "zod";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import type { FormatId } from "../../../infra/json/format.ts";
import { type JsonSchema, schemaFile, SCHEMAS_FOLDER } from "../../../infra/formats/json-schema.ts";

const marked = z.object({ schema: z.templateLiteral(["queueit-cf/", z.string(), "/", z.int()]) });
const schemaOfFile = z.record(z.string(), z.unknown());
const validators = new Map<string, ValidateFunction>();

/** The committed schema of a format. */
function committedSchema(id: FormatId): JsonSchema {
  const file = join(PACKAGE_ROOT, SCHEMAS_FOLDER, schemaFile({ id }));
  return schemaOfFile.parse(JSON.parse(readFileSync(file, "utf8")));
}

/** What is wrong with a value by the committed schema of a format: also what that does not mention. */
export function faultsIn(id: FormatId, value: unknown): readonly string[] {
  const validate = validators.get(id) ?? compiled(committedSchema(id));
  validators.set(id, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${id} ${instancePath} ${message ?? ""} ${JSON.stringify(params)}`,
  );
}

/** What is wrong with what a command printed for programs: one object, or one on each line. */
export function faultsInOutput(text: string): readonly string[] {
  return documentsIn(text).flatMap((value) => {
    const { data } = marked.safeParse(value);
    return data === undefined ? [`has no schema: ${JSON.stringify(value)}`] : faultsIn(data.schema, value);
  });
}

/** The formats of what a command printed. */
export function formatsIn(text: string): readonly string[] {
  return documentsIn(text).map((value) => marked.parse(value).schema);
}

/** An indented object is over at the line that is its end; any other is one line. */
function documentsIn(text: string): readonly unknown[] {
  return text
    .trimEnd()
    .split(/(?<=^\}$)\n|(?<=^\{.+\}$)\n/m)
    .filter((one) => one !== "")
    .map((one): unknown => JSON.parse(one));
}

function compiled(schema: JsonSchema): ValidateFunction {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true, validateFormats: false });
  return ajv.compile(closed(schema) as JsonSchema);
}

/** The schemas leave room for what later versions add; this version writes nothing that its own do not mention. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== "object" || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, closed(inner)]));
  const isObject = copy["type"] === "object" && "properties" in copy;
  return isObject ? { additionalProperties: false, ...copy } : copy;
}
