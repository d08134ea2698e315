import { Hono } from "hono";
import { z } from "zod";
import { PERMISSION_GROUPS, type PermissionScope } from "../../../cloudflare/permission-groups.ts";
import { ACCOUNT, ZONE } from "../../../cloudflare/token-resources.ts";
import type { TokenSettings } from "../account/api-tokens.ts";
import type { ApiToken, TokenPolicy } from "../account/model.ts";
import { tokenState } from "../account/token-access.ts";
import { apiRefusals } from "./api-errors.ts";
import { readJson } from "./body.ts";
import type { ApiContext } from "./context.ts";
import { answer } from "./envelope.ts";
import { BEGINNING, TOKEN_ID, USER_ID } from "./identity.ts";
import { answerPage } from "./paging.ts";
import type { ApiEnv, ShownToken } from "./shown-token.ts";

/** Longer than any name or id. */
const text = z.string().max(300);
const time = z.iso.datetime({ offset: true }).nullish();
const resources = z.record(text, z.union([text, z.record(text, text)]));
const policy = z.object({
  effect: z.enum(["allow", "deny"]).default("allow"),
  permission_groups: z
    .array(z.unknown())
    .min(1)
    .max(100)
    .pipe(z.array(z.object({ id: text }))),
  resources,
});
const tokenBody = z.object({
  name: text.min(1).max(120),
  policies: z.array(z.unknown()).min(1).max(100).pipe(z.array(policy)),
  not_before: time,
  expires_on: time,
  status: z.enum(["active", "disabled"]).optional(),
  condition: z.unknown().optional(),
});

const SCOPES: Readonly<Record<PermissionScope, string>> = {
  account: ACCOUNT,
  zone: ZONE,
  user: "com.cloudflare.api.user",
};

/** Tokens of the user and of the account: made, shown, changed and verified. A value is shown once. */
export function tokenRoutes({ account }: ApiContext): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  for (const [owner, base] of [
    ["user", "/user/tokens"],
    ["account", "/accounts/:account/tokens"],
  ] as const) {
    const owned = () => account.tokens.all.filter((token) => token.owner === owner);
    routes
      .get(`${base}/verify`, (c) => answer(verified(c.env.shown, owner)))
      .get(`${base}/permission_groups`, (c) => {
        const { name, scope } = c.req.query();
        const found = PERMISSION_GROUPS.map((group) => ({ ...group, scopes: [SCOPES[group.scope]] }))
          .filter((group) => name === undefined || group.name === name)
          .filter((group) => scope === undefined || group.scopes.includes(scope));
        return answer(found.map(({ id, name, scopes }) => ({ id, name, scopes })));
      })
      .get(base, (c) => answerPage(owned(), c.req.query(), 50, present))
      .post(base, async (c) => {
        const settings = settingsOf(await readJson(c.req.raw, tokenBody));
        const { token, value } = await account.changeTokens((tokens) => tokens.create(owner, settings));
        return answer({ ...present(token), value });
      })
      .get(`${base}/:token`, (c) => {
        const id = c.req.param("token");
        return answer(id === TOKEN_ID ? ALL_POWERFUL : present(account.tokens.get(owner, id)));
      })
      .put(`${base}/:token`, async (c) => {
        const id = c.req.param("token");
        const settings = settingsOf(await readJson(c.req.raw, tokenBody));
        return answer(present(await account.changeTokens((tokens) => tokens.replace(owner, id, settings))));
      })
      .delete(`${base}/:token`, async (c) => {
        const id = c.req.param("token");
        await account.changeTokens((tokens) => {
          tokens.delete(owner, id);
        });
        return answer({ id });
      })
      .put(`${base}/:token/value`, async (c) => {
        const id = c.req.param("token");
        await readJson(c.req.raw, z.object({}));
        return answer(await account.changeTokens((tokens) => tokens.roll(owner, id)));
      });
  }
  return routes;
}

