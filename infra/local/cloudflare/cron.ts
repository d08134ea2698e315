const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

interface Field {
  readonly lowest: number;
  readonly highest: number;
  /** Names in the order of their numbers, the first being `lowest`. */
  readonly names: readonly string[];
  /** Quartz forms that Cloudflare takes in this field besides numbers, for example `L` or `15W`. */
  readonly special: RegExp | undefined;
}

/** Cloudflare's five fields; its week starts with 1 on Sunday. */
const FIELDS: readonly Field[] = [
  { lowest: 0, highest: 59, names: [], special: undefined },
  { lowest: 0, highest: 23, names: [], special: undefined },
  { lowest: 1, highest: 31, names: [], special: /^(L|LW|\d{1,2}W)$/ },
  { lowest: 1, highest: 12, names: MONTHS, special: undefined },
  { lowest: 1, highest: 7, names: DAYS, special: /^([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)?(L|#[1-5])$/ },
];

/** Whether Cloudflare would take the expression of a cron trigger. */
export function isCron(expression: string): boolean {
  const parts = expression.trim().toUpperCase().split(/\s+/);
  return (
    parts.length === FIELDS.length &&
    FIELDS.every((field, index) => (parts[index] ?? "").split(",").every((item) => isItem(item, field)))
  );
}

function isItem(item: string, field: Field): boolean {
  if (field.special?.test(item)) return true;
  const [range, step, ...rest] = item.split("/");
  if (range === undefined || rest.length > 0) return false;
  if (step !== undefined && !(/^\d+$/.test(step) && Number(step) >= 1)) return false;
  if (range === "*") return true;
  const bounds = range.split("-").map((bound) => numberOf(bound, field));
  const [from, to = from] = bounds;
  return bounds.length <= 2 && from !== undefined && to !== undefined && from <= to;
}

function numberOf(text: string, field: Field): number | undefined {
  const named = field.names.indexOf(text);
  if (named !== -1) return field.lowest + named;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= field.lowest && number <= field.highest ? number : undefined;
}
