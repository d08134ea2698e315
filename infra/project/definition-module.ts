import { existsSync } from "node:fs";
import { join } from "node:path";
import { environmentsFolder } from "./environment-names.ts";

/** What the environments of a project import that has the package installed: no checkout has it. */
export const DEFINITION_MODULE = "queueit-cloudflare/environment";

/** What an environment that is written into the project imports `defineEnvironment` from. */
export function definitionModule(): string {
  return isCheckout() ? "./environment.ts" : DEFINITION_MODULE;
}

/** Whether the project is a checkout of this package, or another copy of its sources. */
export function isCheckout(): boolean {
  return existsSync(join(environmentsFolder(), "environment.ts"));
}
