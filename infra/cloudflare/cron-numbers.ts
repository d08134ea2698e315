/** A field of a cron expression: what its numbers may be, and what they are called. */
export interface NumberField {
  /** With its article, for messages. */
  readonly name: string;
  readonly lowest: number;
  readonly highest: number;
  /** In the order of their numbers, in upper case; an expression may have them in any. @default none */
  readonly names?: readonly string[];
}

/** A field that Cloudflare refuses; the problem continues "the value …". */
export interface RefusedField {
  readonly ok: false;
  readonly problem: string;
  readonly remedy: string;
}

type ReadNumbers = { readonly ok: true; readonly numbers: ReadonlySet<number> } | RefusedField;

/**
 * Reads a field of numbers, names, ranges, steps and lists of them: `*`, `5`, `MON-FRI`, `10-20/5`,
 * `0,30/10`.
 */
export function readNumbers(text: string, field: NumberField): ReadNumbers {
  const { lowest, highest } = field;
  const all = highest - lowest + 1;
  if (text === "*") return { ok: true, numbers: new Set(Array.from({ length: all }, (_, n) => lowest + n)) };
  const [start] = text.split(/[,-]/);
  if (start === "*")
    return { ok: false, problem: `has ${field.name} with more than *`, remedy: "write * alone" };
  const numbers = new Set<number>();
  for (const item of text.split(",")) {
    const range = readRange(item, field);
    if (!range.ok) return range;
    // A range may go over the end: FRI-SUN is Friday, Saturday and Sunday, as in Quartz.
    const length = (range.to - range.from + all) % all;
    for (let distance = 0; distance <= length; distance += range.step)
      numbers.add(lowest + ((range.from - lowest + distance) % all));
  }
  return { ok: true, numbers };
}

type ReadRange =
  { readonly ok: true; readonly from: number; readonly to: number; readonly step: number } | RefusedField;

function readRange(item: string, field: NumberField): ReadRange {
  const { lowest, highest, name } = field;
  const match = /^(\*|[a-z]+|\d+)(?:-([a-z]+|\d+))?(?:\/(\d+))?$/i.exec(item);
  if (match === null) return outOfRange(item, field);
  const [, first = "", last, step] = match;
  // Behind a comma, Cloudflare takes * for the lowest number: 30,* is 30 and 0.
  const from = first === "*" ? lowest : numberOf(first, field);
  const end = step === undefined ? from : highest;
  const to = last === undefined ? end : numberOf(last, field);
  if (from === undefined || to === undefined) return outOfRange(item, field);
  const most = highest - lowest;
  if (step === undefined) return { ok: true, from, to, step: 1 };
  if (Number(step) >= 1 && Number(step) <= most) return { ok: true, from, to, step: Number(step) };
  return {
    ok: false,
    problem: `has ${name} with a step that is not within 1 to ${most}`,
    remedy: "write a smaller step, or one number instead of it",
  };
}

/** The number that a name or digits stand for; undefined when the field has no such number. */
export function numberOf(text: string, { lowest, highest, names = [] }: NumberField): number | undefined {
  const named = names.indexOf(text.toUpperCase());
  if (named !== -1) return lowest + named;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= lowest && number <= highest ? number : undefined;
}

function outOfRange(item: string, { name, lowest, highest, names = [] }: NumberField): RefusedField {
  const [first] = names;
  const bounds =
    first === undefined
      ? `${lowest} to ${highest}`
      : `${lowest} (${first}) to ${highest} (${names.at(-1) ?? ""})`;
  return {
    ok: false,
    problem: `has ${name} that is not within ${bounds}`,
    remedy: item.includes("?")
      ? "write * instead of ?"
      : "write one within that range, a range of them (2-6), a list (2,4), a step (*/2) or *",
  };
}
