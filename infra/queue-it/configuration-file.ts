import { stringify } from "lossless-json";
import { checkConfiguration } from "../../worker/configuration-check.ts";
import type { IntegrationConfiguration } from "../../worker/configuration.ts";
import { readJson, UnreadableJson } from "../json/read-json.ts";

/** What an integration configuration file holds, also as JSON without white space; or every reason against it. */
export type ConfigurationFile =
  | { readonly ok: true; readonly configuration: IntegrationConfiguration; readonly json: string }
  | { readonly ok: false; readonly reasons: readonly string[] };

/**
 * Reads the text of an integration configuration file. Numbers stay as they were written; the check sees them as the
 * Worker will.
 */
export function readConfigurationFile(text: string): ConfigurationFile {
  const json = text.replace(/^\uFEFF/, "");
  try {
    const exact = stringify(readJson(json)) ?? "";
    const check = checkConfiguration(JSON.parse(json));
    return check.ok ? { ...check, json: exact } : check;
  } catch (error) {
    return { ok: false, reasons: [reasonOf(json, error)] };
  }
}

/** For what is not JSON, where: the parser's own words, since the file is the reader's and holds no secret. */
function reasonOf(text: string, error: unknown): string {
  if (!(error instanceof UnreadableJson)) throw error;
  if (error.reason !== "syntax") return `cannot be used: ${error.message}`;
  try {
    JSON.parse(text);
    return error.message;
  } catch (syntax) {
    return `is not JSON (${syntax instanceof Error ? syntax.message : "unreadable"})`;
  }
}
