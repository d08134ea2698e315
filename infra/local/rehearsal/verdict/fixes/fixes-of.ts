import type { Rehearsal } from "../../rehearsal.ts";
import { type Fix, LEVELS } from "../verdict.ts";
import { assetsThroughWorker } from "./assets-through-worker.ts";
import { askedElsewhere } from "./asked-elsewhere.ts";
import { attackers } from "./attackers.ts";
import { borrowed } from "./borrowed.ts";
import { failedOpen } from "./failed-open.ts";
import type { FixRule } from "./fix-rule.ts";
import { keptOut } from "./kept-out.ts";
import { lateConfiguration } from "./late-configuration.ts";
import { longWaits } from "./long-waits.ts";
import { lostPlaces } from "./lost-places.ts";
import { manyLeft } from "./many-left.ts";
import { outOfOrder } from "./out-of-order.ts";
import { ownErrors } from "./own-errors.ts";
import { passedWithoutTurn } from "./passed-without-turn.ts";
import { protectsNothing } from "./protects-nothing.ts";
import { siteErrors } from "./site-errors.ts";
import { slowOutflow } from "./slow-outflow.ts";

/** Within a level, in the order in which they are told. */
const RULES: readonly FixRule[] = [
  passedWithoutTurn,
  lateConfiguration,
  protectsNothing,
  failedOpen,
  lostPlaces,
  ownErrors,
  keptOut,
  outOfOrder,
  borrowed,
  siteErrors,
  slowOutflow,
  longWaits,
  attackers,
  manyLeft,
  assetsThroughWorker,
  askedElsewhere,
];

/** What to fix, the gravest first. */
export function fixesOf(rehearsal: Rehearsal): readonly Fix[] {
  const fixes = RULES.flatMap((rule) => rule(rehearsal));
  return fixes.toSorted((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level));
}
