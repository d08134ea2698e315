import type { Draft } from "../draft.ts";
import type { Finding } from "../problem.ts";

/** Reads a file of the project; undefined when there is none. The path is relative to the project's root. */
export type ReadProjectFile = (path: string) => string | Uint8Array | undefined;

interface RuleContext {
  /** Every environment, in the order of their names. */
  readonly all: readonly Draft[];
  readonly readFile: ReadProjectFile;
}

/** What several properties, or several environments, say together. */
export type Rule = (draft: Draft, context: RuleContext) => readonly Finding[];
