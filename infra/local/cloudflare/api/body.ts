import type { z } from "zod";
import { apiRefusals } from "./api-errors.ts";
import { readFormObject } from "./form-object.ts";
import { parseJson } from "./json.ts";
import { LARGE, waitForTurn } from "./large-bodies.ts";
import { type Part, readParts } from "./multipart.ts";

/** What a body may be at most. */
export interface BodyLimit {
  readonly bytes: number;
  /** Values in its JSON. */
  readonly values: number;
}

const MIB = 1024 * 1024;

/** Bytes that a body may have before it is copied to larger room. */
const FIRST_ROOM = 64 * 1024;

/** Room for the settings of a Worker with 128 variables of 5 kB, escaped. */
const OBJECT: BodyLimit = { bytes: 4 * MIB, values: 20_000 };

/**
 * Cloudflare's limit for a bulk write of KV, and values for 10,000 keys with everything that a key may have.
 */
export const BULK: BodyLimit = { bytes: 100 * MIB, values: 1_000_000 };

/**
 * Cloudflare's limit for a Worker before it is compressed is 64 MiB; the form adds its settings and its
 * parts.
 */
const FORM_BYTES = 72 * MIB;

/** The body's bytes. @throws CloudflareError 10027 above the limit, before the rest of it is read. */
export async function readBytes(request: Request, limit: number): Promise<Buffer> {
  const tooLarge = () => apiRefusals.tooLarge(`The request body is larger than ${limit} bytes.`);
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw tooLarge();
  if (request.body === null) return Buffer.alloc(0);
  let bytes: Buffer = Buffer.allocUnsafe(FIRST_ROOM);
  let length = 0;
  // A stream that is cancelled here would take the connection along, and with it the answer.
  const body = (request.body as ReadableStream<Uint8Array>).values({ preventCancel: true });
  for await (const chunk of body) {
    if (length + chunk.byteLength > limit) throw tooLarge();
    if (length + chunk.byteLength > LARGE) await waitForTurn(request);
    bytes = withRoom(bytes, length + chunk.byteLength);
    bytes.set(chunk, length);
    length += chunk.byteLength;
  }
  return bytes.subarray(0, length);
}

/** Chunks are not kept: those of one byte each take a hundred times the memory of what they hold. */
function withRoom(bytes: Buffer, length: number): Buffer {
  if (length <= bytes.length) return bytes;
  const larger = Buffer.allocUnsafe(Math.max(length, 2 * bytes.length));
  larger.set(bytes);
  return larger;
}

/** @throws CloudflareError 10026 or 10027, or ZodError, when the body is not what `schema` wants. */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  limit: BodyLimit = OBJECT,
): Promise<z.output<Schema>> {
  return schema.parse(parseJson(await readBytes(request, limit.bytes), limit.values));
}

/** The parts of a multipart body; undefined when the body is anything else, and is not read then. */
export async function readMultipart(
  request: Request,
  limit = FORM_BYTES,
): Promise<readonly Part[] | undefined> {
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(contentType)) return undefined;
  return readParts(await readBytes(request, limit), contentType);
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
  if (part !== undefined) {
    if (part.bytes.length > OBJECT.bytes) {
      throw apiRefusals.tooLarge(`The part \`${name}\` is larger than ${OBJECT.bytes} bytes.`);
    }
    return parseJson(part.bytes, OBJECT.values);
  }
  const object = readFormObject(parts, name);
  if (object === undefined) throw apiRefusals.bodyNotValid(`the part \`${name}\` is missing`);
  return object;
}
