/** A change of the code that a run has tried. */
export interface Mutant {
  /** Path of the file. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** The line's text, without the white space around it. */
  readonly code: string;
  /** What was written there, and what in its place; only the first line of each. */
  readonly change: string;
  readonly fate: "killed" | "survived";
}

/** The folder of a mutant. */
export function folderOf({ file }: Mutant): string {
  return file.slice(0, file.lastIndexOf("/"));
}
