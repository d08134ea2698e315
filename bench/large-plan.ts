import { readFileSync } from "node:fs";
import { configurationOf } from "./integration-configuration.ts";

const RECORDED = new URL("../test/fixtures/plans/config-owned-by-file.json", import.meta.url);
const SEED = "cloudflare_workers_kv.seed";
/**
 * Terraform writes the configuration before and after, in the changes and in the values before and after
 * them.
 */
const ACTIONS = 2000;

interface RecordedPlan {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly change: Record<string, unknown>;
  }[];
}

/**
 * A recorded plan, grown to the size of a large set-up: a file in the repository owns the integration
 * configuration of 2,000 actions, of which every tenth changes, and 4,000 routes stay.
 */
export function largePlan(): string {
  const plan = JSON.parse(readFileSync(RECORDED, "utf8")) as RecordedPlan;
  const changes = plan.resource_changes.map((resource) =>
    resource.address === SEED ? { ...resource, change: withConfigurations(resource.change) } : resource,
  );
  const route = changes.find(({ address }) => address === "cloudflare_workers_route.protect_shop");
  if (route === undefined) throw new Error("The recorded plan has no route.");
  const routes = Array.from({ length: 4000 }, (_, index) => ({
    ...route,
    address: `cloudflare_workers_route.protect_shop_${index}`,
    name: `protect_shop_${index}`,
    change: { ...route.change, ...withPattern(route.change, `shop-${index}.example.com/*`) },
  }));
  return JSON.stringify({ ...plan, resource_changes: [...changes, ...routes] });
}

function withConfigurations(change: Record<string, unknown>): Record<string, unknown> {
  const before = configurationOf(ACTIONS, false);
  const after = {
    ...before,
    Version: 2,
    Integrations: before.Integrations?.map((action, index) =>
      index % 10 === 0 ? { ...action, CookieValidityMinute: 20 } : action,
    ),
  };
  return {
    ...change,
    before: { ...(change["before"] as object), value: JSON.stringify(before) },
    after: { ...(change["after"] as object), value: JSON.stringify(after) },
  };
}

function withPattern(change: Record<string, unknown>, pattern: string): Record<string, unknown> {
  return {
    before: { ...(change["before"] as object), pattern },
    after: { ...(change["after"] as object), pattern },
  };
}
