/**
 * A character, or a row of white space and plus signs, which forms write for it, with the backslashes before
 * it.
 */
export interface Piece {
  readonly backslashes: number;
  /** Empty for backslashes at the end of a text. */
  readonly text: string;
}

/** A text in pieces that are escaped one by one. */
export function piecesOf(text: string): readonly Piece[] {
  return [...text.matchAll(/(\\*)(\+*\s[\s+]*|[^\\]|$)/gsu)]
    .map(([, backslashes = "", inner = ""]) => ({ backslashes: backslashes.length, text: inner }))
    .filter(({ backslashes, text: inner }) => backslashes > 0 || inner !== "");
}

/**
 * More backslashes than six escapings of each other make. Bounded: a text made to be slow to search is not.
 */
const MOST_BACKSLASHES = 64;

/**
 * Where a text that begins at an index ends, whatever escapes whoever wrote it used, one inside another:
 * those of JSON (of JavaScript, of Go, of Terraform's jsonencode, which escapes `&`, `<` and `>` too), those
 * of C, shells and Python (bytes of UTF-8, octal or hexadecimal), percent-encoding of any set of characters,
 * forms, and HTML. Undefined when it does not begin there. Of the backslashes before it, it takes no more
 * than it needs.
 */
export function endOfEscaped(text: string, start: number, pieces: readonly Piece[]): number | undefined {
  const failed = new Set<number>();
  const width = MOST_BACKSLASHES + 1 + Math.max(0, ...pieces.map(({ backslashes }) => backslashes));
  const from = (at: number, index: number, seen: number): number | undefined => {
    const piece = pieces[index];
    if (piece === undefined) return at;
    const most = piece.backslashes + (index === 0 ? 1 : MOST_BACKSLASHES);
    const key = (at * pieces.length + index) * width + seen;
    if (failed.has(key)) return undefined;
    for (const end of seen >= piece.backslashes && piece.text !== "" ? endsOf(text, at, piece, seen) : []) {
      const whole = from(end, index + 1, 0);
      if (whole !== undefined) return whole;
    }
    for (const end of seen < most ? endsOfBackslash(text, at) : []) {
      const whole = from(end, index, seen + 1);
      if (whole !== undefined) return whole;
    }
    if (piece.text === "" && seen >= piece.backslashes) return at;
    failed.add(key);
    return undefined;
  };
  return from(start, 0, 0);
}

/** Where a piece ends, the longest way of writing it first. */
function endsOf(
  text: string,
  at: number,
  { text: wanted, backslashes }: Piece,
  seen: number,
): readonly number[] {
  if (/\s/.test(wanted)) return endsOfSpace(text, at, wanted, seen > backslashes);
  return [
    ...(seen > backslashes
      ? [...endsOfEscapedBytes(text, at, [...Buffer.from(wanted)]), ...endsOfEscape(text, at, wanted)]
      : []),
    ...endsOfCharacter(text, at, wanted),
    ...(text.startsWith(wanted, at) ? [at + wanted.length] : []),
  ];
}

/** Terraform breaks lines where there is a space, and draws a box before them; a form writes a plus. */
function endsOfSpace(text: string, start: number, wanted: string, isEscape: boolean): readonly number[] {
  const characters = [...new Set(wanted)];
  const ends: number[] = [];
  for (let at = start; ;) {
    const plain = matchAt(/[\s│╷╵+]+/y, text, at)?.[0].length ?? 0;
    const before = matchAt(/(?:\\|%(?:25){0,8}5c)+(?=[a-z0-7])/iy, text, at)?.[0].length ?? 0;
    const written = characters.flatMap((character) => [
      ...endsOfCharacter(text, at, character),
      ...((isEscape && at === start) || before > 0
        ? [
            ...endsOfEscape(text, at + before, character),
            ...endsOfEscapedBytes(text, at + before, [...Buffer.from(character)]),
          ]
        : []),
    ]);
    const end = Math.max(at + plain, ...written);
    if (end === at) return ends;
    ends.unshift(end);
    at = end;
  }
}

function endsOfBackslash(text: string, at: number): readonly number[] {
  if (text.charAt(at) !== "\\") return endsOfCharacter(text, at, "\\");
  const escaped = matchAt(/\\(?:u005c|x5c|134)/iy, text, at);
  return escaped === undefined ? [at + 1] : [at + escaped[0].length, at + 1];
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "0": "\0",
};

