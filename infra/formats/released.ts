import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { PACKAGE_ROOT } from "../files/package-root.ts";
import { SCHEMAS_FOLDER, type JsonSchema } from "./json-schema.ts";

/** The schemas of the last release, in the repository itself: a fresh clone has no tags. */
export const RELEASED_FOLDER = `${SCHEMAS_FOLDER}/released`;

/** File in that folder with the version of the release. */
export const RELEASED_VERSION = "VERSION";

const schema: z.ZodType<JsonSchema> = z.record(z.string(), z.unknown());

/** The schemas of the last release, by the name of their file. None before the first. */
export function readReleased(): ReadonlyMap<string, JsonSchema> {
  const folder = join(PACKAGE_ROOT, RELEASED_FOLDER);
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".schema.json")) : [];
  const read = (name: string) => schema.parse(JSON.parse(readFileSync(join(folder, name), "utf8")));
  return new Map(files.map((name) => [name, read(name)]));
}
