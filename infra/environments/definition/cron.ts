import type { Fault } from "./fields.ts";
import { show } from "./problem.ts";

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Words that stand for the numbers from `min` on. */
  readonly words?: readonly string[];
  /** Forms of Quartz beyond numbers, ranges, lists and steps. */
  readonly special?: RegExp;
}

const FIELDS: readonly Field[] = [
  { name: "minute", min: 0, max: 59 },
  { name: "hour", min: 0, max: 23 },
  { name: "day of the month", min: 1, max: 31, special: /^(L|LW|([1-9]|[12]\d|3[01])W)$/i },
  { name: "month", min: 1, max: 12, words: MONTHS },
  {
    name: "weekday",
    min: 1,
    max: 7,
    words: WEEKDAYS,
    special: /^(L|([1-7]|sun|mon|tue|wed|thu|fri|sat)(L|#[1-5]))$/i,
  },
];

/**
 * What Cloudflare would refuse in a cron expression. Five fields, weekdays from 1 (Sunday) to 7.
 * Source: https://developers.cloudflare.com/workers/configuration/cron-triggers/, "Supported cron expressions".
 */
export function cronFault(expression: string): Fault | undefined {
  const fields = expression.split(" ");
  if (fields.length !== FIELDS.length || fields.includes("")) {
    return fault("does not have five fields with one space between them");
  }
  for (const [index, field] of FIELDS.entries()) {
    const written = fields[index] ?? "";
    if (!written.split(",").every((item) => isItem(item, field))) {
      const range = `${field.min} to ${field.max}`;
      return fault(`has ${show(written) ?? ""} as its ${field.name}, which is not within ${range}`);
    }
  }
  return undefined;
}

function isItem(item: string, field: Field): boolean {
  if (field.special?.test(item)) return true;
  const [range = "", step, ...more] = item.split("/");
  if (more.length > 0 || (step !== undefined && !isStep(step, field))) return false;
  if (range === "*") return true;
  const [from, to, ...rest] = range.split("-").map((text) => valueOf(text, field));
  if (from === undefined || rest.length > 0) return false;
  return range.includes("-") ? to !== undefined && from <= to : true;
}

function isStep(text: string, field: Field): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= field.max;
}

function valueOf(text: string, { min, max, words }: Field): number | undefined {
  const word = words?.indexOf(text.toLowerCase()) ?? -1;
  if (word >= 0) return min + word;
  return /^\d{1,2}$/.test(text) && Number(text) >= min && Number(text) <= max ? Number(text) : undefined;
}

function fault(what: string): Fault {
  return {
    code: "cron",
    what,
    remedy: "write minute, hour, day of the month, month and weekday (1 is Sunday), for example */5 * * * *",
  };
}
