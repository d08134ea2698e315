import { actionLost } from "./action-lost.ts";
import { brokenExpectation } from "./broken-expectation.ts";
import { anotherEnvironment } from "./another-environment.ts";
import { chainedWorkerChanged } from "./chained-worker-changed.ts";
import { namedWorkerMissing } from "./named-worker-missing.ts";
import { anotherWorker } from "./another-worker.ts";
import { bypassOverProtection } from "./bypass-over-protection.ts";
import { configurationUnbound } from "./configuration-unbound.ts";
import { doubtfulConfiguration } from "./doubtful-configuration.ts";
import { everythingReplaced } from "./everything-replaced.ts";
import { hooksChanged } from "./hooks.ts";
import { frozen } from "./frozen.ts";
import { incompletePlan } from "./incomplete-plan.ts";
import { namespaceLost } from "./namespace-lost.ts";
import { notApplyable } from "./not-applyable.ts";
import { placeChanged } from "./place-changed.ts";
import { conditionFailed, conditionOpen, promotionAssumed } from "./promotion.ts";
import { protectionLost } from "./protection-lost.ts";
import { type Facts, LEVELS, type Risk, type RiskRule } from "./risk.ts";
import { routeGap } from "./route-gap.ts";
import { routesOfOthers } from "./routes-of-others.ts";
import { secretDropped } from "./secret-dropped.ts";
import { unknownObject } from "./unknown-object.ts";
import { unknownRoute } from "./unknown-route.ts";
import { unreadableConfiguration } from "./unreadable-configuration.ts";
import { secretKeyRotated } from "./secret-key-rotated.ts";
import { secretKeyUploaded } from "./secret-key-uploaded.ts";
import { switched } from "./switched.ts";
import { unprotectedNow } from "./unprotected-now.ts";
import {
  allowedOriginsChanged,
  customerChanged,
  failureModeChanged,
  matchingChanged,
  ownerChanged,
  prefetchesChanged,
  preflightsChanged,
} from "./variable-change.ts";

const RULES: readonly RiskRule[] = [
  switched,
  incompletePlan,
  notApplyable,
  frozen,
  conditionFailed,
  conditionOpen,
  promotionAssumed,
  anotherEnvironment,
  brokenExpectation,
  everythingReplaced,
  protectionLost,
  anotherWorker,
  namedWorkerMissing,
  chainedWorkerChanged,
  bypassOverProtection,
  actionLost,
  doubtfulConfiguration,
  namespaceLost,
  configurationUnbound,
  secretDropped,
  secretKeyRotated,
  secretKeyUploaded,
  placeChanged,
  customerChanged,
  ownerChanged,
  failureModeChanged,
  matchingChanged,
  preflightsChanged,
  prefetchesChanged,
  allowedOriginsChanged,
  hooksChanged,
  unprotectedNow,
  routeGap,
  routesOfOthers,
  unknownRoute,
  unknownObject,
  unreadableConfiguration,
];

/** Every risk of a plan, the gravest first. */
export function risksOf(facts: Facts): readonly Risk[] {
  const risks = RULES.flatMap((rule) => rule(facts));
  return risks.sort((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level));
}
