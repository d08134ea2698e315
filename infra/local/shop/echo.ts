import { createHash } from "node:crypto";

/**
 * Says what arrived at the origin: method, URL, headers, and length and SHA-256 of the body. The body is
 * never held as a whole, so it may be of any size. Cookies are named without their values.
 */
export async function echo(request: Request): Promise<Response> {
  const hash = createHash("sha256");
  let length = 0;
  const body: AsyncIterable<Uint8Array> | null = request.body;
  for await (const chunk of body ?? []) {
    hash.update(chunk);
    length += chunk.byteLength;
  }
  const headers = Object.fromEntries(
    [...request.headers].map(([name, value]) => [
      name,
      name === "cookie" ? cookieNames(value).join("; ") : value,
    ]),
  );
  return Response.json({
    method: request.method,
    url: request.url,
    headers,
    body: { length, sha256: hash.digest("hex") },
  });
}

/** Names of the cookies in a Cookie header, in order. */
export function cookieNames(header: string): readonly string[] {
  return header
    .split(";")
    .map((pair) => pair.split("=", 1)[0]?.trim() ?? "")
    .filter((name) => name !== "");
}
