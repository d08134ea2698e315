import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { PACKAGE_ROOT } from "../files/package-root.ts";
import { distTagOf, releasedSchemaProblems, releaseProblems, sectionOf } from "./release.ts";

// npm run check-release -- v1.2.0 [newest] [notes.md]: whether a tag may be released; writes the section of the changelog.
const read = (name: string) => readFileSync(join(PACKAGE_ROOT, name), "utf8");
const schemasIn = (folder: string) =>
  new Map(
    readdirSync(join(PACKAGE_ROOT, folder))
      .filter((name) => name.endsWith(".schema.json"))
      .map((name) => [name, read(join(folder, name))]),
  );
const versioned = z.object({ version: z.string() });
const [tag = "", newest = "", notes] = process.argv.slice(2);
const { version } = versioned.parse(JSON.parse(read("package.json")));
const { version: lockedVersion } = versioned.parse(JSON.parse(read("package-lock.json")));
const changelog = read("CHANGELOG.md");
const problems = [
  ...releaseProblems({ tag, version, lockedVersion, changelog }),
  ...releasedSchemaProblems(schemasIn("schemas"), schemasIn("schemas/released")),
];
if (problems.length > 0) {
  process.stderr.write(`${problems.join("\n")}\nNothing was released.\n`);
  process.exitCode = 1;
} else {
  if (notes !== undefined) writeFileSync(notes, `${sectionOf(changelog, version)?.text ?? ""}\n`);
  process.stdout.write(`version=${version}\ndist-tag=${distTagOf(version, newest)}\n`);
}
