import { z } from "zod";
import type { CloudflareAccess } from "../account/read-api.ts";
import { findPermission, includes, type PermissionName } from "../cloudflare/permission-groups.ts";
import { reaches, type TokenResource } from "../cloudflare/token-resources.ts";
import { askCloudflare } from "./ask-cloudflare.ts";
import type { KnownToken } from "./token-check.ts";

const tokenSchema = z.object({
  policies: z.array(
    z.object({
      effect: z.enum(["allow", "deny"]),
      permission_groups: z.array(z.object({ name: z.string().optional() })),
      resources: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
    }),
  ),
});

export type ReadPolicies = z.output<typeof tokenSchema>["policies"];

/** What a token says of itself; undefined where it may not read that, as most may not. */
export async function readPolicies(
  access: CloudflareAccess,
  { path, id }: KnownToken,
): Promise<ReadPolicies | undefined> {
  const { result } = await askCloudflare(access, `${path}/${id}`);
  const parsed = tokenSchema.safeParse(result);
  return parsed.success ? parsed.data.policies : undefined;
}

/** Whether policies allow something there, and none denies it. */
export function holds(policies: ReadPolicies, needed: PermissionName, resource: TokenResource): boolean {
  const has = (effect: "allow" | "deny", matches: (name: PermissionName) => boolean) =>
    policies.some(
      (policy) =>
        policy.effect === effect &&
        reaches(policy.resources, resource) &&
        namesIn(policy).some(({ known }) => known !== undefined && matches(known)),
    );
  return has("allow", (name) => includes(name, needed)) && !has("deny", (name) => name === needed);
}

/** Whether a policy allows something, wherever that is. */
export function names(policy: ReadPolicies[number], needed: PermissionName): boolean {
  return (
    policy.effect === "allow" &&
    namesIn(policy).some(({ known }) => known !== undefined && includes(known, needed))
  );
}

/** Permissions that are no use to a deploy, and none that only let these findings be made. */
export function excessOf(policies: ReadPolicies, needed: readonly PermissionName[]): readonly string[] {
  const isUseful = (known: PermissionName) =>
    USEFUL.includes(known) || needed.some((name) => includes(name, known));
  const names = policies
    .filter(({ effect }) => effect === "allow")
    .flatMap(namesIn)
    .filter(({ known }) => known === undefined || !isUseful(known))
    .map(({ name }) => name);
  return [...new Set(names)].sort();
}

/** To read these is what makes a finding of what would otherwise be not tried. */
const USEFUL: readonly PermissionName[] = [
  "Account API Tokens Read",
  "API Tokens Read",
  "Account Settings Read",
  "Billing Read",
  "DNS Read",
  "Zone Read",
];

function namesIn({ permission_groups: groups }: ReadPolicies[number]) {
  return groups.map(({ name = "a permission without a name" }) => ({
    name,
    known: findPermission(name)?.name,
  }));
}
