import { CONFIGURATION_KEY } from "../../worker/variables.ts";
import { routeName } from "../../infra/connector/logical-names.ts";
import type { ConnectorSpec } from "../../infra/connector/specification.ts";

/** Ids of what somebody set up by hand. */
export interface HandMade {
  readonly namespaceId: string;
  /** By pattern. */
  readonly routes: ReadonlyMap<string, { readonly id: string; readonly zoneId: string }>;
}

export interface ImportBlock {
  /** Terraform's address. */
  readonly to: string;
  readonly id: string;
}

/**
 * Import blocks, as Terraform JSON, for a set-up that exists: a file beside `cdk.tf.json`. The ids have the forms of
 * the provider's documentation (5.14: `import.sh` of each resource).
 */
export function importBlocks(
  { accountId, worker, routes }: ConnectorSpec,
  made: HandMade,
): { readonly import: readonly ImportBlock[] } {
  return {
    import: [
      {
        to: "cloudflare_workers_kv_namespace.queueit_integration_config",
        id: `${accountId}/${made.namespaceId}`,
      },
      {
        to: "cloudflare_workers_kv.queueit_configuration",
        id: `${accountId}/${made.namespaceId}/${CONFIGURATION_KEY}`,
      },
      { to: "cloudflare_workers_script.queueit_worker", id: `${accountId}/${worker.name}` },
      ...routes.flatMap((route) => {
        const found = made.routes.get(route.pattern);
        if (found === undefined) return [];
        return [
          {
            to: `cloudflare_workers_route.queueit_${routeName(route)}`,
            id: `${found.zoneId}/${found.id}`,
          },
        ];
      }),
    ],
  };
}
