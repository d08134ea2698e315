import { settled } from "../../environments/definition/settled.ts";
import { createDashboard } from "../dashboard/dashboard.ts";
import type { DashboardOptions } from "../dashboard/options.ts";
import type { Customer } from "./customer.ts";
import type { LocalCloudflare } from "./local-cloudflare.ts";
import type { Target } from "../../specification/target.ts";

/**
 * Puts beside the local Cloudflare what a browser and the Workers reach on this machine: the waiting rooms of every
 * customer, and the dashboard, which shows the first one.
 */
export function standBeside(
  cloudflare: LocalCloudflare,
  customers: readonly Customer[],
  shown: Pick<DashboardOptions, "steps" | "links">,
): void {
  const [first] = customers;
  if (first === undefined) throw new Error("There is no customer to show.");
  const { queueIt } = first;
  const dashboard = createDashboard({
    ...shown,
    queueIt,
    matching: first.environments.every(isNormalized) ? "normalized" : "as-configured",
    requests: () => cloudflare.requests,
  });
  cloudflare.answerDirectHosts((host) => {
    if (host === "localhost") return dashboard.fetch;
    return customers.find(({ hasHost }) => hasHost(host))?.queueIt.fetch;
  });
}

function isNormalized({ named }: Target): boolean {
  return settled(named).queueIt.matching === "normalized";
}
