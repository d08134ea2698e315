import { describe, expect, it } from "vitest";
import { UserError } from "../../../infra/errors/user-error.ts";
import { reviewPlan } from "../../../infra/plan/review.ts";
import { type Recorded, RECORDED, recordedPlan } from "./plans.ts";

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** Parts of a plan that repeat its changes, or that no change comes of. */
const OTHER_PARTS = [
  // What led to the changes, and what comes of them, both also in the changes themselves.
  "variables",
  "configuration",
  "prior_state",
  "planned_values",
  // What others changed: what Terraform does about it is a change.
  "resource_drift",
  "relevant_attributes",
  "timestamp",
];

/** Places in what is left that may differ between two plans of the same change, and why. */
const NOISE: readonly RegExp[] = [
  // Which Terraform made the plan.
  /^terraform_version$/,
  // Part of the address.
  /^resource_changes\.name$/,
  // What Terraform hides; the values are compared as they are.
  /_sensitive\b/,
  // A condition that holds.
  /^checks\.(?!status).*$/,
  // What Cloudflare computes or names by itself, and how the bundle gets to the provider.
  /^resource_changes\.change\.\w+\.(schedules\.)?(created_on|modified_on|etag|handlers|named_handlers|has_assets|has_modules|startup_time_ms|last_deployed_from|migration_tag|supports_url_encoding|content_file)$/,
  /^resource_changes\.change\.(after_unknown|after)\.id$/,
  // What was computed and stays so.
  /^resource_changes\.change\.after_unknown(\.bindings|\.observability)?$/,
];

/**
 * Of what is deleted only what tells which object it is; of what is updated, its id is given by Cloudflare.
 */
const NOISE_BY_ACTION: Readonly<Record<string, RegExp>> = {
  delete: /^resource_changes\.change\.before\.(?!(id|namespace_id|key_name|title|pattern|script)$)/,
  update: /^resource_changes\.change\.before\.id$/,
};

describe.each(RECORDED)("every detail of a plan is in its digest, but what is noise: %s", (name) => {
  it("is another digest when any one of them differs", () => {
    const document = changesAlone(name);
    const digest = digestOf(document);
    const lost = leavesOf(document).flatMap(({ place, action, set, value }) => {
      if (NOISE.some((noise) => noise.test(place)) || NOISE_BY_ACTION[action]?.test(place) === true)
        return [];
      set(other(value));
      const isLost = digestOf(document) === digest;
      set(value);
      return isLost ? [`${action} ${place}`] : [];
    });
    expect(lost).toEqual([]);
  });
});

function digestOf(document: Json): string {
  try {
    return reviewPlan(JSON.stringify(document), { planKey: "fake-plan-key" }).digest;
  } catch (error) {
    // What is refused cannot be taken for what was reviewed.
    if (error instanceof UserError) return error.code;
    throw error;
  }
}

/** A plan without what is deployed already and stays as it is, whose places alone matter. */
function changesAlone(name: Recorded): Record<string, Json> {
  const plan = JSON.parse(recordedPlan(name)) as Record<string, Json>;
  const changes = plan["resource_changes"] as { change: { actions: string[] } }[];
  const kept = changes.filter(({ change }) => change.actions[0] !== "no-op") as unknown as Json[];
  return {
    ...Object.fromEntries(Object.entries(plan).filter(([part]) => !OTHER_PARTS.includes(part))),
    resource_changes: kept,
  };
}

interface Leaf {
  /** Names on the way, without the indices of lists. */
  readonly place: string;
  /** First action of the object it is in. */
  readonly action: string;
  readonly value: Json;
  readonly set: (value: Json) => void;
}

function leavesOf(value: Json, names: readonly string[] = [], action = ""): readonly Leaf[] {
  if (typeof value !== "object" || value === null) return [];
  const own = actionIn(value) ?? action;
  return Object.entries(value).flatMap(([name, inner]) => {
    const path = Array.isArray(value) ? names : [...names, name];
    const isLeaf = typeof inner !== "object" || inner === null || Object.keys(inner).length === 0;
    if (!isLeaf) return leavesOf(inner, path, own);
    const set = (next: Json) => Object.assign(value, { [name]: next });
    return [{ place: path.join("."), action: own, value: inner, set }];
  });
}

function actionIn(value: object): string | undefined {
  const { change } = value as { change?: { actions?: readonly string[] } };
  return change?.actions?.[0];
}

function other(value: Json): Json {
  if (typeof value === "string") return `${value}x`;
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  return Array.isArray(value) ? ["x"] : value === null ? "x" : { x: 1 };
}
