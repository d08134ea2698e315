import { redact } from "../secrets/redact.ts";
import { secretsIn } from "../secrets/secret-variables.ts";

/** A text as a person or a log may have it: without the secrets in this process's environment variables. */
export function withoutSecrets(text: string): string {
  return redact(text, secretsIn(process.env));
}
