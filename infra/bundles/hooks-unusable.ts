import { UserError } from "../errors/user-error.ts";

/** A file of hooks that no bundle can take in. */
export class HooksUnusable extends UserError {
  /** @param what Goes on after the file's name. */
  constructor(
    path: string,
    readonly what: string,
    readonly remedy: string,
  ) {
    super(
      "hooks-unusable",
      `The hooks ${path} ${what} ${remedy} Nothing was deployed; docs/hooks.md has examples.`,
    );
  }
}
