import { createHmac } from "node:crypto";
import { inspect } from "node:util";

/** What stands for a secret wherever one would be written. */
const SHOWN = "(secret)";

/**
 * A secret of a plan. It can be compared, and be told from others under a key; nothing gives its value back,
 * so that no report can print it.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  equals(other: Secret): boolean {
    return this.#value === other.#value;
  }

  /** HMAC-SHA256 of the value, in hexadecimal. Without the key nobody can try guesses on it. */
  fingerprint(key: string): string {
    // As JSON: two texts that are no proper Unicode would otherwise become the same bytes.
    return createHmac("sha256", key).update(JSON.stringify(this.#value)).digest("hex");
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [inspect.custom](): string {
    return SHOWN;
  }
}
