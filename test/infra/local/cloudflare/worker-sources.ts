import type { Script, ScriptBinding } from "../../../../infra/local/cloudflare/account/model.ts";

/** An ES module Worker around the body of its fetch handler, which sees `request`, `env` and `ctx`. */
export function moduleWorker(body: string, bindings: readonly ScriptBinding[] = [], name = "shop"): Script {
  return {
    name,
    mainModule: "worker.mjs",
    content: `export default { async fetch(request, env, ctx) { ${body} } };`,
    format: "es-module",
    compatibilityDate: "2026-04-01",
    compatibilityFlags: ["nodejs_compat"],
    bindings,
  };
}

export const ACCOUNT_ID = "0123456789abcdef0123456789abcdef";
export const ZONE = { id: "fedcba9876543210fedcba9876543210", name: "example.com" };
