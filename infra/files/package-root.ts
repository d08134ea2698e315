import { fileURLToPath } from "node:url";

/** Whether this is what npm installed: compiled, with the Worker built, and no environments of its own. */
export const IS_INSTALLED = import.meta.url.endsWith(".js");

/** The folder of this package: a checkout, or the package among those of a project. */
export const PACKAGE_ROOT = fileURLToPath(new URL(IS_INSTALLED ? "../../../.." : "../..", import.meta.url));
