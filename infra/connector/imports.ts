import { CONFIGURATION_KEY } from "../../worker/deployment/variables.ts";
import { routeName } from "./logical-names.ts";
import type { ConnectorSpec, ExistingObjects } from "../specification/specification.ts";

/** One object to import into the state; as JSON one of Terraform's import blocks. */
export interface Import {
  /** Terraform's address. */
  readonly to: string;
  readonly id: string;
}

/** How Terraform takes over what exists. The ids have the forms of the provider's documentation (5.14). */
export function importsOf(
  { accountId, worker, routes }: Pick<ConnectorSpec, "accountId" | "worker" | "routes">,
  { namespaceId, hasConfiguration, hasWorker, routes: existing }: ExistingObjects,
): readonly Import[] {
  return [
    ...(namespaceId === undefined
      ? []
      : [
          {
            to: "cloudflare_workers_kv_namespace.queueit_integration_config",
            id: `${accountId}/${namespaceId}`,
          },
        ]),
    ...(namespaceId === undefined || !hasConfiguration
      ? []
      : [
          {
            to: "cloudflare_workers_kv.queueit_configuration",
            id: `${accountId}/${namespaceId}/${CONFIGURATION_KEY}`,
          },
        ]),
    ...(hasWorker
      ? [{ to: "cloudflare_workers_script.queueit_worker", id: `${accountId}/${worker.name}` }]
      : []),
    ...routes.flatMap((route) => {
      const found = existing.get(route.pattern);
      if (found === undefined) return [];
      return [
        { to: `cloudflare_workers_route.queueit_${routeName(route)}`, id: `${found.zoneId}/${found.id}` },
      ];
    }),
  ];
}
