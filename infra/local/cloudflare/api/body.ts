import { z } from "zod";
import { apiRefusals } from "./api-errors.ts";
import { readFormObject } from "./form-object.ts";
import { type Part, readParts } from "./multipart.ts";

/** Cloudflare's limit for a bulk write of KV, which is the largest body of all. */
const LIMIT = 100 * 1024 * 1024;

/** The body's bytes. @throws CloudflareError 10027 above the limit, before the rest of it is read. */
export async function readBytes(request: Request, limit = LIMIT): Promise<Buffer> {
  const tooLarge = () => apiRefusals.tooLarge(`The request body is larger than ${limit} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (request.body === null) return Buffer.alloc(0);
  for await (const chunk of request.body as ReadableStream<Uint8Array>) {
    length += chunk.byteLength;
    if (length > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @throws CloudflareError 10026 or ZodError when the body is not what `schema` wants. */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  return parseJson(await readBytes(request), schema);
}

function parseJson<Schema extends z.ZodType>(bytes: Buffer, schema: Schema): z.output<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString());
  } catch {
    // The parser's own message would repeat the text, which may be a secret.
    throw apiRefusals.bodyNotValid("it is not JSON");
  }
  return schema.parse(json);
}

/** The parts of a multipart body; undefined when the body is anything else, and is not read then. */
export async function readMultipart(request: Request): Promise<readonly Part[] | undefined> {
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(contentType)) return undefined;
  return readParts(await readBytes(request), contentType);
}

/** The parts of a body that has to be multipart. @throws CloudflareError 10026 when it is not. */
export async function readUpload(request: Request): Promise<readonly Part[]> {
  const parts = await readMultipart(request);
  if (parts !== undefined) return parts;
  throw apiRefusals.bodyNotValid("an upload has to be multipart/form-data");
}

/** An object among the parts of a form: JSON in one part, or spread over several. */
export function readObject(parts: readonly Part[], name: string): unknown {
  const part = parts.find((candidate) => candidate.name === name);
  const object = part === undefined ? readFormObject(parts, name) : parseJson(part.bytes, z.unknown());
  if (object === undefined) throw apiRefusals.bodyNotValid(`the part \`${name}\` is missing`);
  return object;
}
