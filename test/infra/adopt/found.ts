import { accountInventory } from "../../../infra/account/account-inventory.ts";
import { deployedWorker } from "../../../infra/account/deployed-worker.ts";
import type { CloudflareAccess } from "../../../infra/account/read-api.ts";
import { workerTraffic } from "../../../infra/account/worker-traffic.ts";
import type { FoundConnector } from "../../../infra/adopt/adoption.ts";

/** The Worker `queueit` of an account, read over the management API. */
export async function foundConnector(
  accountId: string,
  access: CloudflareAccess,
  configuration: string | undefined,
): Promise<FoundConnector> {
  const inventory = await accountInventory(accountId, access);
  const worker = await deployedWorker(accountId, "queueit", access);
  if (worker === undefined) throw new Error("There is no Worker.");
  const traffic = await workerTraffic(accountId, "queueit", access);
  return { inventory, worker, traffic, namespace: inventory.namespaces[0], configuration };
}
