import { sentence } from "../sentence.ts";
import { sameValue, shown } from "../value.ts";
import type { RiskRule } from "./risk.ts";

const PLACES = { account_id: "account", zone_id: "zone" } as const;

/** An object that goes to another account or zone. */
export const placeChanged: RiskRule = ({ plan }) => {
  const moves = plan.resources.flatMap(({ mode, before, after }) =>
    mode === "data" || before === undefined || after === undefined
      ? []
      : Object.entries(PLACES).flatMap(([attribute, place]) =>
          (before[attribute] ?? null) === null || sameValue(before[attribute], after[attribute])
            ? []
            : [{ place, from: shown(before[attribute]), to: shown(after[attribute]) }],
        ),
  );
  const distinct = new Map(moves.map((move) => [JSON.stringify(move), move]));
  return [...distinct.values()].map(({ place, from, to }) => ({
    rule: "place-changed",
    level: "high",
    title: [`Another ${place}: `, ...sentence`${from} → ${to}`],
    explanation:
      `What was deployed to the old ${place} is removed or left behind, and everything is ` +
      "created again in the new one.",
    remedy:
      `Check ${place === "account" ? "accountId" : "zoneId or zoneName"} of the environment, and ` +
      "the API token.",
  }));
};
