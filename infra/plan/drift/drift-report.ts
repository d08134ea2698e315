import pc from "picocolors";
import { codeSpan } from "../report/markdown-value.ts";
import { printable } from "../../text/printable.ts";
import { inFormat } from "../../json/format.ts";
import { toJson } from "../report/json.ts";
import { type Look, PLAIN } from "../../text/look.ts";
import { wrap } from "../../text/wrap.ts";
import { plainText, written } from "../sentence.ts";
import type { DriftCause } from "../changes/change.ts";
import type { Drift } from "./drift.ts";
import { DRIFT } from "./drift-format.ts";
import type { DriftChange } from "./remedy.ts";

const CAUSES: Readonly<Record<DriftCause, string>> = {
  published: "published by Queue-it",
  deleted: "deleted",
  "secret-lost": "a secret is gone",
  edited: "edited",
  added: "added",
  switched: "by the switch",
};

const ASK = "Ask who changed it and why before you undo it. To keep it, write it into the environment.";

/** Cloudflare hands no secret out, so that another value of one is no drift that anybody could see. */
function notCompared(environment: string): string {
  return (
    "Not compared: the values of secrets, which Cloudflare never reveals, and what the sites answer. To " +
    `check both, run: npx queueit-cf verify ${environment}. Also not compared is what Terraform does not ` +
    "manage: the Worker's workers.dev address, and routes in zones that the environment does not name."
  );
}

/** KV does not say who wrote a value, and a hand can count as well as Queue-it. */
const BY_VERSION =
  "Taken for published because the version is higher, or is the first. Whether Queue-it wrote it or a hand, KV does not " +
  "tell: compare it with what Queue-it's GO platform shows, and publish again where they differ.";

/**
 * Drift for people.
 *
 * @param look Of the place where it is read. Default: that of a file.
 */
export function driftText(environment: string, { expected, found }: Drift, look: Look = PLAIN): string {
  const paint = pc.createColors(look.colours);
  const options = { columns: look.columns };
  const lines = (
    changes: readonly (DriftChange & { readonly remedy?: string })[],
    mark: string,
    colour: (text: string) => string,
  ) =>
    changes.flatMap(({ cause, sentence, details, remedy }) => [
      ...wrap(`  ${mark} `, `${written(sentence, printable)} (${CAUSES[cause]})`, options).map(colour),
      ...details.flatMap((detail) => wrap("      ", written(detail, printable), options)),
      ...(remedy === undefined ? [] : wrap("    → ", `To undo it, ${printable(remedy)}`, options)),
    ]);
  return [
    paint.bold(`Drift of ${environment}: ${found.length === 0 ? "none" : found.length}`),
    ...(expected.length === 0
      ? []
      : [
          "",
          paint.bold("Expected"),
          ...lines(expected, "=", paint.dim),
          ...wrap("      ", BY_VERSION, options),
        ]),
    ...(found.length === 0 ? [] : ["", paint.bold("Not expected"), ...lines(found, "!", paint.yellow)]),
    ...(found.length === 0 ? [] : ["", ...wrap("→ ", ASK, options)]),
    "",
    ...wrap("", notCompared(environment), options).map(paint.dim),
    "",
  ].join("\n");
}

/** Drift as Markdown, for an issue. */
export function driftMarkdown(environment: string, { expected, found }: Drift): string {
  const lines = (changes: readonly (DriftChange & { readonly remedy?: string })[]) =>
    changes.flatMap(({ cause, sentence, details, remedy }) => [
      `- ${written(sentence, codeSpan)} (${CAUSES[cause]})`,
      ...details.map((detail) => `  - ${written(detail, codeSpan)}`),
      ...(remedy === undefined ? [] : [`  - To undo it: ${codeSpan(remedy)}`]),
    ]);
  return [
    `## Drift of ${codeSpan(environment)}`,
    "",
    ...(found.length === 0 ? ["Nothing was changed outside Terraform."] : [...lines(found), "", ASK]),
    "",
    ...(expected.length === 0
      ? []
      : [
          "<details>",
          "<summary>Published by Queue-it, as expected</summary>",
          "",
          ...lines(expected),
          "",
          BY_VERSION,
          "",
          "</details>",
          "",
        ]),
    notCompared(environment),
    "",
  ].join("\n");
}

/** Drift for programs. */
export function driftJson(environment: string, { expected, found }: Drift): string {
  const entry = ({ cause, address, sentence, details }: DriftChange) => ({
    cause,
    address,
    text: plainText(sentence),
    details: details.map(plainText),
  });
  return toJson(
    inFormat(DRIFT, {
      environment,
      drifted: found.length > 0,
      found: found.map((change) => ({ ...entry(change), remedy: change.remedy })),
      expected: expected.map(entry),
      ...(expected.length > 0 && { takenForPublished: BY_VERSION }),
      notCompared: notCompared(environment),
    }),
  );
}
