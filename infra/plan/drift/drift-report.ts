import pc from "picocolors";
import { codeSpan } from "../report/markdown-value.ts";
import { printable } from "../../text/printable.ts";
import { toJson } from "../report/json.ts";
import { type Look, PLAIN } from "../../text/look.ts";
import { wrap } from "../../text/wrap.ts";
import { plainText, written } from "../sentence.ts";
import type { DriftCause } from "../changes/change.ts";
import type { Drift } from "./drift.ts";

const CAUSES: Readonly<Record<DriftCause, string>> = {
  published: "published by Queue-it",
  deleted: "deleted",
  "secret-lost": "a secret is gone",
  edited: "edited",
  added: "added",
};

const REMEDY =
  "Ask who changed it and why. To undo it, deploy again; to keep it, write it into the environment.";

/**
 * Drift for people.
 *
 * @param look Of the place where it is read. Default: that of a file.
 */
export function driftText(environment: string, { expected, found }: Drift, look: Look = PLAIN): string {
  const paint = pc.createColors(look.colours);
  const options = { columns: look.columns };
  const lines = (changes: Drift["found"], mark: string, colour: (text: string) => string) =>
    changes.flatMap(({ cause, sentence, details }) => [
      ...wrap(`  ${mark} `, `${written(sentence, printable)} (${CAUSES[cause]})`, options).map(colour),
      ...details.flatMap((detail) => wrap("      ", written(detail, printable), options)),
    ]);
  return [
    paint.bold(`Drift of ${environment}: ${found.length === 0 ? "none" : found.length}`),
    ...(expected.length === 0 ? [] : ["", paint.bold("Expected"), ...lines(expected, "=", paint.dim)]),
    ...(found.length === 0 ? [] : ["", paint.bold("Not expected"), ...lines(found, "!", paint.yellow)]),
    ...(found.length === 0 ? [] : ["", ...wrap("→ ", REMEDY, options)]),
    "",
  ].join("\n");
}

/** Drift as Markdown, for an issue. */
export function driftMarkdown(environment: string, { expected, found }: Drift): string {
  const lines = (changes: Drift["found"]) =>
    changes.flatMap(({ cause, sentence, details }) => [
      `- ${written(sentence, codeSpan)} (${CAUSES[cause]})`,
      ...details.map((detail) => `  - ${written(detail, codeSpan)}`),
    ]);
  return [
    `## Drift of ${codeSpan(environment)}`,
    "",
    ...(found.length === 0 ? ["Nothing was changed outside Terraform."] : [...lines(found), "", REMEDY]),
    "",
    ...(expected.length === 0
      ? []
      : [
          "<details>",
          "<summary>Published by Queue-it, as expected</summary>",
          "",
          ...lines(expected),
          "",
          "</details>",
          "",
        ]),
  ].join("\n");
}

/** Drift for programs. */
export function driftJson(environment: string, { expected, found }: Drift): string {
  const entries = (changes: Drift["found"]) =>
    changes.map(({ cause, address, sentence, details }) => ({
      cause,
      address,
      text: plainText(sentence),
      details: details.map(plainText),
    }));
  return toJson({
    schema: "queueit-cf/drift/1",
    environment,
    drifted: found.length > 0,
    found: entries(found),
    expected: entries(expected),
  });
}
