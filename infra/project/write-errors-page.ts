import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../files/project-root.ts";
import { ERRORS_PAGE } from "../errors/page-path.ts";
import { errorsPage } from "../errors/page.ts";

// npm run docs:errors
writeFileSync(join(PROJECT_ROOT, ERRORS_PAGE), errorsPage());
