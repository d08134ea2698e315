import type { LocalAccount } from "../cloudflare/account/account.ts";
import type { ResourceType } from "./resources.ts";
import type { Values } from "./state.ts";

/**
 * Deletes one resource from the account, as far as Cloudflare lets Terraform do so.
 *
 * @throws CloudflareError when Cloudflare would refuse it.
 */
export async function deleteResource(
  type: ResourceType,
  values: Values,
  account: LocalAccount,
): Promise<void> {
  const id = String(values["id"]);
  switch (type) {
    case "cloudflare_workers_kv_namespace":
      await account.deleteNamespace(id);
      return;
    case "cloudflare_workers_kv":
      await account.deleteValue(String(values["namespace_id"]), String(values["key_name"]));
      return;
    case "cloudflare_workers_script":
      await account.deleteScript(id);
      return;
    case "cloudflare_workers_route":
      await account.deleteRoute(id);
      return;
    case "cloudflare_workers_cron_trigger":
      // Measured with provider 5.14.0: it only forgets the schedule, which stays until the Worker goes.
      return;
  }
}
