import { compareSpecificity, covers, patternOf } from "../../cloudflare/route-pattern.ts";
import { sentence } from "../sentence.ts";
import type { RiskLevel, RiskRule } from "./risk.ts";

/** Folders that hold files, not pages: bypassing them is what bypasses are for. */
const STATIC =
  /^\/(static|assets|images?|img|css|js|fonts?|media|public|_next\/static|favicon\.ico|robots\.txt)(\/|\*|$)/i;

/** A new bypass that takes pages from a protected pattern. */
export const bypassOverProtection: RiskRule = ({ before, after }) => {
  const known = new Set(before.routes.filter(({ kind }) => kind === "bypass").map(({ pattern }) => pattern));
  const protects = after.routes
    .filter(({ kind }) => kind === "protect")
    .flatMap(({ pattern }) => patternOf(pattern) ?? []);
  // Where nothing was protected before, nobody loses a protection.
  const isFirst = !before.routes.some(({ kind }) => kind === "protect");
  return after.routes.flatMap(({ kind, pattern }) => {
    const bypass = kind === "bypass" && !known.has(pattern) ? patternOf(pattern) : undefined;
    if (bypass === undefined) return [];
    const winning = protects.filter((protect) => compareSpecificity(bypass, protect) < 0);
    const whole = winning.find((protect) => covers(bypass, protect));
    const around = winning.find((protect) => covers(protect, bypass));
    const taken = whole ?? around;
    if (taken === undefined) return [];
    const isStatic = STATIC.test(bypass.path);
    if (isFirst && isStatic && whole === undefined) return [];
    const level: RiskLevel = whole !== undefined ? "high" : isStatic || isFirst ? "low" : "medium";
    return [
      {
        rule: "bypass-over-protection",
        level,
        title: sentence`Bypass ${bypass.text} takes pages from the protected ${taken.text}`,
        explanation:
          whole === undefined
            ? "Everything below the bypass is answered without the waiting room."
            : "No page of the protected pattern reaches the waiting room any more.",
        remedy: "Bypass only folders of static files. For single pages, use an Ignore action instead.",
      },
    ];
  });
};
