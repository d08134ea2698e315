import { UserError } from "../errors/user-error.ts";
import { ownPath } from "../text/own-path.ts";

/** A file of hooks that no bundle can take in. */
export class HooksUnusable extends UserError {
  /**
   * @param what Goes on after the file's name, without a full stop.
   * @param remedy What to do, in small letters and without one.
   */
  constructor(
    path: string,
    readonly what: string,
    readonly remedy: string,
  ) {
    super(
      "hooks-unusable",
      `The file of hooks ${path} ${what}. ${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}. Nothing was deployed; ` +
        `${ownPath("docs/hooks.md")} has examples.`,
    );
  }
}
