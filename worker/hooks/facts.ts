import { logFact } from "../runtime/log.ts";
import type { Facts } from "./define-hooks.ts";
import { refused } from "./returned.ts";

/** Different facts that an isolate counts: the log has a line a minute for each. */
const MOST_FACTS = 20;
const FACT = /^[a-z][a-z0-9-]{0,39}$/;

const counted = new Set<string>();

/** @throws Failure for what are no facts. */
export function factsOf(value: unknown): Facts {
  if (value === undefined) return [];
  const facts: readonly unknown[] = Array.isArray(value) ? [...(value as readonly unknown[])] : [undefined];
  if (!facts.every((fact) => typeof fact === "string" && FACT.test(fact))) {
    throw refused("A fact is a name of at most 40 small letters, digits and dashes.");
  }
  const names = [...new Set(facts as Facts)];
  if (new Set([...counted, ...names]).size > MOST_FACTS) {
    throw refused(`More than ${MOST_FACTS} different facts.`);
  }
  return names;
}

/** Counts facts in the log. */
export function noteFacts(facts: Facts): void {
  for (const fact of facts) {
    counted.add(fact);
    logFact({ event: "hook-fact", reason: fact });
  }
}
