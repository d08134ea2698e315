import type { ResourceKind } from "./kind.ts";
import { workersCronTrigger } from "./workers-cron-trigger.ts";
import { workersKvNamespace } from "./workers-kv-namespace.ts";
import { workersKv } from "./workers-kv.ts";
import { workersRoute } from "./workers-route.ts";
import { workersScript } from "./workers-script.ts";

/** Every resource type that the local Cloudflare has, by Terraform's name. */
const RESOURCE_KINDS = {
  cloudflare_workers_kv_namespace: workersKvNamespace,
  cloudflare_workers_kv: workersKv,
  cloudflare_workers_script: workersScript,
  cloudflare_workers_route: workersRoute,
  cloudflare_workers_cron_trigger: workersCronTrigger,
} as const satisfies Readonly<Record<string, ResourceKind>>;

export type ResourceType = keyof typeof RESOURCE_KINDS;

export const RESOURCE_TYPES = Object.keys(RESOURCE_KINDS) as readonly ResourceType[];

export function isResourceType(type: string): type is ResourceType {
  return Object.hasOwn(RESOURCE_KINDS, type);
}

/** What the local Cloudflare does about a type. */
export function kindOf(type: ResourceType): ResourceKind {
  return RESOURCE_KINDS[type];
}
