import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { queueitCf } from "./cli.ts";
import { PACKAGE_ROOT } from "./files/package-root.ts";
import { referencePages } from "./reference/reference-pages.ts";

// npm run docs:reference
mkdirSync(join(PACKAGE_ROOT, "docs/reference"), { recursive: true });
for (const [path, text] of await referencePages(queueitCf())) writeFileSync(join(PACKAGE_ROOT, path), text);
