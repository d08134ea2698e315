/**
 * Cloudflare's permissions for API tokens, as far as a connector, and what looks after it, comes near them.
 * Names, ids and scopes are those of `GET /user/tokens/permission_groups`, as Cloudflare's API documentation and public
 * answers of that call have them.
 */
const GROUPS = [
  ["account", "Workers Scripts Read", "1a71c399035b4950a1bd1466bbe4f420"],
  ["account", "Workers Scripts Write", "e086da7e2179491d91ee5f35b3ca210a"],
  ["account", "Workers KV Storage Read", "8b47d2786a534c08a1f94ee8f9f599ef"],
  ["account", "Workers KV Storage Write", "f7f0eda5697f475c90846e879bab8666"],
  // These two ids are not known: they are our own, in the form of Cloudflare's.
  ["account", "Workers Tail Read", "10ca1000000000000000000000000001"],
  ["account", "Secrets Store Read", "10ca1000000000000000000000000002"],
  ["account", "Secrets Store Write", "adc8fa2bc6124928a8b3314dc63a1235"],
  ["account", "Account Settings Read", "c1fde68c7bcc44588cbb6ddbc16d6480"],
  ["account", "Account Settings Write", "1af1fa2adc104452b74a9a3364202f20"],
  ["account", "Billing Read", "7cf72faf220841aabcfdfab81c43c4f6"],
  ["account", "Billing Write", "6c80e02421494afc9ae14414ed442632"],
  ["account", "Account API Tokens Read", "eb56a6953c034b9d97dd838155666f06"],
  ["account", "Account API Tokens Write", "5bc3f8b21c554832afc660159ab75fa4"],
  ["zone", "Workers Routes Read", "2072033d694d415a936eaeb94e6405b8"],
  ["zone", "Workers Routes Write", "28f4b596e7d643029c524985477ae49a"],
  ["zone", "Zone Read", "c8fed203ed3043cba015a93ad1616f1f"],
  ["zone", "Zone Write", "e6d2666161e84845a636613608cee8d5"],
  ["zone", "Zone Settings Read", "517b21aee92c4d89936c976ba6e4be55"],
  ["zone", "Zone Settings Write", "3030687196b94b638145a3953da2b699"],
  ["zone", "DNS Read", "82e64a83756745bbbb1c9c2701bf816b"],
  ["zone", "DNS Write", "4755a26eedb94da69e1066d98aa820be"],
  ["user", "User Details Read", "8acbe5bb0d54464ab867149d7f7cf8ac"],
  ["user", "User Details Write", "55a5e17cc99e4a3fa1f3432d262f2e55"],
  ["user", "Memberships Read", "3518d0f75557482e952c6762d3e64903"],
  ["user", "Memberships Write", "9201bc6f42d440968aaab0c6f17ebb1d"],
  ["user", "API Tokens Read", "0cc3a61731504c89b99ec1be78b77aa0"],
  ["user", "API Tokens Write", "686d18d5ac6c441c867cbf6771e58a0a"],
] as const;

export type PermissionName = (typeof GROUPS)[number][1];
export type PermissionScope = (typeof GROUPS)[number][0];

/** A permission that a token can have, on what is in its scope. */
export interface PermissionGroup {
  readonly id: string;
  /** As the API has it, for example `Workers Scripts Write`. */
  readonly name: PermissionName;
  readonly scope: PermissionScope;
}

export const PERMISSION_GROUPS: readonly PermissionGroup[] = GROUPS.map(([scope, name, id]) => ({
  id,
  name,
  scope,
}));

const byName = new Map(PERMISSION_GROUPS.map((group) => [group.name, group]));

export function permissionGroup(name: PermissionName): PermissionGroup {
  const group = byName.get(name);
  if (group === undefined) throw new Error(`There is no permission ${name}.`);
  return group;
}

/** As the dashboard has it where tokens are made, for example `Account · Workers Scripts · Edit`. */
export function dashboardName({ name, scope }: PermissionGroup): string {
  const [, subject = name, level = ""] = /^(.*) (Read|Write)$/.exec(name) ?? [];
  return `${scope.charAt(0).toUpperCase()}${scope.slice(1)} · ${subject} · ${level === "Write" ? "Edit" : level}`;
}

/** The permission of a name: the API's or the dashboard's, in any case and with any marks between the words. */
export function findPermission(text: string): PermissionGroup | undefined {
  const wanted = wordsOf(text);
  return PERMISSION_GROUPS.find((group) =>
    [group.name, group.name.replace(/Write$/, "Edit"), dashboardName(group)].some(
      (name) => wordsOf(name) === wanted,
    ),
  );
}

function wordsOf(name: string): string {
  return (
    name
      .toLowerCase()
      .match(/[a-z]+/g)
      ?.join(" ") ?? ""
  );
}

/** Whether a token with the first needs the second no more: to change is also to read. */
export function includes(held: PermissionName, needed: PermissionName): boolean {
  return held === needed || held === needed.replace(/ Read$/, " Write");
}
