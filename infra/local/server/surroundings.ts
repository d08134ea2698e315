import { settled } from "../../environments/definition/settled.ts";
import { createDashboard } from "../dashboard/dashboard.ts";
import type { DashboardCustomer, Delivery } from "../dashboard/options.ts";
import type { Customer } from "./customer.ts";
import type { LocalCloudflare } from "./local-cloudflare.ts";
import type { SpecifiedEnvironment } from "./specified-environment.ts";

/**
 * Puts beside the local Cloudflare what a browser and the Workers reach on this machine: the waiting rooms of every
 * customer, and the dashboard, with a tab for each.
 */
export function standBeside(cloudflare: LocalCloudflare, customers: readonly Customer[], shown: Shown): void {
  const [first, ...others] = customers.map((customer) => tabFor(customer, shown));
  if (first === undefined) throw new Error("There is no customer to show.");
  const dashboard = createDashboard({
    customers: [first, ...others],
    requests: () => cloudflare.requests,
  });
  cloudflare.answerDirectHosts((host) => {
    if (host === "localhost") return dashboard.fetch;
    return customers.find(({ hasHost }) => hasHost(host))?.queueIt.fetch;
  });
}

/** What the dashboard shows of environments. */
interface Shown {
  readonly steps: (environments: readonly SpecifiedEnvironment[]) => ReturnType<DashboardCustomer["steps"]>;
  readonly links: (environments: readonly SpecifiedEnvironment[]) => ReturnType<DashboardCustomer["links"]>;
}

function tabFor({ customerId, queueIt, environments }: Customer, shown: Shown): DashboardCustomer {
  return {
    customerId,
    queueIt,
    matching: environments.every(isNormalized) ? "normalized" : "as-configured",
    deliveries: environments.map(deliveryOf),
    steps: () => shown.steps(environments),
    links: () => shown.links(environments),
  };
}

function deliveryOf({ spec: { environment, configuration } }: SpecifiedEnvironment): Delivery {
  const { owner } = configuration;
  return { environment, owner, cron: owner === "pull" ? configuration.cron : undefined };
}

function isNormalized({ named }: SpecifiedEnvironment): boolean {
  return settled(named).queueIt.matching === "normalized";
}
