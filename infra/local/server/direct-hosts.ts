import { settled } from "../../environments/definition/settled.ts";
import type { LocalNetwork } from "../cloudflare/edge/network.ts";
import { createDashboard } from "../dashboard/dashboard.ts";
import type { DashboardOptions } from "../dashboard/options.ts";
import type { SpecifiedEnvironment } from "../sites/specified-environment.ts";
import type { Customer } from "./customer.ts";

/**
 * What a browser and the Workers reach on this machine beside the local Cloudflare: the waiting rooms of every customer,
 * and at localhost the dashboard, which shows the first one.
 */
export function directHosts(
  customers: readonly Customer[],
  shown: Pick<DashboardOptions, "steps" | "links" | "requests">,
): LocalNetwork["directHost"] {
  const [first] = customers;
  if (first === undefined) throw new Error("There is no customer to show.");
  const { queueIt } = first;
  const dashboard = createDashboard({
    ...shown,
    queueIt,
    matching: first.environments.every(isNormalized) ? "normalized" : "as-configured",
  });
  return (host) => {
    if (host === "localhost") return dashboard.fetch;
    return customers.find(({ hasHost }) => hasHost(host))?.queueIt.fetch;
  };
}

function isNormalized({ named }: SpecifiedEnvironment): boolean {
  return settled(named).queueIt.matching === "normalized";
}