/** What a token is worth. The user's path does not know the account's tokens, nor the other way round. */
function verified(shown: ShownToken, owner: ApiToken["owner"]) {
  if (shown.kind === "all-powerful") return { id: TOKEN_ID, status: "active", not_before: BEGINNING };
  const { token } = shown;
  if (token.owner !== owner) {
    const path = token.owner === "user" ? "/user/tokens/verify" : "/accounts/{account}/tokens/verify";
    throw apiRefusals.tokenNotVerified(`ask at ${path}`);
  }
  const state = tokenState(token, new Date());
  // Cloudflare's clients know no other states than these; one that is not valid yet shows by its date alone.
  return { id: token.id, status: state === "not-yet" ? "active" : state, ...times(token) };
}

function settingsOf(body: z.output<typeof tokenBody>): TokenSettings {
  const { name, policies, not_before, expires_on, status, condition } = body;
  if (condition !== undefined && condition !== null && Object.keys(condition).length > 0) {
    throw apiRefusals.tokenNotValid("conditions are not emulated; every client is on this machine");
  }
  const notBefore = inUtc(not_before);
  const expiresOn = inUtc(expires_on);
  if (notBefore !== undefined && expiresOn !== undefined && expiresOn <= notBefore) {
    throw apiRefusals.tokenNotValid("expires_on is not later than not_before");
  }
  return {
    name,
    policies: policies.map(({ effect, permission_groups, resources }) => ({
      effect,
      permissions: permission_groups.map(({ id }) => knownPermission(id)),
      resources: knownResources(resources),
    })),
    ...(notBefore !== undefined && { notBefore }),
    ...(expiresOn !== undefined && { expiresOn }),
    ...(status !== undefined && { status }),
  };
}

function knownPermission(id: string): string {
  if (PERMISSION_GROUPS.some((group) => group.id === id)) return id;
  throw apiRefusals.tokenNotValid(
    "there is no permission group with this id; GET /user/tokens/permission_groups lists them",
  );
}

function knownResources(resources: TokenPolicy["resources"]): TokenPolicy["resources"] {
  const keys = Object.entries(resources).flatMap(([key, value]) =>
    typeof value === "string" ? [key] : [key, ...Object.keys(value)],
  );
  const unknown = keys.find(
    (key) => !/^com\.cloudflare\.api\.(?:user|account|account\.zone)\.(?:[\w-]+|\*)$/.test(key),
  );
  if (keys.length === 0) throw apiRefusals.tokenNotValid("a policy has no resources");
  if (unknown !== undefined) {
    throw apiRefusals.tokenNotValid(
      `${JSON.stringify(unknown.slice(0, 100))} is not a resource: com.cloudflare.api.account.<id>, com.cloudflare.api.account.zone.<id>`,
    );
  }
  return resources;
}

function inUtc(time: string | null | undefined): string | undefined {
  return time === undefined || time === null ? undefined : new Date(time).toISOString();
}

function present(token: ApiToken) {
  const state = tokenState(token, new Date());
  return {
    id: token.id,
    name: token.name,
    status: state === "not-yet" ? "active" : state,
    issued_on: token.issuedOn,
    modified_on: token.modifiedOn,
    ...times(token),
    policies: token.policies.map(({ id, effect, permissions, resources }) => ({
      id,
      effect,
      permission_groups: presentGroups(permissions),
      resources,
    })),
  };
}

function presentGroups(ids: readonly string[]) {
  return PERMISSION_GROUPS.filter(({ id }) => ids.includes(id)).map(({ id, name }) => ({ id, name }));
}

function times({ notBefore, expiresOn }: Pick<ApiToken, "notBefore" | "expiresOn">) {
  return {
    ...(notBefore !== undefined && { not_before: notBefore }),
    ...(expiresOn !== undefined && { expires_on: expiresOn }),
  };
}

/** The token that the local Cloudflare made, as a token of Cloudflare's would be that may do everything. */
const ALL_POWERFUL = {
  id: TOKEN_ID,
  name: "all-powerful",
  status: "active",
  issued_on: BEGINNING,
  modified_on: BEGINNING,
  not_before: BEGINNING,
  policies: [
    {
      id: TOKEN_ID,
      effect: "allow",
      permission_groups: presentGroups(PERMISSION_GROUPS.map(({ id }) => id)),
      resources: { [`${ACCOUNT}.*`]: "*", [`${ZONE}.*`]: "*", [`com.cloudflare.api.user.${USER_ID}`]: "*" },
    },
  ],
};
