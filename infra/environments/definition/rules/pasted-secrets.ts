import { looksLikeSecret } from "../../../secrets/looks-like-secret.ts";
import { errorAt, type Finding } from "../problem.ts";
import { pathText } from "../structure.ts";
import type { Rule } from "./rule.ts";

/** Deeper than any environment; a limit, because nobody knows what a file exports. */
const DEPTH = 8;

/** No text of an environment has the shape of a secret. The texts themselves are never shown. */
export const pastedSecrets: Rule = ({ written }) => search(written, []);

function search(value: unknown, path: readonly PropertyKey[]): readonly Finding[] {
  if (typeof value === "string" && looksLikeSecret(value)) {
    const remedy =
      "remove it from the file and from its history, replace the secret, and pass the new one as a TF_VAR_… " +
      "variable or through the Secrets Store";
    return [errorAt(pathText(path), "secret-in-environment", value, "must not be in an environment", remedy)];
  }
  if (typeof value !== "object" || value === null || path.length >= DEPTH) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, child]) =>
    search(child, [...path, isList ? Number(key) : key]),
  );
}
