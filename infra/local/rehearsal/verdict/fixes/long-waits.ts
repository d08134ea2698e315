import { duration } from "../../../../text/duration.ts";
import type { FixRule } from "./fix-rule.ts";

const AN_HOUR = 3_600_000;

/** Waits that few people put up with. */
export const longWaits: FixRule = ({ kinds }) => {
  const waits = kinds.flatMap(({ kind, waits: own }) => (own === undefined ? [] : [{ kind, ...own }]));
  const longest = waits.toSorted((a, b) => b.longestMs - a.longestMs)[0];
  if (longest === undefined || longest.longestMs <= AN_HOUR) return [];
  return [
    {
      rule: "long-waits",
      level: "medium",
      title: `Waits of up to ${duration(longest.longestMs)} (${longest.kind})`,
      explanation: `Half of them waited ${duration(longest.medianMs)}. Phones go to sleep, and people leave, come back and complain.`,
      remedy: "Raise the outflow, or tell visitors the expected wait in Queue-it's waiting room page.",
    },
  ];
};
