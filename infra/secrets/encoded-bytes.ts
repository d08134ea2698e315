/** Base64, also that for URLs, with padding or without, its own characters escaped, and broken into lines. */
const RUN =
  /(?:[A-Za-z0-9+/_=\r\n-]+|%(?:25){0,8}(?:2[bf]|3d)|\\{1,64}(?:\/|u00(?:2[bf]|3d)|[rn])|&#(?:43|47|61|x2b|x2f|x3d);|&(?:plus|sol|equals);)+/gi;

/** The same without escapes: what is right before it may look like the beginning of one. */
const PLAIN_RUN = /[A-Za-z0-9+/_-]+/g;

/** What may be between two bytes in hexadecimal. */
const BETWEEN = String.raw`(?:[\s:,-]|0x){0,4}`;

/**
 * What base64 of anything that holds a text has in it, at each of the three places where the text may begin.
 * The characters at its ends depend on what is around it, so they are left out.
 */
export function base64Cores(text: string): readonly string[] {
  const inside = [
    text,
    JSON.stringify(text).slice(1, -1),
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll(/[&<>\u2028\u2029]/g, unicodeEscape),
    encodeURIComponent(text.toWellFormed()),
  ];
  const bytes = [...inside.map((form) => Buffer.from(form)), Buffer.from(text, "utf16le")];
  return [...new Set(bytes.flatMap((each) => [0, 1, 2].map((offset) => coreOf(each, offset))))];
}

function coreOf(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString("base64")
    .replaceAll("=", "");
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor(((offset + bytes.length) * 8) / 6);
  return encoded.slice(first, last);
}

/**
 * Where in a text a base64 is that has one of these cores in it, all of it: its ends are the secret's too.
 */
export function base64Ranges(text: string, cores: readonly string[]): readonly (readonly [number, number])[] {
  const shortest = Math.min(...cores.map(({ length }) => length));
  if (text.length < shortest) return [];
  return [...text.matchAll(RUN), ...text.matchAll(PLAIN_RUN)].flatMap(
    ({ index, 0: run }): readonly (readonly [number, number])[] => {
      if (run.length < shortest) return [];
      const forms = [plainBase64(run), run.replaceAll("-", "+").replaceAll("_", "/")];
      return cores.some((core) => forms.some((form) => form.includes(core)))
        ? [[index, index + run.length]]
        : [];
    },
  );
}

function plainBase64(run: string): string {
  return run
    .replaceAll(/%(?:25)*2b|\\+u002b|&#(?:43|x2b);|&plus;|-/gi, "+")
    .replaceAll(/%(?:25)*2f|\\+u002f|&#(?:47|x2f);|&sol;|\\+\/|_/gi, "/")
    .replaceAll(/%(?:25)*3d|\\+u003d|&#(?:61|x3d);|&equals;|\\+[rn]|[=\r\n]/gi, "");
}

/** The bytes of a text in each of the encodings that programs print. */
export function bytesOf(text: string): readonly (readonly number[])[] {
  return [Buffer.from(text), Buffer.from(text, "utf16le"), Buffer.from(text, "utf16le").swap16()].map(
    (bytes) => [...bytes],
  );
}

/**
 * Source of a regular expression that finds a list of bytes in decimal, as Go, Python and JSON write it; and
 * Java, with a sign.
 *
 * @param isLast Whether no more bytes follow.
 */
export function listSource(bytes: readonly number[], isLast: boolean): string {
  const separator = String.raw`[\s,]{1,4}`;
  const written = bytes.map((byte) => (byte < 128 ? String(byte) : `(?:${byte}|-${256 - byte})`));
  return written.join(separator) + (isLast ? "" : separator);
}

/**
 * Source of a regular expression, to be used with the flag `i`, that finds bytes in hexadecimal.
 *
 * @param isLast Whether no more bytes follow.
 */
export function hexSource(bytes: readonly number[], isLast: boolean): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(BETWEEN) + (isLast ? "" : BETWEEN);
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
