import { structuredPatch } from "diff";
import type { Environment } from "../environments/environment.ts";
import { inFormat } from "../json/format.ts";
import { INIT } from "./init-format.ts";

/** A file of the project that is to be written. */
export interface FileToWrite {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
  /** What is there now; undefined where nothing is. */
  readonly before: string | undefined;
}

/** What init found out, for people and for programs. */
export interface Initial {
  readonly name: string;
  /** Of the environment's file, from the project's root. */
  readonly path: string;
  readonly environment: Environment;
  /** Lines of the difference to the environment that is there; undefined where none is. */
  readonly differences: readonly string[] | undefined;
  readonly files: readonly FileToWrite[];
  readonly notes: readonly string[];
  readonly next: readonly string[];
}

/** The lines that differ, each after a mark, with those around them; empty where nothing differs. */
export function differingLines(before: string, after: string): readonly string[] {
  const { hunks } = structuredPatch("", "", before, after, undefined, undefined, { context: 2 });
  return hunks.flatMap(({ lines }, index) => (index === 0 ? lines : ["…", ...lines]));
}

/** Everything that a person sees before anything is written. */
export function initialText({ path, differences, files, notes }: Initial): string {
  const lines = files.flatMap(({ path: file, text, before }) => [
    before === undefined ? `${file}:` : `${file}, with what is there now marked with -:`,
    "",
    ...(before === undefined || file === path ? text.trimEnd().split("\n") : differingLines(before, text)),
    "",
  ]);
  const different =
    differences === undefined || differences.length === 0
      ? []
      : [`${path} is there already, and says otherwise:`, "", ...differences, ""];
  return [...lines, ...different, ...notes.map((note) => `- ${note}`)].join("\n");
}

/** The same as one object. */
export function initialObject(initial: Initial, isWritten: boolean): object {
  const { name, environment, differences, files, notes, next } = initial;
  return inFormat(INIT, {
    environment: name,
    isWritten,
    differences: differences ?? [],
    files: files.map(({ path, text }) => ({ path, text })),
    notes,
    next: next.map((line) => line.replace(/^(?: {2}|- )/, "")),
    values: { ...environment },
  });
}
