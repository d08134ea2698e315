import { apiRefusals } from "./api-errors.ts";

/** Deeper than anything that the API takes, and far from where writing it again would end the stack. */
const DEEPEST = 64;

/**
 * Parses JSON that a client sent, in bounded time and memory: what is too deep or has too many values is
 * refused by its brackets and commas, before any of it becomes an object.
 *
 * @param most Values that it may hold.
 * @throws CloudflareError 10026, which never repeats the text: it may be a secret.
 */
export function parseJson(bytes: Uint8Array, most: number): unknown {
  assertShape(bytes, most);
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()) as unknown;
  } catch {
    throw apiRefusals.bodyNotValid("it is not JSON");
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const BRACKET = 0x5b;
const BRACE = 0x7b;
/** How far a closing bracket or brace is from the opening one in ASCII. */
const CLOSING = 2;

function assertShape(bytes: Uint8Array, most: number): void {
  let depth = 0;
  let values = 1;
  let inText = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (inText) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) inText = false;
      continue;
    }
    if (byte === QUOTE) inText = true;
    else if (byte === COMMA) values += 1;
    else if (byte === BRACKET || byte === BRACE) depth += 1;
    else if (byte === BRACKET + CLOSING || byte === BRACE + CLOSING) depth -= 1;
    if (depth > DEEPEST) throw apiRefusals.bodyNotValid(`it is nested more than ${DEEPEST} deep`);
    if (values > most) throw apiRefusals.bodyNotValid(`it has more than ${most} values`);
  }
}
