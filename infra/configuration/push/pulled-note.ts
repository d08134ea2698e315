import { z } from "zod";
import { sha256Of } from "../../files/sha256.ts";
import { sha256 } from "../../json/fields.ts";
import { type BodyOf, defineFormat, inFormat } from "../../json/format.ts";
import { jsonOf } from "../../json/json-of.ts";
import type { FoundConfiguration } from "../sources/found-configuration.ts";

/** What a file was pulled from, kept beside it, so that a push can tell whether that is still live. */
export const CONFIG_PULLED = defineFormat(
  {
    id: "queueit-cf/config-pulled/1",
    minor: 0,
    title: "What a file was pulled from",
    use: "kept",
    elsewhere: "the file `….pulled` that `config pull` writes beside the configuration",
  },
  (mark) =>
    z
      .object({
        ...mark,
        environment: z.string().describe("Name of the environment."),
        version: z.number().describe("Version of the integration configuration."),
        sha256: sha256("SHA-256 of the integration configuration without white space."),
      })
      .describe("What a file was pulled from: config push refuses where another one is live by then."),
);

export type PulledNote = BodyOf<typeof CONFIG_PULLED>;

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
  return `${JSON.stringify(inFormat(CONFIG_PULLED, note), null, 2)}\n`;
}

/** The note in a text; undefined where it is none. */
export function readNote(text: string): PulledNote | undefined {
  return CONFIG_PULLED.schema.safeParse(jsonOf(text)).data;
}
