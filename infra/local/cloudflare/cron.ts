/** Whether a minute (its UTC time) is one that the cron trigger runs at. */
export type Schedule = (minute: Date) => boolean;

/**
 * Reads the expression of a cron trigger: five fields, UTC, in which the week starts with 1 on Sunday. As in other
 * crons, a minute whose day fits either the day of the month or the weekday is taken when both are given.
 * Undefined when Cloudflare would refuse it. Source: https://developers.cloudflare.com/workers/configuration/cron-triggers/
 */
export function parseCron(expression: string): Schedule | undefined {
  const parts = expression.trim().toUpperCase().split(/\s+/);
  if (parts.length !== 5) return undefined;
  const [minutes, hours, days, months, weekdays] = FIELDS.map((field, index) =>
    parseField(parts[index] ?? "", field),
  );
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  const isEitherDay = parts[2] !== "*" && parts[4] !== "*";
  return (date) => {
    const day = days(date);
    const weekday = weekdays(date);
    return minutes(date) && hours(date) && months(date) && (isEitherDay ? day || weekday : day && weekday);
  };
}

interface Field {
  readonly lowest: number;
  readonly highest: number;
  readonly read: (date: Date) => number;
  /** Names in the order of their numbers, the first being `lowest`. */
  readonly names?: readonly string[];
  /** Forms besides numbers, for example `L` or `15W`; undefined when the item is none of them. */
  readonly special?: (item: string) => Schedule | undefined;
}

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const WEEKDAY: Field = {
  lowest: 1,
  highest: 7,
  names: WEEKDAYS,
  read: (date) => date.getUTCDay() + 1,
  special: specialWeekday,
};

const FIELDS: readonly Field[] = [
  { lowest: 0, highest: 59, read: (date) => date.getUTCMinutes() },
  { lowest: 0, highest: 23, read: (date) => date.getUTCHours() },
  { lowest: 1, highest: 31, read: (date) => date.getUTCDate(), special: specialDay },
  { lowest: 1, highest: 12, names: MONTHS, read: (date) => date.getUTCMonth() + 1 },
  WEEKDAY,
];

function parseField(text: string, field: Field): Schedule | undefined {
  const items: Schedule[] = [];
  for (const item of text.split(",")) {
    const schedule = field.special?.(item) ?? parseRange(item, field);
    if (schedule === undefined) return undefined;
    items.push(schedule);
  }
  return (date) => items.some((matches) => matches(date));
}

function parseRange(item: string, field: Field): Schedule | undefined {
  const match = /^(?:\*|(\w+)(?:-(\w+))?)(?:\/([1-9]\d*))?$/.exec(item);
  if (match === null) return undefined;
  const [, first, last, step] = match;
  const from = first === undefined ? field.lowest : numberOf(first, field);
  const single = step === undefined && first !== undefined ? from : field.highest;
  const to = last === undefined ? single : numberOf(last, field);
  if (from === undefined || to === undefined || from > to) return undefined;
  return (date) => {
    const value = field.read(date);
    return value >= from && value <= to && (value - from) % Number(step ?? 1) === 0;
  };
}

function numberOf(text: string, { lowest, highest, names = [] }: Field): number | undefined {
  const named = names.indexOf(text);
  if (named !== -1) return lowest + named;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return number >= lowest && number <= highest ? number : undefined;
}

/** `L` is the month's last day, `LW` its last working day, `15W` the working day nearest to the 15th. */
function specialDay(item: string): Schedule | undefined {
  if (item === "L") return (date) => date.getUTCDate() === lastDay(date);
  if (item === "LW") return (date) => date.getUTCDate() === nearestWorkingDay(date, lastDay(date));
  const day = Number(/^(\d{1,2})W$/.exec(item)?.[1]);
  if (!(day >= 1 && day <= 31)) return undefined;
  return (date) => day <= lastDay(date) && date.getUTCDate() === nearestWorkingDay(date, day);
}

/** `6L` is the month's last Friday, `6#2` its second. */
function specialWeekday(item: string): Schedule | undefined {
  const match = /^(\w+?)(?:(L)|#([1-5]))$/.exec(item);
  const weekday = match?.[1] === undefined ? undefined : numberOf(match[1], WEEKDAY);
  if (match === null || weekday === undefined) return undefined;
  return (date) => {
    if (WEEKDAY.read(date) !== weekday) return false;
    const day = date.getUTCDate();
    return match[2] === "L" ? day + 7 > lastDay(date) : Math.ceil(day / 7) === Number(match[3]);
  };
}

function lastDay(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

/** The working day nearest to a day of the date's month, within that month. */
function nearestWorkingDay(date: Date, day: number): number {
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)).getUTCDay();
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === lastDay(date) ? day - 2 : day + 1;
  return day;
}
