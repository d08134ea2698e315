import { fileURLToPath } from "node:url";

/** The folder that this project is in. */
export const PROJECT_ROOT = fileURLToPath(new URL("../..", import.meta.url));
