import { Activity } from "../../../../infra/local/activity/activity.ts";
import { LocalAccount } from "../../../../infra/local/cloudflare/account/account.ts";
import type { DashboardOptions } from "../../../../infra/local/dashboard/options.ts";
import { Faults } from "../../../../infra/local/faults/faults.ts";
import { Crowd } from "../../../../infra/local/visitors/crowd.ts";
import { ACCOUNT_ID, ZONE } from "../cloudflare/worker-sources.ts";

/** A dashboard of an account with one zone, in which nothing has happened yet. */
export function quietOptions(): Omit<DashboardOptions, "customers"> & { readonly account: LocalAccount } {
  const account = new LocalAccount(ACCOUNT_ID);
  account.addZone(ZONE);
  return {
    requests: () => [],
    decided: () => undefined,
    outcomeOf: () => undefined,
    activity: new Activity(),
    faults: new Faults(),
    account,
    log: () => [],
    secrets: () => [],
  };
}

/** Visitors who meet an empty page wherever they go. */
export function quietCrowd(): Crowd {
  return new Crowd({ isQueueIt: () => false, send: () => Promise.resolve(new Response("ok")) });
}
