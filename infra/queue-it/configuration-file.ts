import { checkConfiguration } from "../../worker/configuration-check.ts";
import type { IntegrationConfiguration } from "../../worker/configuration.ts";

/** What an integration configuration file holds, also as JSON without white space; or every reason against it. */
export type ConfigurationFile =
  | { readonly ok: true; readonly configuration: IntegrationConfiguration; readonly json: string }
  | { readonly ok: false; readonly reasons: readonly string[] };

/** Reads the text of an integration configuration file. */
export function readConfigurationFile(text: string): ConfigurationFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return { ok: false, reasons: [`is not JSON (${error instanceof Error ? error.message : "unreadable"})`] };
  }
  const check = checkConfiguration(value);
  return check.ok ? { ...check, json: JSON.stringify(value) } : check;
}
