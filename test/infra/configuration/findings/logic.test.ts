import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conditionOf, waysOf } from "../../../../infra/configuration/findings/condition.ts";
import {
  canNeverHold,
  contradictionIn,
  implies,
} from "../../../../infra/configuration/findings/contradiction.ts";
import { shadowsIn } from "../../../../infra/configuration/findings/shadowed.ts";
import { runs } from "../../../support/runs.ts";
import { compiledOf } from "../../../worker/support/connector.ts";
import { matchedAction } from "../../../../worker/isolate/matched-action.ts";
import { compileAction } from "../../../../worker/matching/matcher.ts";
import type { Action, TriggerPart } from "../../../../worker/configuration/integration-configuration.ts";
import type { Visit } from "../../../../worker/visitor/visit.ts";
import { someConfiguration, somePart, someVisit } from "./arbitraries.ts";

/** Visible in the result, so that no comparison becomes empty unnoticed. */
const counts = { impossible: 0, contradictions: 0, implied: 0, shadows: 0, matched: 0 };

const actionOf = (parts: readonly TriggerPart[], isNormalized: boolean): Action => ({
  ActionType: "Queue",
  IsNormalizationEnabled: isNormalized,
  Triggers: [{ LogicalOperator: "And", TriggerParts: parts }],
});

/** What the Worker makes of conditions that have to hold together. */
function holdsFor(parts: readonly TriggerPart[], isNormalized: boolean, visit: Visit): boolean {
  return compileAction(actionOf(parts, isNormalized))(visit, isNormalized ? visit.normalizedUrl : visit.url);
}

/** Every claim is held against all of them. */
const VISITS = fc.sample(someVisit, { numRuns: 250, seed: 20261125 });

/** Conditions of which some look at the same text. */
const someParts = fc.oneof(
  fc.array(somePart, { minLength: 1, maxLength: 4 }),
  fc.tuple(somePart, fc.array(somePart, { minLength: 1, maxLength: 3 })).map(([first, others]) =>
    others.map((other): TriggerPart => ({
      ...other,
      ValidatorType: first.ValidatorType ?? null,
      UrlPart: first.UrlPart ?? null,
      CookieName: first.CookieName ?? null,
      HttpHeaderName: first.HttpHeaderName ?? null,
    })),
  ),
);

describe("compared with the Worker's own matching on random requests", () => {
  it("conditions that can never hold hold for no request", () => {
    fc.assert(
      fc.property(someParts, fc.boolean(), (parts, isNormalized) => {
        const action = actionOf(parts, isNormalized);
        const conditions = parts.map((part) => conditionOf(part, action));
        const excluded = contradictionIn(conditions);
        expect(canNeverHold(conditions)).toBe(excluded !== undefined);
        if (excluded === undefined) return;
        counts.impossible++;
        if (excluded.length > 1) counts.contradictions++;
        const said = excluded.map(({ part }) => part);
        expect(VISITS.filter((visit) => holdsFor(said, isNormalized, visit))).toEqual([]);
      }),
      { numRuns: runs(600, 3000) },
    );
  });

  it("a condition that others imply holds wherever they do", () => {
    fc.assert(
      fc.property(someParts, somePart, fc.boolean(), (parts, part, isNormalized) => {
        const action = actionOf(parts, isNormalized);
        const conditions = parts.map((one) => conditionOf(one, action));
        if (canNeverHold(conditions) || !implies(conditions, conditionOf(part, action))) return;
        counts.implied++;
        const fails = (visit: Visit) =>
          holdsFor(parts, isNormalized, visit) && !holdsFor([part], isNormalized, visit);
        expect(VISITS.filter(fails)).toEqual([]);
      }),
      { numRuns: runs(800, 4000) },
    );
  });

  it.each(["as-configured", "normalized"] as const)(
    "a shadowed action never applies where triggers are matched %s",
    (matching) => {
      fc.assert(
        fc.property(someConfiguration, (configuration) => {
          const shadows = shadowsIn(configuration);
          const never = new Set(
            (configuration.Integrations ?? []).filter(
              (action, index) =>
                shadows.some((shadow) => shadow.action === index) ||
                waysOf(action).every(({ conditions }) => canNeverHold(conditions)),
            ),
          );
          if (shadows.length > 0) counts.shadows++;
          if (never.size === 0) return;
          const compiled = compiledOf(configuration);
          for (const visit of VISITS.slice(0, 60)) {
            const action = matchedAction(compiled, visit, { matching })?.action;
            if (action === undefined) continue;
            counts.matched++;
            expect(never.has(action)).toBe(false);
          }
        }),
        { numRuns: runs(80, 400) },
      );
    },
  );

  it("has met all of these often enough", () => {
    expect(counts.impossible).toBeGreaterThan(runs(160, 800));
    expect(counts.contradictions).toBeGreaterThan(runs(6, 30));
    expect(counts.implied).toBeGreaterThan(runs(20, 200));
    expect(counts.shadows).toBeGreaterThan(runs(16, 80));
    expect(counts.matched).toBeGreaterThan(runs(1000, 5000));
  });
});
