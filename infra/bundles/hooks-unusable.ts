import { UserError } from "../errors/user-error.ts";

/**
 * A file of hooks that no bundle can take in.
 *
 * @param what Goes on after the file's name.
 */
export function hooksUnusable(path: string, what: string, remedy: string): UserError {
  return new UserError(
    "hooks-unusable",
    `The hooks ${path} ${what} ${remedy} Nothing was deployed; docs/hooks.md has examples.`,
  );
}
