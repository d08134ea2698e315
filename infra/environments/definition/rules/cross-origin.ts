import { errorAt, warningAt } from "../problem.ts";
import type { Rule } from "./rule.ts";

/** What browsers ask ahead of visitors, and who may read the answers: only this project's Worker knows of it. */
export const crossOrigin: Rule = ({ queueIt, worker }) => {
  const { preflights, prefetches, allowedOrigins } = queueIt ?? {};
  if (worker?.source === "file") {
    const asked = [
      ["preflights", preflights === "queue" ? preflights : undefined],
      ["prefetches", prefetches === "queue" ? prefetches : undefined],
      ["allowedOrigins", allowedOrigins?.[0]],
    ] as const;
    return asked
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) =>
        errorAt(
          `queueIt.${name}`,
          "cross-origin-unsupported",
          value,
          "needs this project's own Worker, but worker.source is file",
          'remove it, or use worker: { source: "bundled" }',
        ),
      );
  }
  return (allowedOrigins ?? []).flatMap((origin, index) =>
    /^http:\/\/(?!localhost(?::|$))/.test(origin)
      ? [
          warningAt(
            `queueIt.allowedOrigins[${index}]`,
            "allowed-origin-http",
            origin,
            "is not encrypted: whoever is on the way can put a script into its pages",
            "write https://, unless nobody but you reads these pages",
          ),
        ]
      : [],
  );
};
