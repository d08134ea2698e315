import { readDays, readWeekdays } from "./cron-days.ts";
import { type NumberField, readNumbers } from "./cron-numbers.ts";

/** Whether a cron trigger runs in the minute that a time lies in; of the time, what counts is UTC. */
export type Schedule = (time: Date) => boolean;

export type ParsedCron =
  | { readonly ok: true; readonly runsAt: Schedule }
  | {
      readonly ok: false;
      /** What Cloudflare refuses; continues "the value …". */
      readonly problem: string;
      readonly remedy: string;
    };

const MINUTE: NumberField = { name: "a minute", lowest: 0, highest: 59 };
const HOUR: NumberField = { name: "an hour", lowest: 0, highest: 23 };
const MONTH: NumberField = {
  name: "a month",
  lowest: 1,
  highest: 12,
  names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
};

/** Bound of this project, not of Cloudflare: naming each number of each field takes less. */
const MOST_CHARACTERS = 400;

const FORM =
  "write the minute, hour, day of the month, month and weekday (1 is Sunday), for example */5 * * * *";

/**
 * Reads the expression of a cron trigger as Cloudflare does: five fields, and weekdays from 1, Sunday, to 7.
 * What Cloudflare would refuse is a problem with its remedy; nothing is thrown.
 *
 * Sources: https://developers.cloudflare.com/workers/configuration/cron-triggers/, "Supported cron
 * expressions", and, where that leaves something open, the parser that Cloudflare runs:
 * https://github.com/cloudflare/saffron.
 */
export function parseCron(expression: string): ParsedCron {
  if (expression.length > MOST_CHARACTERS)
    return {
      ok: false,
      problem: `is longer than ${MOST_CHARACTERS} characters`,
      remedy: "use ranges and steps",
    };
  if (expression !== expression.trim())
    return { ok: false, problem: "begins or ends with white space", remedy: "remove it" };
  const fields = expression.split(/[ \t]+/);
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = fields;
  if (fields.length !== 5) return { ok: false, problem: "does not have five fields", remedy: FORM };

  const minutes = readNumbers(minute, MINUTE);
  if (!minutes.ok) return minutes;
  const hours = readNumbers(hour, HOUR);
  if (!hours.ok) return hours;
  const days = readDays(day);
  if (!days.ok) return days;
  const months = readNumbers(month, MONTH);
  if (!months.ok) return months;
  const weekdays = readWeekdays(weekday);
  if (!weekdays.ok) return weekdays;

  // As in other crons: where both say which days, a day that either of them names is one.
  const isEitherDay = day !== "*" && weekday !== "*";
  return {
    ok: true,
    runsAt: (time) =>
      minutes.numbers.has(time.getUTCMinutes()) &&
      hours.numbers.has(time.getUTCHours()) &&
      months.numbers.has(time.getUTCMonth() + 1) &&
      (isEitherDay
        ? days.includes(time) || weekdays.includes(time)
        : days.includes(time) && weekdays.includes(time)),
  };
}
