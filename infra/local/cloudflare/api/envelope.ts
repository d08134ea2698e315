import { ZodError } from "zod";
import { CloudflareError } from "../errors.ts";

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
  return Response.json(
    { success: false, errors: [{ code, message }], messages: [], result: null },
    { status },
  );
}

/** The refusal for what a handler threw; undefined when that is a fault of ours. */
export function refusalFor(error: unknown): Response | undefined {
  if (error instanceof CloudflareError) return refuse(error);
  if (!(error instanceof ZodError)) return undefined;
  // Zod names where and what, never the value itself, which may be a secret.
  const problems = error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`);
  return refuse({ status: 400, code: 10026, message: `Could not parse the request: ${problems.join("; ")}` });
}
