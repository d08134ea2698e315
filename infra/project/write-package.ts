import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { buildBundle } from "../bundles/build-bundle.ts";
import { HASH_FILE, PREBUILT_FOLDER, hashLine } from "../bundles/prebuilt-bundle.ts";
import { PACKAGE_ROOT } from "../files/package-root.ts";
import { compile, copyAssets } from "./compile-package.ts";
import { declareTypes } from "./declare-types.ts";

// npm run package: what npm packs beside the sources, in dist/package/.
const output = join(PACKAGE_ROOT, "dist/package");
rmSync(output, { recursive: true, force: true });
await compile(output);
declareTypes(output);
copyAssets(output);
const { sha256, sourceMapPath } = await buildBundle(join(PACKAGE_ROOT, PREBUILT_FOLDER));
writeFileSync(join(PACKAGE_ROOT, PREBUILT_FOLDER, HASH_FILE), hashLine(sha256));
writeFileSync(join(PACKAGE_ROOT, PREBUILT_FOLDER, "LICENSES.txt"), licencesOf(sourceMapPath));

/** The licence of each package of whose code the bundle is made, which asks to go with it. */
function licencesOf(sourceMapPath: string): string {
  const { sources } = z
    .object({ sources: z.array(z.string()) })
    .parse(JSON.parse(readFileSync(sourceMapPath, "utf8")));
  const names = new Set(
    sources.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
  );
  const texts = [...names].sort().map((name) => {
    const folder = join(PACKAGE_ROOT, "node_modules", name);
    const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
    if (file === undefined) throw new Error(`${name} has no licence text.`);
    return `${name}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  });
  return `worker.mjs holds code of these packages.\n\n${texts.join("\n\n")}`;
}
