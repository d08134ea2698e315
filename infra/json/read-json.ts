import { LosslessNumber, parse } from "lossless-json";

/**
 * Deeper JSON is refused: whoever walks through it would run out of stack. Terraform's own is about a dozen
 * levels deep, and two more for each module inside a module.
 */
export const DEEPEST = 256;

/** Why a text is not read as JSON. Its message quotes nothing of the text, which may hold a secret. */
export class UnreadableJson extends Error {
  override readonly name = "UnreadableJson";

  constructor(readonly reason: "syntax" | "depth" | "name-twice") {
    super(
      {
        syntax: "it is not JSON",
        depth: `it is nested more than ${DEEPEST} levels deep`,
        "name-twice": "one of its objects has the same name twice",
      }[reason],
    );
  }
}

/**
 * Reads JSON that others wrote, without losing anything of it: a number that JavaScript would round, or write
 * otherwise, stays as it was written, as a `LosslessNumber`.
 *
 * @throws UnreadableJson also where JavaScript would read it, but not all of it: of a name that is there
 *   twice, the first value would be lost.
 */
export function readJson(text: string): unknown {
  const { deepest, names, isExact } = survey(text);
  if (deepest > DEEPEST) throw new UnreadableJson("depth");
  const value = parsed(text);
  // Reading numbers as they were written takes many times as long, and hardly any text has one that needs it.
  const exact = isExact ? value : parse(text, undefined, { parseNumber, onDuplicateKey: () => undefined });
  if (namesIn(value) !== names) throw new UnreadableJson("name-twice");
  return exact;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UnreadableJson("syntax");
  }
}

function parseNumber(literal: string): number | LosslessNumber {
  return isWrittenAsRead(literal) ? Number(literal) : new LosslessNumber(literal);
}

/** False for 9007199254740993, 1e400, 1.0 and -0. */
function isWrittenAsRead(literal: string): boolean {
  return String(Number(literal)) === literal;
}

interface Survey {
  /** How many objects and lists are inside each other, at the most. */
  readonly deepest: number;
  /** How many names all objects have together. */
  readonly names: number;
  /** Whether every number is written as JavaScript writes it. */
  readonly isExact: boolean;
}

/** What a text shows without being parsed. Where it is not JSON, parsing it says so. */
function survey(text: string): Survey {
  let [depth, deepest, names, isExact] = [0, 0, 0, true];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === CODES.quote) at = endOfText(text, at);
    else if (code === CODES.colon) names++;
    else if (code === CODES.brace || code === CODES.bracket) deepest = Math.max(deepest, ++depth);
    else if (code === CODES.closingBrace || code === CODES.closingBracket) depth--;
    else if (code === CODES.minus || (code >= CODES.zero && code <= CODES.nine)) {
      const end = endOfNumber(text, at);
      isExact &&= isWrittenAsRead(text.slice(at, end));
      at = end - 1;
    }
  }
  return { deepest, names, isExact };
}

const CODES = {
  quote: 0x22,
  minus: 0x2d,
  zero: 0x30,
  nine: 0x39,
  colon: 0x3a,
  bracket: 0x5b,
  backslash: 0x5c,
  closingBracket: 0x5d,
  brace: 0x7b,
  closingBrace: 0x7d,
} as const;

/** Where the text that begins at a quote ends. */
function endOfText(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let first = at;
    while (text.charCodeAt(first - 1) === CODES.backslash) first--;
    if ((at - first) % 2 === 0) return at;
  }
  return text.length;
}

function endOfNumber(text: string, start: number): number {
  let end = start;
  while (/[\d.eE+-]/.test(text.charAt(end))) end++;
  return end;
}

function namesIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inner: readonly unknown[] = Object.values(value);
  return inner.reduce<number>((sum, item) => sum + namesIn(item), Array.isArray(value) ? 0 : inner.length);
}
