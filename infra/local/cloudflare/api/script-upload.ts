import { z } from "zod";
import type { Script, UploadSource } from "../account/model.ts";
import { apiRefusals } from "./api-errors.ts";
import { readObject } from "./body.ts";
import type { Part } from "./multipart.ts";
import { type EarlierBindings, bindingsBody, editBindings, readBindings } from "./script-bindings.ts";

/** The date that Cloudflare takes where an upload names none. */
const OLDEST_DATE = "2021-11-02";

/** Far above any; the account's own limit is closer. */
const MODULE_NAME = 4096;

const metadataBody = z.looseObject({
  main_module: z.string().max(MODULE_NAME).optional(),
  body_part: z.string().max(MODULE_NAME).optional(),
  bindings: bindingsBody.optional(),
  keep_bindings: z.array(z.string()).max(100).optional(),
  compatibility_date: z.string().max(100).optional(),
  compatibility_flags: z.array(z.string().max(100)).max(100).optional(),
});

/** What of an upload is kept as `settings`: given back, without effect here. */
const SETTINGS = [
  "observability",
  "logpush",
  "usage_model",
  "tags",
  "tail_consumers",
  "placement",
  "limits",
  "annotations",
];

/**
 * The Worker that an upload makes of the one before it.
 *
 * @throws CloudflareError when a part is missing, or the upload asks for what is not emulated.
 */
export function scriptOfUpload(
  name: string,
  parts: readonly Part[],
  before: Script | undefined,
  { of, strict }: Omit<EarlierBindings, "newest">,
): Script {
  const metadata = readMetadata(parts);
  const { bindings = [], compatibility_date, compatibility_flags } = metadata;
  const namesSecrets = bindings.some(({ type }) => type === "secret_text" || type === "inherit");
  // An upload that does not say which stay and names no secret itself leaves the secrets that are there:
  // `wrangler deploy` sends just that, and is documented to keep them.
  const keepTypes = metadata.keep_bindings ?? (namesSecrets ? [] : ["secret_text"]);
  return {
    name,
    ...readContent(parts, metadata),
    compatibilityDate: compatibility_date === "" ? OLDEST_DATE : (compatibility_date ?? OLDEST_DATE),
    compatibilityFlags: compatibility_flags ?? [],
    bindings: readBindings(bindings, { newest: before?.bindings ?? [], of, strict }, keepTypes),
    settings: pickSettings(metadata),
    ...(before?.subdomain && { subdomain: before.subdomain }),
  };
}

/** The Worker with new content and everything else as it was. */
export function withContent(before: Script, parts: readonly Part[]): Script {
  // What the content was before must not linger, for example modules beside the main one.
  return { ...before, modules: [], ...readContent(parts, readMetadata(parts)) };
}

const settingsBody = metadataBody.omit({ main_module: true, body_part: true });

/** The Worker after a PATCH of its settings: only what the request names changes. */
export function withSettings(before: Script, told: unknown, of: EarlierBindings["of"]): Script {
  const change = settingsBody.parse(told);
  const { bindings, keep_bindings = [], compatibility_date, compatibility_flags } = change;
  const earlier = { newest: before.bindings, of, strict: true };
  return {
    ...before,
    ...(bindings && { bindings: editBindings(bindings, earlier, keep_bindings) }),
    ...(compatibility_date !== undefined && { compatibilityDate: compatibility_date }),
    ...(compatibility_flags && { compatibilityFlags: compatibility_flags }),
    settings: { ...before.settings, ...pickSettings(change) },
  };
}

/** What of a request to change settings is kept with a Worker and has no effect here. */
export function settingsOf(before: Script, told: unknown): Readonly<Record<string, unknown>> {
  return { ...before.settings, ...pickSettings(settingsBody.parse(told)) };
}

function readMetadata(parts: readonly Part[]): z.output<typeof metadataBody> {
  return metadataBody.parse(readObject(parts, "metadata"));
}

function readContent(
  parts: readonly Part[],
  { main_module, body_part }: z.output<typeof metadataBody>,
): Pick<Script, "mainModule" | "content" | "format" | "modules"> {
  const main = main_module ?? body_part;
  if (main === undefined) {
    throw apiRefusals.mainModuleMissing(
      "The uploaded script has no `main_module` or `body_part` in its metadata.",
    );
  }
  // The official SDK names every file part `files` or alike, and the file itself by its module; others name
  // the part.
  const byFile = parts.find((part) => fileName(part) === main);
  const content = byFile ?? parts.find((part) => part.name === main);
  if (content === undefined) {
    throw apiRefusals.mainModuleMissing(
      `No such module ${JSON.stringify(main)}: the upload has no part of that name.`,
    );
  }
  const nameOf = byFile === undefined ? ({ name }: Part) => name : fileName;
  const modules = parts
    .filter((part) => part !== content && isModule(part))
    .map((part) => ({
      name: nameOf(part),
      contentType: part.contentType ?? "application/octet-stream",
      base64: part.bytes.toString("base64"),
    }));
  return {
    mainModule: main,
    content: content.bytes.toString(),
    format: main_module === undefined ? "service-worker" : "es-module",
    ...(modules.length > 0 && { modules }),
  };
}

function isModule({ name, filename, contentType }: Part): boolean {
  return (
    name !== "metadata" &&
    (filename !== undefined || contentType !== undefined) &&
    contentType !== "application/source-map"
  );
}

function fileName({ name, filename }: Part): string {
  return filename ?? name;
}

function pickSettings(metadata: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    SETTINGS.flatMap((key) => (metadata[key] === undefined ? [] : [[key, metadata[key]]])),
  );
}

/** Whom an upload came from. */
export function sourceOf(request: Request): UploadSource {
  return /^wrangler\b/i.test(request.headers.get("user-agent") ?? "") ? "wrangler" : "api";
}
