import { respelt } from "../../../queue-it/respelt.ts";
import { winnerOf } from "../../../cloudflare/route-table.ts";
import type { Draft } from "../draft.ts";
import { errorAt, type Finding, warningAt } from "../problem.ts";
import { placedPatterns } from "./routes.ts";
import type { Rule } from "./rule.ts";

/** Matching on the normalized URL, and what keeps it from working. */
export const matching: Rule = (draft) =>
  draft.queueIt?.matching === "normalized" ? [...unsupported(draft), ...unseen(draft)] : [];

/** Only this project's Worker can do it; with another one the setting would do nothing. */
function unsupported({ worker }: Draft): readonly Finding[] {
  return worker?.source === "file"
    ? [
        errorAt(
          "queueIt.matching",
          "matching-unsupported",
          "normalized",
          "needs this project's own Worker, but worker.source is file",
          'remove it, or use worker: { source: "bundled" }; meanwhile every action needs IsNormalizationEnabled',
        ),
      ]
    : [];
}

/**
 * Cloudflare compares a route character by character: another spelling of its pages does not come to the
 * Worker.
 */
function unseen(draft: Draft): readonly Finding[] {
  const entries = placedPatterns(draft).filter(({ pattern }) => !pattern.hostWildcard);
  return entries.flatMap(({ kind, path: place, pattern }) => {
    const { text, scheme = "https", host, path } = pattern;
    const other = respelt(path);
    const winner = winnerOf(entries, new URL(`${scheme}://${host}${other}`));
    if (kind === "bypass" || path === "/" || winner?.kind === "protect") return [];
    const what = `is case- and spelling-sensitive: ${other} is open, and matching "normalized" never sees it`;
    const remedy = 'protect "/*", which sends every spelling to the Worker, and bypass what is static';
    return [warningAt(place, "matching-unseen", text, what, remedy)];
  });
}
