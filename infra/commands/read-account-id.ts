import { InvalidArgumentError } from "commander";

/** The id of a Cloudflare account as an option gives it. */
export function readAccountId(text: string): string {
  if (!/^[0-9a-f]{32}$/.test(text)) {
    throw new InvalidArgumentError("An account's id has 32 characters of 0 to 9 and a to f.");
  }
  return text;
}
