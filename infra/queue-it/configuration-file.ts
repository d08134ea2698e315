import { parse, stringify } from "lossless-json";
import { checkConfiguration } from "../../worker/configuration/check.ts";
import type { IntegrationConfiguration } from "../../worker/configuration/integration-configuration.ts";
import { readJson, UnreadableJson } from "../json/read-json.ts";

/**
 * What an integration configuration file holds, also as JSON without white space; or every reason against it.
 */
export type ConfigurationFile =
  | { readonly ok: true; readonly configuration: IntegrationConfiguration; readonly json: string }
  | { readonly ok: false; readonly reasons: readonly string[] };

/**
 * Reads an integration configuration file: its bytes, or its text. It may also be the body of a publish call,
 * which has the configuration in it. Numbers stay as they were written; the check sees them as the Worker
 * will.
 */
export function readConfigurationFile(content: string | Uint8Array): ConfigurationFile {
  const text = typeof content === "string" ? content : textOf(content);
  if (text === undefined) return { ok: false, reasons: [NOT_UTF8] };
  const json = text.replace(/^\uFEFF/, "");
  try {
    const read = readJson(json);
    const published = publishedIn(read);
    if (published !== undefined) return readConfigurationFile(published);
    const exact = stringify(read) ?? "";
    const check = checkConfiguration(JSON.parse(json));
    return check.ok ? { ...check, json: exact } : check;
  } catch (error) {
    return { ok: false, reasons: [reasonOf(json, error)] };
  }
}

const NOT_UTF8 =
  "is not UTF-8, and some of its letters would be lost. Save it as UTF-8, or download it again without " +
  "opening it in between";

/** Bytes that are not UTF-8 would become other literals, which match nothing. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The configuration in the body of a publish call, which is there in hexadecimal. */
function publishedIn(value: unknown): Uint8Array | undefined {
  if (typeof value !== "object" || value === null || !("integrationInfo" in value)) return undefined;
  const { integrationInfo: hex } = value;
  return typeof hex === "string" && /^(?:[\da-f]{2})+$/i.test(hex) ? Buffer.from(hex, "hex") : undefined;
}

/** Where it is not JSON, never what is there: a file that was named by mistake may hold a secret. */
function reasonOf(text: string, error: unknown): string {
  if (!(error instanceof UnreadableJson)) throw error;
  if (error.reason !== "syntax") return `cannot be used: ${error.message}`;
  const position = syntaxErrorAt(text);
  if (position === undefined) return "is not JSON";
  const lines = text.slice(0, position).split("\n");
  return `is not JSON: line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1} is not valid JSON there`;
}

/** The parser of the runtime says no position for most errors. */
function syntaxErrorAt(text: string): number | undefined {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    const position = error instanceof Error ? / at position (\d+)$/.exec(error.message)?.[1] : undefined;
    return position === undefined ? undefined : Number(position);
  }
}
