import { covers, patternOf } from "../../cloudflare/route-pattern.ts";
import { sentence } from "../sentence.ts";
import type { RiskRule } from "./risk.ts";

/** A page that was protected, and that no route protects any more or only in part. */
export const protectionLost: RiskRule = ({ before, after }) => {
  const kept = after.routes
    .filter(({ kind }) => kind === "protect")
    .flatMap(({ pattern }) => patternOf(pattern) ?? []);
  const isOpen = after.routes.some(({ pattern }) => pattern === undefined);
  const stays = new Set(after.routes.filter(({ kind }) => kind === "protect").map(({ pattern }) => pattern));
  return before.routes.flatMap(({ kind, pattern, address }) => {
    const lost = kind === "protect" ? patternOf(pattern) : undefined;
    if (kind === "protect" && lost === undefined && !isOpen && !stays.has(pattern)) {
      return [
        {
          rule: "protection-lost",
          level: "high",
          title: sentence`Protection lost: ${pattern ?? address}, a pattern that this report cannot read`,
          explanation: "Which pages it protected is unknown; visitors may get them without queueing.",
          remedy: "Keep the pattern under protect of its site, or let another one cover it.",
        },
      ];
    }
    // While a pattern is not known yet, `unknownRoute` says so.
    if (lost === undefined || isOpen || kept.some((other) => covers(other, lost))) return [];
    const parts = kept.filter((other) => covers(lost, other)).map(({ text }) => text);
    const title =
      parts.length === 0
        ? sentence`Protection lost: ${lost.text}`
        : sentence`Protection narrowed: ${lost.text} → ${parts.join(", ")}`;
    return [
      {
        rule: "protection-lost",
        level: "high",
        title,
        explanation:
          parts.length === 0
            ? "As soon as the plan is applied, visitors get these pages without queueing."
            : "As soon as the plan is applied, visitors get the pages outside the new patterns without queueing.",
        remedy: "Keep the pattern under protect of its site, or let another one cover it.",
      },
    ];
  });
};
