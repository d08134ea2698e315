import { z } from "zod";
import { WORKERS_PAID } from "../cloudflare/prices.ts";
import type { CloudflareAccess } from "../account/read-api.ts";
import { askCloudflare } from "./ask-cloudflare.ts";
import { type Finding, findingsOf } from "./finding.ts";

const subscriptions = z.array(
  z.object({
    rate_plan: z.object({ id: z.string().optional(), public_name: z.string().optional() }).optional(),
  }),
);

const { monthlyUsd, requests, cpuMs } = WORKERS_PAID;
const FREE = "on Workers Free the Worker stops after 100,000 requests a day, which is not for a sale";
const PAID =
  `${monthlyUsd} USD a month with ${requests.included / 1e6} million requests and ${cpuMs.included / 1e6} million ` +
  `CPU milliseconds, then ${requests.perMillionUsd.toFixed(2)} and ${cpuMs.perMillionUsd.toFixed(2)} USD a million`;

/** What the plan of the account allows and costs. Needs a right that no deploy needs. */
export async function checkAccountPlan(
  accountId: string,
  access: CloudflareAccess,
): Promise<readonly Finding[]> {
  const { ok, warning, notTried } = findingsOf("account-plan");
  const { result } = await askCloudflare(access, `/accounts/${accountId}/subscriptions`);
  const list = subscriptions.safeParse(result);
  if (!list.success) {
    return [
      notTried(
        `the plan of the account, which the token may not read; ${FREE}, and Workers Paid costs ${PAID}`,
        "look at Workers & Pages, Plans in the dashboard; to have it read, add Account · Billing · Read",
      ),
    ];
  }
  const plans = list.data.map(({ rate_plan: plan }) => `${plan?.id ?? ""} ${plan?.public_name ?? ""}`);
  if (plans.some((plan) => /workers[ _]paid/i.test(plan)))
    return [ok(`the account has Workers Paid: ${PAID}`)];
  return [
    warning(
      `no subscription of the account is Workers Paid: ${FREE}`,
      `subscribe to Workers Paid (${PAID}), unless a contract of your own has Workers in it`,
    ),
  ];
}
