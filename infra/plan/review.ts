import type { Change, Effect } from "./changes/change.ts";
import { changesOf } from "./changes/changes-of.ts";
import { ownerOf } from "./changes/owner.ts";
import type { ReviewContext } from "./context.ts";
import { coverageOf, type CoveredUrl } from "./coverage.ts";
import { deploymentOf } from "./deployment.ts";
import { digestOf } from "./digest.ts";
import { parsePlan } from "./parse.ts";
import type { Plan } from "./plan.ts";
import type { Risk, RiskLevel } from "./risks/risk.ts";
import { risksOf } from "./risks/risks-of.ts";

/** How many objects of the plan something happens to, as Terraform counts them. */
export type Counts = Readonly<Record<Exclude<Effect, "drift" | "untouched">, number>>;

/** Everything that is to be said of a plan. It holds no secret. */
export interface Review {
  readonly environment: string | undefined;
  readonly terraformVersion: string;
  readonly digest: string;
  /** Whether the digest tells one new value of a secret from another. */
  readonly digestIsKeyed: boolean;
  readonly counts: Counts;
  /** The gravest first. */
  readonly risks: readonly Risk[];
  /** Level of the gravest risk; undefined when there is none. */
  readonly risk: RiskLevel | undefined;
  readonly changes: readonly Change[];
  readonly coverage: readonly CoveredUrl[];
}

/**
 * Reviews what `terraform show -json` printed of a plan. Pure: the same text and context give the same
 * review.
 *
 * @throws UserError when the text is no plan of a known format.
 */
export function reviewPlan(text: string, context: ReviewContext = {}): Review {
  const plan = parsePlan(text, context.secrets);
  const changes = changesOf(plan, context);
  const before = deploymentOf(plan, "before");
  const after = deploymentOf(plan, "after");
  const owner = ownerOf(plan, context);
  // A plan that stopped at an error lacks objects that are there: it says nothing about what stays protected.
  const coverage = plan.errored ? [] : coverageOf(context.coverage, before, after, owner);
  const risks = risksOf({ plan, context, changes, before, after, owner, coverage });
  return {
    environment: context.environment,
    terraformVersion: plan.terraformVersion,
    digest: digestOf(plan, context.planKey),
    digestIsKeyed: context.planKey !== undefined,
    counts: countsOf(plan),
    risks,
    risk: risks[0]?.level,
    changes,
    coverage,
  };
}

function countsOf({ resources }: Plan): Counts {
  const count = (isCounted: (resource: Plan["resources"][number]) => boolean) =>
    resources.filter(isCounted).length;
  return {
    destroy: count(({ operation }) => operation === "delete"),
    replace: count(({ operation }) => operation === "replace"),
    forget: count(({ operation }) => operation === "forget"),
    update: count(({ operation }) => operation === "update"),
    create: count(({ operation }) => operation === "create"),
    import: count(({ importedId }) => importedId !== undefined),
    move: count(({ previousAddress }) => previousAddress !== undefined),
  };
}
