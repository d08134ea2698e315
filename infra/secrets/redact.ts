import { type Range, SecretForms } from "./forms.ts";

const HIDDEN = "(hidden)";

/** Hides every secret, in whatever form, in a text that a person or a program is about to get. */
export function redact(text: string, secrets: readonly string[]): string {
  const ranges = secrets.flatMap((secret) => formsOf(secret).rangesIn(text)).sort(([a], [b]) => a - b);
  let shown = "";
  let end = 0;
  for (const [from, to] of joined(ranges)) {
    shown += text.slice(end, from) + HIDDEN;
    end = to;
  }
  return shown + text.slice(end);
}

/**
 * Ranges in their order, those that meet as one: what is left of a secret must not be readable in between.
 */
function joined(ranges: readonly Range[]): readonly Range[] {
  const result: [number, number][] = [];
  for (const [from, to] of ranges) {
    const last = result.at(-1);
    if (last === undefined || from > last[1]) result.push([from, to]);
    else last[1] = Math.max(last[1], to);
  }
  return result;
}

/** A process has a handful of secrets, and hides them in every line that it writes. */
const MOST_KEPT = 50;
const kept = new Map<string, SecretForms>();

function formsOf(secret: string): SecretForms {
  const known = kept.get(secret);
  if (known !== undefined) return known;
  if (kept.size >= MOST_KEPT) kept.clear();
  const forms = new SecretForms(secret);
  kept.set(secret, forms);
  return forms;
}
