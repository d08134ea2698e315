import { readFile } from "node:fs/promises";
import type { Target } from "../../../../infra/specification/target.ts";

/**
 * The bundle of a target with a fault of its own: `around` is JavaScript of a function that gets the Worker and
 * gives the faulty one.
 */
export async function planted({ spec }: Target, around: string): Promise<string> {
  const text = await readFile(spec.worker.file.path, "utf8");
  const [, name] = /export\s*\{\s*([\w$]+) as default\s*\};?/.exec(text) ?? [];
  if (name === undefined) throw new Error("The bundle has no default export.");
  return text.replace(/export\s*\{\s*[\w$]+ as default\s*\};?/, () => `export default (${around})(${name});`);
}

/** Takes any session that is signed with the secret key, whatever waiting room it is of. */
export const ACCEPTS_ANY_ROOM = `(worker) => ({
  ...worker,
  async fetch(request, env, context) {
    const answer = await worker.fetch(request, env, context);
    if (!(answer.headers.get("location") ?? "").includes("queue-it.net")) return answer;
    const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(env.QUEUEIT_SECRET_KEY), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    for (const [, value] of (request.headers.get("cookie") ?? "").matchAll(/QueueITAccepted[^=]*=([^;]*)/g)) {
      const fields = new URLSearchParams(decodeURIComponent(value));
      const signed = ["EventId", "QueueId", "FixedValidityMins", "RedirectType", "IssueTime"].map((name) => fields.get(name) ?? "").join("");
      const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(signed)));
      const hash = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      if (hash === fields.get("Hash")) return fetch(request);
    }
    return answer;
  },
})`;

/** Takes a session of the page's own waiting room that is signed with the secret key, however old it is. */
export const FORGETS_THAT_SESSIONS_END = `(worker) => ({
  ...worker,
  async fetch(request, env, context) {
    const answer = await worker.fetch(request, env, context);
    const link = answer.headers.get("location") ?? "";
    if (!link.includes("queue-it.net")) return answer;
    const room = new URL(link).searchParams.get("e")?.toLowerCase();
    const key = await crypto.subtle.importKey("raw", new TextEncoder().encode(env.QUEUEIT_SECRET_KEY), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    for (const [, value] of (request.headers.get("cookie") ?? "").matchAll(/QueueITAccepted[^=]*=(EventId%3D[^;]*)/g)) {
      const fields = new URLSearchParams(decodeURIComponent(value));
      if (fields.get("EventId")?.toLowerCase() !== room) continue;
      const signed = ["EventId", "QueueId", "FixedValidityMins", "RedirectType", "IssueTime"].map((name) => fields.get(name) ?? "").join("");
      const bytes = new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(signed)));
      const hash = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
      if (hash === fields.get("Hash")) return fetch(request);
    }
    return answer;
  },
})`;

/** Fails because of what a visitor sends, and lets the site answer. */
export const FAILS_OPEN_ON_A_LONG_HEADER = `(worker) => ({
  ...worker,
  async fetch(request, env, context) {
    const isLong = [...request.headers].some(([, value]) => value.length > 4000);
    if (!isLong) return worker.fetch(request, env, context);
    const answer = await fetch(request);
    const opened = new Response(answer.body, answer);
    opened.headers.set("x-queueit-failed", "true");
    return opened;
  },
})`;

/** Has its sessions hold for one bundle only. */
export const FORGETS_SESSIONS_AT_A_DEPLOY = `(worker) => ({
  ...worker,
  async fetch(request, env, context) {
    const mark = env.QUEUEIT_BUNDLE_SHA256.slice(0, 8) + ".";
    const headers = new Headers(request.headers);
    const cookies = (headers.get("cookie") ?? "").split("; ").filter((cookie) => cookie.includes("=" + mark));
    headers.delete("cookie");
    if (cookies.length > 0) headers.set("cookie", cookies.map((cookie) => cookie.replace("=" + mark, "=")).join("; "));
    const answer = await worker.fetch(new Request(request, { headers }), env, context);
    const marked = new Response(answer.body, answer);
    marked.headers.delete("set-cookie");
    for (const cookie of answer.headers.getSetCookie()) marked.headers.append("set-cookie", cookie.replace("=", "=" + mark));
    return marked;
  },
})`;
