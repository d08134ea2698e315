import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../files/package-root.ts";
import { ERRORS_PAGE } from "../errors/page-path.ts";
import { errorsPage } from "../errors/page.ts";

// npm run docs:errors
writeFileSync(join(PACKAGE_ROOT, ERRORS_PAGE), errorsPage());
