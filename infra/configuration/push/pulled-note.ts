import { z } from "zod";
import { sha256Of } from "../../files/sha256.ts";
import type { FoundConfiguration } from "../sources/found-configuration.ts";

/** What a file was pulled from, kept beside it, so that a push can tell whether that is still live. */
export interface PulledNote {
  readonly environment: string;
  readonly version: number;
  /** SHA-256 of the configuration without white space. */
  readonly sha256: string;
}

const NOTE = z.object({
  schema: z.literal("queueit-cf/config-pulled/1"),
  environment: z.string(),
  version: z.number(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Path of the note of a file. */
export function notePath(file: string): string {
  return `${file}.pulled`;
}

export function noteOf(
  environment: string,
  found: Pick<FoundConfiguration, "configuration" | "json">,
): PulledNote {
  return { environment, version: found.configuration.Version, sha256: fingerprint(found) };
}

/** The same for configurations that differ in white space only. */
export function fingerprint({ json }: Pick<FoundConfiguration, "json">): string {
  return sha256Of(Buffer.from(json));
}

/** A note as it is written. */
export function noteText(note: PulledNote): string {
  return `${JSON.stringify({ schema: "queueit-cf/config-pulled/1", ...note }, null, 2)}\n`;
}

/** The note in a text; undefined where it is none. */
export function readNote(text: string): PulledNote | undefined {
  try {
    return NOTE.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
