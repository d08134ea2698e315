import { compileRoutes } from "../../cloudflare/route-table.ts";
import type { ConnectorSpec } from "../../specification/specification.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { routeWords } from "../../specification/named-workers.ts";
import { takesPublishCalls } from "../../specification/takes-publish-calls.ts";
import type { Target } from "../../specification/target.ts";

/** Whether the Worker of the environment is reached now: by a publish call, where it takes any. */
export function isDeployed(account: LocalAccount, spec: ConnectorSpec): boolean {
  const { publishUrl, worker } = spec;
  if (takesPublishCalls(spec)) {
    return compileRoutes(account.routes)(new URL(publishUrl))?.script === worker.name;
  }
  return account.routes.some(({ script }) => script === worker.name);
}

/** What the dashboard says about each environment at this moment. */
export function environmentSteps(
  environments: readonly Target[],
  account: LocalAccount,
): readonly { readonly title: string; readonly detail: string; readonly milliseconds: number }[] {
  return environments.map(({ spec }) => ({
    title: spec.environment,
    detail: isDeployed(account, spec)
      ? `deployed: ${spec.worker.name} answers for ${routesText(spec)}`
      : "not deployed yet",
    milliseconds: 0,
  }));
}

/** More routes than that nobody reads in a list; their number says more. */
const MOST_NAMED = 8;

function routesText({ routes }: ConnectorSpec): string {
  const patterns = (kind: "protect" | "bypass") =>
    routes.filter((route) => route.kind === kind).map(routeWords);
  const [protect, bypass] = [patterns("protect"), patterns("bypass")];
  const bypassed = bypass.length === 0 ? "" : `, past it go ${listed(bypass)}`;
  return `${listed(protect)}${bypassed}`;
}

function listed(patterns: readonly string[]): string {
  const named = patterns.slice(0, MOST_NAMED).join(", ");
  return patterns.length > MOST_NAMED ? `${named} and ${patterns.length - MOST_NAMED} more` : named;
}
