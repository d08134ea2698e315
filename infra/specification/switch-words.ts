import type { Switched, SwitchedFailure, SwitchedSite, Switches } from "./switches.ts";

/** When, who and why, in words; foreign texts are as they are, for whoever shows them to escape. */
export function switchedWords({ since, by, reason }: Switched): string {
  return `since ${timeWords(since)} by ${by} because: ${reason}`;
}

/** What is switched at a host, in words. */
export function siteWords(site: SwitchedSite): string {
  return `${site.host}: switched off ${switchedWords(site)}${interruptedWords(site)}`;
}

/** What the failure mode was switched to, in words. */
export function failureWords(failure: SwitchedFailure): string {
  return `failure mode: switched to ${failure.mode} ${switchedWords(failure)}`;
}

/** Everything that is switched, one line each. */
export function switchLines({ sites, failure }: Switches): readonly string[] {
  return [...sites.map(siteWords), ...(failure === undefined ? [] : [failureWords(failure)])];
}

/** That only a part of a host is off; empty where all of it is. */
export function interruptedWords({ routes, leading }: SwitchedSite): string {
  if (leading.length === 0) return "";
  const of = routes.length === 0 ? "routes of it" : `of its ${routes.length} routes`;
  return ` (interrupted: ${leading.length} ${of} lead to the Worker)`;
}

/** What takes a switch back. @param words That name the connector on a command line. */
export function switchOnRemedy(words: string): string {
  return `npx queueit-cf switch on ${words}`;
}

/** `2026-11-26T02:30:00.000Z` for people: `2026-11-26 02:30 UTC`. */
export function timeWords(since: string): string {
  return since.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):[\d.]+Z$/, "$1 $2 UTC");
}
