import { settled } from "../../environments/definition/settled.ts";
import type { LocalNetwork } from "../cloudflare/edge/network.ts";
import { createDashboard } from "../dashboard/dashboard.ts";
import type { DashboardOptions, DashboardCustomer } from "../dashboard/options.ts";
import type { Target } from "../../specification/target.ts";
import type { Customer } from "./customer.ts";
import { type DeliveryParts, deliveryOf } from "./delivery.ts";
import { plainPage } from "./plain-page.ts";

/**
 * What a browser and the Workers reach on this machine beside the local Cloudflare: the waiting rooms of
 * every customer, and at localhost the dashboard, with a tab for each; without customers, a plain page.
 */
export function directHosts(customers: readonly Customer[], shown: Shown): LocalNetwork["directHost"] {
  const [first, ...others] = customers.map((customer) => tabFor(customer, shown));
  if (first === undefined) {
    const page = plainPage(shown);
    return (host) => (host === "localhost" ? page : undefined);
  }
  const dashboard = createDashboard({ ...shown, customers: [first, ...others] });
  return (host) => {
    if (host === "localhost") return dashboard.fetch;
    return customers.find(({ hasHost }) => hasHost(host))?.queueIt.fetch;
  };
}

/** What the dashboard shows of environments, and the latest requests. */
interface Shown extends Omit<DashboardOptions, "customers" | "account">, Omit<DeliveryParts, "queueIt"> {
  /** How a browser on this machine reaches a real URL. */
  readonly localUrl: (realUrl: string) => string;
  readonly steps: (environments: readonly Target[]) => ReturnType<DashboardCustomer["steps"]>;
  readonly links: (environments: readonly Target[]) => ReturnType<DashboardCustomer["links"]>;
  readonly explain: (environments: readonly Target[]) => DashboardCustomer["explain"];
}

function tabFor({ customerId, queueIt, environments, visitors }: Customer, shown: Shown): DashboardCustomer {
  return {
    customerId,
    queueIt,
    visitors,
    matching: environments.every(isNormalized) ? "normalized" : "as-configured",
    deliveries: environments.map(({ spec }) => deliveryOf(spec, { ...shown, queueIt })),
    steps: () => shown.steps(environments),
    links: () => shown.links(environments),
    explain: shown.explain(environments),
  };
}

function isNormalized({ named }: Target): boolean {
  return settled(named).queueIt.matching === "normalized";
}
