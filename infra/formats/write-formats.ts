import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { PACKAGE_ROOT } from "../files/package-root.ts";
import { FORMATS } from "./formats.ts";
import { schemaFile, SCHEMAS_FOLDER, schemaText } from "./json-schema.ts";
import { FORMATS_PAGE, withFormats } from "./page.ts";
import { readReleased, RELEASED_FOLDER, RELEASED_VERSION } from "./released.ts";
import { versionProblems } from "./version-problems.ts";

// npm run docs:schemas writes the schemas and the page on them; npm run release:schemas also what the release after
// this one is compared with.
const page = join(PACKAGE_ROOT, FORMATS_PAGE);
write(SCHEMAS_FOLDER);
writeFileSync(page, withFormats(readFileSync(page, "utf8"), FORMATS));
if (process.argv.includes("--released")) release();

function release(): void {
  const problems = versionProblems(readReleased(), FORMATS);
  if (problems.length > 0) throw new Error(`Nothing was released.\n${problems.join("\n")}`);
  write(RELEASED_FOLDER);
  const file = readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8");
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(file));
  writeFileSync(join(PACKAGE_ROOT, RELEASED_FOLDER, RELEASED_VERSION), `${version}\n`);
}

/** The schemas, and no other of theirs that was there before. */
function write(name: string): void {
  const folder = join(PACKAGE_ROOT, name);
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(folder)) if (file.endsWith(".schema.json")) rmSync(join(folder, file));
  for (const format of FORMATS) writeFileSync(join(folder, schemaFile(format)), schemaText(format));
}
