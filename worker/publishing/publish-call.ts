/** A publish call as it came, before anybody knows who sent it. */
export interface PublishCall {
  /** HMAC-SHA256 of `integrationInfo`, in hexadecimal. */
  readonly hash: Uint8Array<ArrayBuffer>;
  /** The configuration's JSON in hexadecimal: megabytes that become a text only when they are authentic. */
  readonly integrationInfo: Uint8Array<ArrayBuffer>;
}

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const MOST_MEMBERS = 16;
/** Blanks in a row, and characters of a plain value, that are passed over. */
const LONGEST_FILLING = 256;

/**
 * Finds the two texts of `{ "hash": …, "integrationInfo": … }` without parsing JSON: anybody may send
 * megabytes, and what is not authentic must not cost more than one look. Other members with plain values are
 * passed over; nothing in a publish call needs an escape.
 */
export function readPublishCall(bytes: Uint8Array<ArrayBuffer>): PublishCall | undefined {
  let position = skipBlanks(bytes, 0);
  if (bytes[position] !== OPEN) return undefined;
  const texts = new Map<string, Uint8Array<ArrayBuffer>>();
  for (let members = 0; members < MOST_MEMBERS; members++) {
    const name = textAt(bytes, skipBlanks(bytes, position + 1));
    if (name === undefined) return undefined;
    const colon = skipBlanks(bytes, name.end);
    if (bytes[colon] !== COLON) return undefined;
    const start = skipBlanks(bytes, colon + 1);
    const value = textAt(bytes, start);
    if (value !== undefined) texts.set(nameOf(name.text), value.text);
    position = skipBlanks(bytes, value?.end ?? skipPlainValue(bytes, start));
    if (bytes[position] !== COMMA) break;
  }
  const hash = texts.get("hash");
  const integrationInfo = texts.get("integrationInfo");
  const ends = bytes[position] === CLOSE && skipBlanks(bytes, position + 1) === bytes.length;
  if (!ends || hash === undefined || integrationInfo === undefined) return undefined;
  return { hash, integrationInfo };
}

function textAt(
  bytes: Uint8Array<ArrayBuffer>,
  start: number,
): { readonly text: Uint8Array<ArrayBuffer>; readonly end: number } | undefined {
  if (bytes[start] !== QUOTE) return undefined;
  const end = bytes.indexOf(QUOTE, start + 1);
  return end === -1 ? undefined : { text: bytes.subarray(start + 1, end), end: end + 1 };
}

/** The name of a member; those that matter are short. */
function nameOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 64));
}

function skipBlanks(bytes: Uint8Array, from: number): number {
  let position = from;
  while (position < from + LONGEST_FILLING && isBlank(bytes[position])) position++;
  return position;
}

function isBlank(code: number | undefined): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

/** The end of a number, `true`, `false` or `null`; where there is none, the place itself. */
function skipPlainValue(bytes: Uint8Array, from: number): number {
  let position = from;
  while (position < from + LONGEST_FILLING && /[\w.+-]/.test(String.fromCharCode(bytes[position] ?? 0)))
    position++;
  return position;
}
