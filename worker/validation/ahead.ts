import type { Settings } from "../deployment/settings.ts";
import { isPrefetch } from "../visitor/prefetch.ts";
import { preflightOf } from "../visitor/preflight.ts";
import type { Question } from "./verdict.ts";

/** What a browser asks ahead of its visitor. */
export type Ahead = "preflight" | "prefetch";

/**
 * Finds out what a browser asks ahead of its visitor. The SDK is not asked about it, which would take it for the
 * visitor: use up a queue token, issue or cancel a session, ask for a direct pass.
 *
 * @returns Undefined for what visitors ask themselves, and where nobody would be stopped.
 */
export function askedAhead(
  { visit, matched }: Pick<Question, "visit" | "matched">,
  settings: Settings,
): Ahead | undefined {
  const type = matched?.action.ActionType;
  if (type !== "Queue" && type !== "Cancel") return undefined;
  if (settings.preflights === "pass" && preflightOf(visit.request) !== undefined) return "preflight";
  return settings.prefetches === "refuse" && isPrefetch(visit) ? "prefetch" : undefined;
}
