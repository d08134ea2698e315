import type { BundledHooks } from "./specification.ts";

/** Characters of the hash that are enough to tell one state of a file from another. */
const HASH_LENGTH = 12;

/** Hooks in one line, as a variable of the Worker: which there are, the beginning of their hash, and their file. */
export function hooksText({ names, sha256, path }: BundledHooks): string {
  return `${names.join("+")} ${sha256.slice(0, HASH_LENGTH)} ${path}`;
}

/** What such a line says. */
export interface HooksNamed {
  readonly names: readonly string[];
  readonly hash: string;
  readonly path: string;
}

/** Undefined for a text that is none. */
export function readHooksText(text: string | undefined): HooksNamed | undefined {
  const [, names, hash, path] = /^([A-Za-z+]+) ([0-9a-f]{12}) (.+)$/s.exec(text ?? "") ?? [];
  if (names === undefined || hash === undefined || path === undefined) return undefined;
  return { names: names.split("+"), hash, path };
}
