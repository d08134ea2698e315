import { type NumberField, numberOf, readNumbers, type RefusedField } from "./cron-numbers.ts";

/** Whether a date, in UTC, is one of the days. */
type Days = (date: Date) => boolean;
type ReadDays = { readonly ok: true; readonly includes: Days } | RefusedField;

const DAY: NumberField = { name: "a day of the month", lowest: 1, highest: 31 };
const WEEKDAY: NumberField = {
  name: "a weekday",
  lowest: 1,
  highest: 7,
  names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
};
const SATURDAY = 7;

/** Reads the days of the month: numbers, or one of `L`, `L-3`, `LW`, `L-3W` and `15W`. */
export function readDays(text: string): ReadDays {
  const includes = daysFromTheEnd(text) ?? workingDay(text);
  if (includes !== undefined) return { ok: true, includes };
  const read = readNumbers(text, DAY);
  if (read.ok) return { ok: true, includes: (date) => read.numbers.has(date.getUTCDate()) };
  const remedy = "write one of L, L-3, LW, L-3W and 15W, alone and in upper case";
  return /[lw]/i.test(text) ? { ...read, remedy } : read;
}

/** Reads the weekdays: numbers and names, or one of `L`, `6L` and `6#2`. */
export function readWeekdays(text: string): ReadDays {
  const includes = weekdayOfTheMonth(text);
  if (includes !== undefined) return { ok: true, includes };
  const read = readNumbers(text === "L" ? `${SATURDAY}` : text, WEEKDAY);
  if (read.ok) return { ok: true, includes: (date) => read.numbers.has(weekdayOf(date)) };
  const remedy =
    "write one of L (Saturday), 6L (the last Friday) and 6#2 (the second), alone and L in upper case";
  return /[l#]/i.test(text) ? { ...read, remedy } : read;
}

/**
 * `L` is the month's last day, `L-3` the third before it, and a `W` behind it the working day nearest to
 * that.
 */
function daysFromTheEnd(text: string): Days | undefined {
  const match = /^L(?:-(\d+))?(W)?$/.exec(text);
  if (match === null) return undefined;
  const [, before, working] = match;
  const distance = Number(before ?? 0);
  if (before !== undefined && (distance < 1 || distance > 30)) return undefined;
  return (date) => {
    const day = lastDay(date) - distance;
    return day >= 1 && date.getUTCDate() === (working === undefined ? day : nearestWorkingDay(date, day));
  };
}

/** `15W` is the working day nearest to the 15th; a month without the day has none. */
function workingDay(text: string): Days | undefined {
  const [, digits = ""] = /^(\d+)W$/.exec(text) ?? [];
  const day = numberOf(digits, DAY);
  if (day === undefined) return undefined;
  return (date) => day <= lastDay(date) && date.getUTCDate() === nearestWorkingDay(date, day);
}

/** `6L` is the month's last Friday, `6#2` its second. */
function weekdayOfTheMonth(text: string): Days | undefined {
  const [, name = "", last, nth] = /^([A-Za-z]+|\d+)(?:(L)|#(\d+))$/.exec(text) ?? [];
  const weekday = numberOf(name, WEEKDAY);
  if (weekday === undefined) return undefined;
  if (last !== undefined)
    return (date) => weekdayOf(date) === weekday && date.getUTCDate() + 7 > lastDay(date);
  const which = Number(nth);
  if (which < 1 || which > 5) return undefined;
  return (date) => weekdayOf(date) === weekday && Math.ceil(date.getUTCDate() / 7) === which;
}

function weekdayOf(date: Date): number {
  return date.getUTCDay() + 1;
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
