import type { LocalAccount } from "../cloudflare/account/account.ts";
import { isDeployed } from "./deployed.ts";
import type { Target } from "../../specification/target.ts";

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
