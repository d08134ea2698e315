import { counted } from "../../../../text/counted.ts";
import type { Breach, Rehearsal } from "../../rehearsal.ts";
import type { FixRule } from "./fix-rule.ts";

/** KV takes up to a minute to show a new value everywhere, and an isolate looks once a minute. */
const CONVERGES_MS = 120_000;

/** Pages that were open while a new configuration was on its way. */
export const lateConfiguration: FixRule = (rehearsal) => {
  const early = rehearsal.breaches.filter(
    (breach) => breach.promise === "turn" && isWhileStale(breach, rehearsal),
  ).length;
  if (early === 0) return [];
  return [
    {
      rule: "late-configuration",
      level: "high",
      title: `${counted(early, "visitor")} passed while a new configuration was on its way`,
      explanation:
        "KV is up to a minute behind, and each isolate looks once a minute: until then the old one holds.",
      remedy:
        'Publish at least five minutes before the sale, then see with "queueit-cf verify" that it is live.',
    },
  ];
};

function isWhileStale({ atMs }: Breach, { scenario }: Rehearsal): boolean {
  return scenario.events.some((event) => {
    if (event.kind === "kv" && event.how === "stale") {
      return event.atMs <= atMs && atMs <= event.atMs + event.forMs;
    }
    if (event.kind !== "publish" && event.kind !== "protect") return false;
    return event.atMs <= atMs && atMs <= event.atMs + CONVERGES_MS;
  });
}