/** Of an escape that a backslash began. */
function endsOfEscape(text: string, at: number, wanted: string): readonly number[] {
  const [whole = "", four, any, eight, two, short] =
    matchAt(/u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|U([0-9a-f]{8})|x([0-9a-f]{2})|([abfnrtv0])/iy, text, at) ??
    [];
  const end = at + whole.length;
  if (short !== undefined) return SHORT_ESCAPES[short] === wanted ? [end] : [];
  const hex = four ?? any ?? eight ?? two;
  if (hex === undefined) return [];
  const code = Number.parseInt(hex, 16);
  if (code === wanted.codePointAt(0)) return [end];
  if (wanted.length === 1 || code !== wanted.charCodeAt(0)) return [];
  const low = matchAt(/\\+u([0-9a-f]{4})/iy, text, end);
  return low !== undefined && Number.parseInt(low[1] ?? "", 16) === wanted.charCodeAt(1)
    ? [end + low[0].length]
    : [];
}

/** Of bytes that are escaped one by one: a backslash was before the first. */
function endsOfEscapedBytes(text: string, at: number, bytes: readonly number[]): readonly number[] {
  return bytes.reduce<readonly number[]>(
    (ends, byte, index) =>
      ends.flatMap((end) => {
        const start = index === 0 ? end : end + (matchAt(/\\{1,64}/y, text, end)?.[0].length ?? Infinity);
        return endsOfEscapedByte(text, start, byte);
      }),
    [at],
  );
}

function endsOfEscapedByte(text: string, at: number, byte: number): readonly number[] {
  if (text.slice(at, at + 3).toLowerCase() === `x${hexOf(byte, 2)}`) return [at + 3];
  const octal = byte.toString(8);
  return [...new Set([octal.padStart(3, "0"), octal.padStart(2, "0"), octal])]
    .filter((digits) => text.startsWith(digits, at))
    .map((digits) => at + digits.length);
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  sol: "/",
  bsol: "\\",
  equals: "=",
  plus: "+",
  nbsp: "\u00a0",
};

/** Percent-encoded, as UTF-8, Latin-1 or `%u…`, or as HTML. */
function endsOfCharacter(text: string, at: number, wanted: string): readonly number[] {
  const first = text.charAt(at);
  if (first !== "%" && first !== "&" && first !== "\\") return [];
  const code = wanted.codePointAt(0) ?? 0;
  const entity = endsOfEntity(text, at, code);
  if (first !== "%") return entity;
  const units = Array.from({ length: wanted.length }, (_, index) => hexOf(wanted.charCodeAt(index), 4));
  return [
    ...endsOfPercent(
      text,
      at,
      [...Buffer.from(wanted)].map((byte) => hexOf(byte, 2)),
    ),
    ...(code > 127 && code < 256 ? endsOfPercent(text, at, [hexOf(code, 2)]) : []),
    ...endsOfPercent(
      text,
      at,
      units.map((unit) => `u${unit}`),
    ),
    ...entity,
  ];
}

function endsOfPercent(text: string, at: number, parts: readonly string[]): readonly number[] {
  return parts.reduce<readonly number[]>(
    (ends, part) => ends.flatMap((end) => endsOfByte(text, end, part)),
    [at],
  );
}

/** A percent sign may be encoded itself, several times over. */
function endsOfByte(text: string, at: number, hex: string): readonly number[] {
  if (!text.startsWith("%", at)) return [];
  const ends: number[] = [];
  for (let start = at + 1; start < at + MOST_BACKSLASHES; start += 2) {
    const end = start + hex.length;
    if (text.slice(start, end).toLowerCase() === hex) ends.unshift(end);
    if (!text.startsWith("25", start)) break;
  }
  return ends;
}

const ENTITY =
  /(?:&|\\u0026|%(?:25){0,8}26)(?:amp(?:;|%(?:25){0,8}3b)){0,8}(?:(?:#|%(?:25){0,8}23)(?:(\d{1,9})|x([0-9a-f]{1,8}))|(amp|lt|gt|quot|apos|b?sol|equals|plus|nbsp))(?:;|%(?:25){0,8}3b)?/iy;

function endsOfEntity(text: string, at: number, code: number): readonly number[] {
  const [whole = "", decimal, hex, name] = matchAt(ENTITY, text, at) ?? [];
  if (whole === "") return [];
  const written =
    name === undefined
      ? Number.parseInt(decimal ?? hex ?? "", decimal === undefined ? 16 : 10)
      : ENTITIES[name.toLowerCase()]?.codePointAt(0);
  return written === code ? [at + whole.length] : [];
}

function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | undefined {
  sticky.lastIndex = at;
  return sticky.exec(text) ?? undefined;
}

function hexOf(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
