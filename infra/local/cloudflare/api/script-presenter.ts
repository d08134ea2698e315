import { createHash } from "node:crypto";
import type { Script } from "../account/model.ts";
import { BEGINNING } from "./identity.ts";
import { presentBinding } from "./script-bindings.ts";

/** A Worker as listings and uploads show it. */
export function presentScript(script: Script) {
  const { name, compatibilityDate, compatibilityFlags, history, settings } = script;
  return {
    id: name,
    tag: history?.tag ?? "",
    etag: etagOf(script),
    handlers: handlersOf(script),
    named_handlers: [],
    created_on: history?.createdOn ?? BEGINNING,
    modified_on: history?.modifiedOn ?? BEGINNING,
    last_deployed_from: history?.deployments.at(-1)?.source ?? "api",
    deployment_id: history?.deployments.at(-1)?.id ?? "",
    has_assets: false,
    has_modules: script.format === "es-module",
    logpush: settings?.["logpush"] ?? false,
    startup_time_ms: 1,
    usage_model: usageModelOf(script),
    compatibility_date: compatibilityDate,
    compatibility_flags: compatibilityFlags,
  };
}

/** A Worker's settings, without the text of any secret. */
export function presentSettings(script: Script) {
  const { bindings, compatibilityDate, compatibilityFlags, settings = {} } = script;
  return {
    bindings: bindings.map(presentBinding),
    compatibility_date: compatibilityDate,
    compatibility_flags: compatibilityFlags,
    usage_model: usageModelOf(script),
    ...presentOwnSettings(script),
    placement: settings["placement"] ?? {},
    ...(settings["limits"] !== undefined && { limits: settings["limits"] }),
  };
}

/** The settings that all versions of a Worker share. */
export function presentOwnSettings({ settings = {}, observability }: Script) {
  const observed = observability && {
    enabled: observability.enabled,
    head_sampling_rate: observability.samplingRate,
  };
  const told = settings["observability"] ?? observed;
  return {
    tags: settings["tags"] ?? [],
    tail_consumers: settings["tail_consumers"] ?? null,
    logpush: settings["logpush"] ?? false,
    ...(told !== undefined && { observability: told }),
  };
}

/** What `workers/services/{name}` answers: the Worker and its only environment. */
export function presentService(script: Script) {
  const presented = presentScript(script);
  const { id, created_on, modified_on } = presented;
  return {
    id,
    default_environment: { environment: "production", created_on, modified_on, script: presented },
    environments: [{ environment: "production", created_on, modified_on }],
    created_on,
    modified_on,
  };
}

/** The content as Cloudflare answers it: multipart for modules, plain for a service Worker. */
export function presentContent(script: Script): Response {
  const { mainModule, content, modules = [], format } = script;
  // A header holds bytes: those of UTF-8, where a name is not ASCII.
  const entrypoint = Buffer.from(mainModule).toString("latin1");
  const headers = { etag: `"${etagOf(script)}"`, "cf-entrypoint": entrypoint };
  if (format === "service-worker") {
    return new Response(content, { headers: { ...headers, "content-type": "application/javascript" } });
  }
  const form = new FormData();
  form.append(mainModule, new File([content], mainModule, { type: "application/javascript+module" }));
  for (const { name, contentType, base64 } of modules) {
    form.append(name, new File([Buffer.from(base64, "base64")], name, { type: contentType }));
  }
  return new Response(form, { headers });
}

export function etagOf({ content, modules = [] }: Script): string {
  const hash = createHash("sha256").update(content);
  for (const { name, base64 } of modules) hash.update(`\n${name}\n${base64}`);
  return hash.digest("hex");
}

/** Read off the text, where Cloudflare runs the code: right for bundles that do not hide the names. */
function handlersOf({ content }: Script): readonly string[] {
  return ["fetch", "scheduled", "queue", "email", "tail"].filter((name) =>
    new RegExp(`\\b${name}\\b`).test(content),
  );
}

function usageModelOf({ settings }: Script): unknown {
  return settings?.["usage_model"] ?? "standard";
}
