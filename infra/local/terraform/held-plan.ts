import type { ApplyOutcome, PlanMode, PlannedStack } from "../../terraform/stack.ts";
import { redact } from "../../secrets/redact.ts";
import type { Stack } from "./read-stack.ts";
import { applyPlan } from "./apply-plan.ts";
import type { OpenedStack } from "./opened-stack.ts";
import { type Imported, importInto } from "./import.ts";
import { planJson } from "./plan-json.ts";
import { planStack } from "./plan-stack.ts";
import { refresh } from "./refresh.ts";
import { hasMoved } from "./staleness.ts";
import type { State } from "./state.ts";

/** Plans a stack and holds the plan until it is applied. All of it is in memory. */
export async function holdPlan(mode: PlanMode, opened: OpenedStack): Promise<PlannedStack> {
  const { stack, account } = opened;
  const plannedOn = opened.held();
  // Only a plan of everything takes over: what is to be destroyed or looked at has to be in the state.
  const takeOver = (from: State): Promise<Imported> =>
    mode === "apply"
      ? importInto(from, stack, account)
      : Promise.resolve({ state: from, ids: new Map(), failures: [] });
  const { state: refreshed, drift } = await refresh(plannedOn, account);
  const { state, ids, failures } = await takeOver(refreshed);
  const planned = planStack(mode, { stack, state, account, remoteState: opened.remoteState() });
  const plan = { ...planned, failures: [...failures, ...planned.failures] };
  const failure = plan.failures.length === 0 ? undefined : redact(plan.failures.join(" "), secretsOf(stack));
  let isDiscarded = false;

  const apply = async (): Promise<ApplyOutcome> => {
    if (isDiscarded) return refused("The plan was discarded. Plan again.");
    if (failure !== undefined) return refused(failure);
    const { state: now } = await takeOver((await refresh(plannedOn, account)).state);
    if (opened.held() !== plannedOn || hasMoved(plan, stack, state, now)) {
      return refused("Saved plan is stale: what it was made from has changed since. Plan again.");
    }
    // What the refresh found out is kept, even where nothing is to be done.
    opened.keep(now);
    try {
      const outcome = await applyPlan({ ...opened, plan, state: now });
      return outcome.ok ? outcome : refused(redact(outcome.reason, secretsOf(stack)));
    } finally {
      await opened.afterApply?.();
    }
  };
  return {
    json: planJson({ stack, plan, state, drift, importing: ids }),
    failure,
    apply,
    discard: () => {
      isDiscarded = true;
      return Promise.resolve();
    },
  };
}

/** The values of the stack's sensitive variables. */
function secretsOf({ variables, values }: Stack): readonly string[] {
  return variables.flatMap(({ name, sensitive }) => {
    const value = sensitive ? values.get(`var.${name}`) : undefined;
    return typeof value === "string" ? [value] : [];
  });
}

function refused(reason: string): ApplyOutcome {
  return { ok: false, reason };
}
