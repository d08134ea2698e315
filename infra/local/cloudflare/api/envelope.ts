import { ZodError } from "zod";
import { CloudflareError } from "../account/refusals.ts";

/** An answer in Cloudflare's envelope. `info` is its `result_info`: what a listing says about its page. */
export function answer(
  result: unknown,
  info?: Readonly<Record<string, unknown>>,
  headers?: Readonly<Record<string, string>>,
): Response {
  const envelope = { success: true, errors: [], messages: [], result };
  return Response.json(info === undefined ? envelope : { ...envelope, result_info: info }, {
    ...(headers !== undefined && { headers }),
  });
}

/** A refusal in Cloudflare's envelope. */
export function refuse({
  status,
  code,
  message,
}: Pick<CloudflareError, "status" | "code" | "message">): Response {
  const shown = message.length > MESSAGE_LIMIT ? `${message.slice(0, MESSAGE_LIMIT)}…` : message;
  return Response.json(
    { success: false, errors: [{ code, message: shown }], messages: [], result: null },
    { status },
  );
}

/** Characters. Room for the names of 128 secrets, which wrangler reads off the longest message that there is. */
const MESSAGE_LIMIT = 40_000;

/** So many problems of one body are named. */
const SHOWN = 5;

/** The refusal for what a handler threw; undefined when that is a fault of ours. */
export function refusalFor(error: unknown): Response | undefined {
  if (error instanceof CloudflareError) return refuse(error);
  if (!(error instanceof ZodError)) return undefined;
  // Zod names where and what, never the value itself, which may be a secret.
  const problems = error.issues
    .slice(0, SHOWN)
    .map(({ path, message }) => `${path.join(".").slice(0, 100) || "body"}: ${message}`);
  const more = error.issues.length - problems.length;
  const all = more > 0 ? [...problems, `and ${more} more`] : problems;
  return refuse({ status: 400, code: 10026, message: `Could not parse the request: ${all.join("; ")}` });
}
