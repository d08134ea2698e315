import { isFormatId } from "../json/format.ts";
import { redact } from "../secrets/redact.ts";
import { secretsIn } from "../secrets/secret-variables.ts";

/** A text as a person or a log may have it: without the secrets in this process's environment variables. */
export function withoutSecrets(text: string): string {
  return redact(text, secretsIn(process.env));
}

/**
 * The same for every text in a value that becomes JSON. JSON that is written already is no place to hide
 * anything in: a secret that is also a word of its syntax or a name of a property would leave something that
 * nobody can parse.
 */
export function deepWithoutSecrets(value: unknown): unknown {
  if (typeof value === "string") return withoutSecrets(value);
  if (Array.isArray(value)) return value.map(deepWithoutSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    // Whatever the secrets are, programs have to recognize the format.
    Object.entries(value).map(([name, inner]) => [
      name,
      name === "schema" && isFormatId(inner) ? inner : deepWithoutSecrets(inner),
    ]),
  );
}
