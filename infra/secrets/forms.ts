import { base64Cores, base64Ranges, bytesOf, hexSource, listSource } from "./encoded-bytes.ts";
import { endOfEscaped, type Piece, piecesOf } from "./escaped-text.ts";

/**
 * A shorter secret is only looked for where it stands by itself: between quotes, after an equals sign, or as
 * all of a text. Anywhere else it would be found inside of words, and half a report would be hidden to
 * protect what anybody guesses in no time: real keys and tokens have 20 characters and more.
 */
export const SHORTEST_INSIDE = 6;

/** More of a secret at once would make it slow to look for; each part is then a secret of its own. */
const LONGEST_PART = 256;

/** Where a text holds a secret: its first index and the one after its last. */
export type Range = readonly [start: number, end: number];

/**
 * All forms that a secret can take in a text, and where they are. Line ends and spaces around it do not
 * count.
 */
export class SecretForms {
  readonly #secret: string;
  readonly #isShort: boolean;
  readonly #hasSpace: boolean;
  readonly #parts: readonly Part[];
  readonly #bytes: readonly RegExp[];
  readonly #cores: readonly string[];

  constructor(secret: string) {
    this.#secret = secret.trim();
    this.#isShort = this.#secret.length < SHORTEST_INSIDE;
    this.#hasSpace = /\s/.test(this.#secret);
    this.#parts = inParts<Piece>(piecesOf(this.#secret)).map((pieces) => ({
      pieces,
      begins: beginsWith(pieces[0]),
    }));
    this.#bytes = this.#isShort
      ? []
      : bytesOf(this.#secret).flatMap((encoded) =>
          inParts(encoded).flatMap((bytes, index, parts) =>
            [hexSource, listSource].map(
              (source) => new RegExp(source(bytes, index === parts.length - 1), "gi"),
            ),
          ),
        );
    this.#cores = this.#isShort ? [] : base64Cores(this.#secret);
  }

  isIn(text: string): boolean {
    return this.rangesIn(text).length > 0;
  }

  /** Where it is, in no order; ranges may overlap. */
  rangesIn(text: string): readonly Range[] {
    if (this.#secret === "" || text === "") return [];
    return [
      ...(this.#mayBeWrittenIn(text) ? this.#parts.flatMap((part) => rangesOf(part, text)) : []).filter(
        (range) => !this.#isShort || standsByItself(text, range),
      ),
      ...this.#bytes.flatMap((written) =>
        [...text.matchAll(written)].map(({ index, 0: found }): Range => [index, index + found.length]),
      ),
      ...(this.#cores.length === 0 ? [] : base64Ranges(text, this.#cores)),
    ];
  }

  /** A text without any of what begins an escape holds it as it is, or not at all. */
  #mayBeWrittenIn(text: string): boolean {
    return this.#hasSpace || /[\\%&]/.test(text) || text.includes(this.#secret);
  }
}

interface Part {
  readonly pieces: readonly Piece[];
  /** Finds where it may begin. */
  readonly begins: RegExp;
}

function rangesOf({ pieces, begins }: Part, text: string): readonly Range[] {
  const ranges: Range[] = [];
  const candidates = new RegExp(begins);
  for (let found = candidates.exec(text); found !== null; found = candidates.exec(text)) {
    const end = endOfEscaped(text, found.index, pieces);
    if (end === undefined) continue;
    ranges.push([startWithBackslashes(text, found.index), end]);
    candidates.lastIndex = end;
  }
  return ranges;
}

/** The character itself, or what begins an escape; in a row of backslashes, only the last that are needed. */
function beginsWith(first: Piece | undefined): RegExp {
  const character = first === undefined || first.backslashes > 0 ? "" : first.text.charAt(0);
  return new RegExp(
    `[%&\\\\${character.replace(/[\]^-]/, String.raw`\$&`)}]${/\s/.test(character) ? "|[+│╷╵\\s]" : ""}`,
    "g",
  );
}

/** Backslashes before a secret belong to it: without it, they would escape what comes in its place. */
function startWithBackslashes(text: string, index: number): number {
  let start = index;
  for (;;) {
    const before = /(?:\\(?:x5c|134|u005c)?|%(?:25){0,8}5c)$/i.exec(
      text.slice(Math.max(0, start - 20), start),
    );
    if (before === null) return start;
    start -= before[0].length;
  }
}

function standsByItself(text: string, [start, end]: Range): boolean {
  const isAfter = start === 0 || /["'`=]/.test(text.charAt(start - 1));
  return isAfter && (end === text.length || /["'`&;,)\]}\s\\]/.test(text.charAt(end)));
}

/** Parts of about the same length, none of them short. */
function inParts<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length === 0) return [];
  const size = Math.ceil(items.length / Math.ceil(items.length / LONGEST_PART));
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
