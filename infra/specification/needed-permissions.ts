import type { PermissionName } from "../cloudflare/permission-groups.ts";
import type { ConnectorSpec } from "./specification.ts";

type Needing = Pick<ConnectorSpec, "worker" | "routes">;

/** A permission that a deploy can need. */
export type NeededName = Extract<
  PermissionName,
  | "Workers Scripts Write"
  | "Workers KV Storage Write"
  | "Workers Routes Write"
  | "Zone Read"
  | "Secrets Store Write"
>;

/** A permission that the token of an environment has to have. */
interface NeededPermission {
  readonly name: NeededName;
  readonly why: string;
  /** Whether these environments need it. */
  readonly isNeeded: (spec: Needing) => boolean;
}

const always = () => true;

/** Every permission that an environment can need, in the order of the README's table. */
export const NEEDED_PERMISSIONS: readonly NeededPermission[] = [
  {
    name: "Workers Scripts Write",
    why: "the Worker, its variables, secrets and schedule",
    isNeeded: always,
  },
  {
    name: "Workers KV Storage Write",
    why: "the namespace and the first configuration",
    isNeeded: always,
  },
  { name: "Workers Routes Write", why: "the routes", isNeeded: always },
  {
    name: "Zone Read",
    why: "only where a site gives `zoneName` instead of `zoneId`",
    isNeeded: ({ routes }) => routes.some(({ zone }) => "name" in zone),
  },
  {
    name: "Secrets Store Write",
    why: 'only with `secrets: { strategy: "secrets-store" }`, to bind its secrets',
    isNeeded: ({ worker }) => worker.bindings.some(({ type }) => type === "secrets_store_secret"),
  },
];

/** What the token of these environments has to be allowed to do, and nothing more. */
export function neededPermissions(specs: readonly Needing[]): readonly NeededName[] {
  return NEEDED_PERMISSIONS.filter(({ isNeeded }) => specs.some(isNeeded)).map(({ name }) => name);
}
