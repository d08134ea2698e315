/** Resources of a token's policy, by Cloudflare's names. */
export type TokenResources = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** What a permission is wanted on. */
export type TokenResource =
  | { readonly kind: "account"; readonly accountId: string }
  | { readonly kind: "zone"; readonly accountId: string; readonly zoneId: string }
  | { readonly kind: "user"; readonly userId: string };

const USER = "com.cloudflare.api.user";
export const ACCOUNT = "com.cloudflare.api.account";
export const ZONE = `${ACCOUNT}.zone`;

/** Whether resources as a policy names them have this one among them. */
export function reaches(resources: TokenResources, resource: TokenResource): boolean {
  const isWhole = (key: string) => resources[key] === "*";
  switch (resource.kind) {
    case "user":
      return isWhole(`${USER}.${resource.userId}`) || isWhole(`${USER}.*`);
    case "account":
      return isWhole(`${ACCOUNT}.${resource.accountId}`) || isWhole(`${ACCOUNT}.*`);
    case "zone": {
      const keys = [`${ZONE}.${resource.zoneId}`, `${ZONE}.*`];
      if (keys.some(isWhole)) return true;
      return [`${ACCOUNT}.${resource.accountId}`, `${ACCOUNT}.*`].some((account) => {
        const within = resources[account];
        return typeof within === "object" && keys.some((key) => within[key] === "*");
      });
    }
  }
}
