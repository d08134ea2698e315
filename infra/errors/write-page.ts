import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_ROOT } from "../files/project-root.ts";
import { ERRORS_PAGE } from "./page-path.ts";
import { errorsPage } from "./page.ts";

// npm run docs:errors
writeFileSync(join(PROJECT_ROOT, ERRORS_PAGE), errorsPage());
