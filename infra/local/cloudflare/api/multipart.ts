import { apiRefusals } from "./api-errors.ts";

export interface Part {
  readonly name: string;
  readonly filename: string | undefined;
  readonly contentType: string | undefined;
  readonly bytes: Buffer;
}

/** More than the largest Worker with all of its variables spread over parts, four for each. */
const MOST_PARTS = 10_000;

/** A part's own headers, in bytes: name, file name and type. */
const HEAD_LIMIT = 8 * 1024;

/** RFC 2046 allows 70 characters. */
const BOUNDARY_LIMIT = 70;

/**
 * Reads multipart/form-data (RFC 7578) byte for byte. The platform's own `formData()` would read a part
 * without a filename as text, and so spoil a binary KV value.
 *
 * @throws CloudflareError 10026 when it is not well-formed.
 */
export function readParts(body: Buffer, contentType: string): readonly Part[] {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  const delimiter = boundary?.[1] ?? boundary?.[2];
  if (delimiter === undefined) throw apiRefusals.bodyNotValid("the multipart body has no boundary");
  if (delimiter.length > BOUNDARY_LIMIT) {
    throw apiRefusals.bodyNotValid(`the boundary has more than ${BOUNDARY_LIMIT} characters`);
  }
  const mark = Buffer.from(`\r\n--${delimiter}`);
  // So that the first delimiter looks like any other.
  const bytes = Buffer.concat([Buffer.from("\r\n"), body]);
  const parts: Part[] = [];
  let start = bytes.indexOf(mark);
  while (start !== -1) {
    const from = start + mark.length;
    if (bytes.subarray(from, from + 2).toString() === "--") return parts;
    const end = bytes.indexOf(mark, from);
    if (end === -1) break;
    if (parts.length === MOST_PARTS) {
      throw apiRefusals.bodyNotValid(`the multipart body has more than ${MOST_PARTS} parts`);
    }
    parts.push(readPart(bytes.subarray(from, end)));
    start = end;
  }
  throw apiRefusals.bodyNotValid("the multipart body does not end");
}

function readPart(bytes: Buffer): Part {
  const headerEnd = bytes.subarray(0, HEAD_LIMIT).indexOf("\r\n\r\n");
  const head = headerEnd === -1 ? "" : bytes.subarray(0, headerEnd).toString();
  const disposition = header(head, "content-disposition") ?? "";
  const name = parameter(disposition, "name");
  if (name === undefined) throw apiRefusals.bodyNotValid("a part of the multipart body has no name");
  return {
    name,
    filename: parameter(disposition, "filename"),
    contentType: header(head, "content-type"),
    bytes: bytes.subarray(headerEnd + 4),
  };
}

/** Without a pattern for the whole line: one that trims both ends takes quadratic time for a run of spaces. */
function header(head: string, name: string): string | undefined {
  const start = `${name}:`;
  const line = head.split("\r\n").find((each) => each.slice(0, start.length).toLowerCase() === start);
  return line?.slice(start.length).trim();
}

/** Browsers and fetch escape only the quote and line ends, as %22, %0D and %0A. */
function parameter(disposition: string, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]+))`, "i").exec(disposition);
  const text = match?.[1] ?? match?.[2];
  return text?.replaceAll("%22", '"').replaceAll("%0D", "\r").replaceAll("%0A", "\n");
}
