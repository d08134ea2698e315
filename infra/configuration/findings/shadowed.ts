import type { IntegrationConfiguration } from "../../../worker/configuration/integration-configuration.ts";
import { actionEffect } from "../../queue-it/action-effect.ts";
import { listed } from "../../queue-it/quoted.ts";
import { type Way, waysOf } from "./condition.ts";
import { canNeverHold, implies } from "./contradiction.ts";
import { type Finding, placeOf, placeWords } from "./finding.ts";

/** More pairs of triggers than that are not compared: it would take longer than anybody waits. */
const MOST_PAIRS = 300_000;

/** Actions that never apply, because actions before them take every request that they would. */
export function shadowed(configuration: IntegrationConfiguration): readonly Finding[] {
  const actions = configuration.Integrations ?? [];
  return shadowsIn(configuration).map(({ action, by }) => {
    const names = by.map((index) => placeWords(placeOf(configuration, index)));
    const passing = by.some((index) => actionEffect(actions[index]?.ActionType ?? "") !== "Queue");
    const isQueue = actionEffect(actions[action]?.ActionType ?? "") === "Queue";
    return {
      severity: "warning",
      code: "shadowed",
      place: placeOf(configuration, action),
      what:
        `never applies: ${listed(names, "and")} ${by.length === 1 ? "comes" : "come"} before it and ` +
        `${by.length === 1 ? "takes" : "take"} every request that it would` +
        (isQueue && passing ? ", so nobody queues by it" : ""),
      remedy: "move it before, or narrow the triggers of what comes before it",
    };
  });
}

/** An action that never applies, and the actions before it that together take its requests: places from 0. */
export interface Shadow {
  readonly action: number;
  readonly by: readonly number[];
}

/** Every claim is a proof; at very many actions not all are looked at. */
export function shadowsIn({ Integrations }: IntegrationConfiguration): readonly Shadow[] {
  const shadows: Shadow[] = [];
  const earlier: { readonly action: number; readonly way: Way }[] = [];
  let pairs = 0;
  for (const [action, one] of (Integrations ?? []).entries()) {
    const ways = waysOf(one).filter(({ conditions }) => !canNeverHold(conditions));
    const takers = ways.map((way) => earlier.find((other) => pairs++ < MOST_PAIRS && takes(other.way, way)));
    const by = takers.flatMap((taker) => (taker === undefined ? [] : [taker.action]));
    if (ways.length > 0 && by.length === ways.length) {
      shadows.push({ action, by: [...new Set(by)].sort((a, b) => a - b) });
    }
    earlier.push(...ways.map((way) => ({ action, way })));
  }
  return shadows;
}

function takes(earlier: Way, later: Way): boolean {
  return earlier.conditions.every((condition) => implies(later.conditions, condition));
}
