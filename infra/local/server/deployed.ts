import { compileRoutes } from "../../cloudflare/route-table.ts";
import type { ConnectorSpec } from "../../specification/specification.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
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
      ? `deployed: ${spec.worker.name} answers for ${spec.routes.map(({ pattern }) => pattern).join(", ")}`
      : "not deployed yet",
    milliseconds: 0,
  }));
}
