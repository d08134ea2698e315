import { afterEach, describe, expect, it } from "vitest";
import type { PermissionName } from "../../../infra/cloudflare/permission-groups.ts";
import { diagnose } from "../../../infra/doctor/diagnose.ts";
import { environmentChecks } from "../../../infra/doctor/environment-checks.ts";
import type { Finding } from "../../../infra/doctor/finding.ts";
import { checkToken } from "../../../infra/doctor/token-check.ts";
import type { Environment } from "../../../infra/environments/environment.ts";
import type { LocalAccount } from "../../../infra/local/cloudflare/account/account.ts";
import { type RunningManagementApi, startManagementApi } from "../../../infra/local/cloudflare/api/server.ts";
import { issueTokens } from "../../../infra/local/server/issued-tokens.ts";
import { stackVariables } from "../../../infra/local/server/local-variables.ts";
import { openAccount } from "../../../infra/local/server/opened-account.ts";
import { localStacks } from "../../../infra/local/terraform/local-stacks.ts";
import { neededPermissions } from "../../../infra/specification/needed-permissions.ts";
import type { Target } from "../../../infra/specification/target.ts";
import { stagingWith } from "../local/server/environments.ts";

const SECRET_KEY = "not-a-real-secret-key";
const API_KEY = "not-a-real-api-key";
const running = new Set<RunningManagementApi>();
afterEach(async () => {
  for (const api of running) await api.close();
  running.clear();
});

/** An account with the environment's zones, and the environment itself where it is deployed. */
async function accountOf(target: Target, isDeployed: boolean): Promise<LocalAccount> {
  const { account, secrets } = await openAccount({
    accountId: target.spec.accountId,
    environments: [target],
  });
  if (isDeployed) {
    const stack = await localStacks({ account, variables: stackVariables(secrets) })(target.spec);
    await (await stack.plan("apply")).apply();
  }
  return account;
}

interface World {
  readonly target: Target;
  readonly account: LocalAccount;
  readonly permissions: readonly PermissionName[];
}

/** Everything that doctor says of an environment, with a token that has these permissions. */
async function doctor({ target, account, permissions }: World): Promise<readonly Finding[]> {
  const { ci = "" } = await issueTokens(account, [{ name: "ci", permissions }]);
  const api = await startManagementApi({ account, token: "local-only-root", port: 0, log: () => undefined });
  running.add(api);
  const access = { baseUrl: api.baseUrl, token: ci };
  const { token } = await checkToken(access, [account.id]);
  if (token === undefined) throw new Error("The token is not valid.");
  const checks = environmentChecks({
    target,
    variables: { TF_VAR_queueit_secret_key: SECRET_KEY, TF_VAR_queueit_api_key: API_KEY },
    projectRoot: "/nowhere",
    isLocal: false,
    account: { access, token },
    reach: { get: () => Promise.reject(new Error("no network")) },
  });
  return (await Promise.all(checks.map((check) => diagnose(check)))).flat();
}

const of = (findings: readonly Finding[], check: string) =>
  findings.filter((finding) => finding.check === check).map(({ state, what }) => `${state}: ${what}`);

const environments: readonly (readonly [string, Partial<Environment>])[] = [
  ["that gives the id of its zone", {}],
  [
    "that gives the name of its zone",
    { sites: [{ hostname: "shop.example.com", zoneName: "example.com", protect: ["/*"] }] },
  ],
  [
    "whose secrets are in a Secrets Store",
    { secrets: { strategy: "secrets-store", storeId: "0123456789abcdef0123456789abcdef" } },
  ],
];

describe.each(environments)("with an environment %s, doctor", (_name, change) => {
  it("finds no permission missing with exactly those that are needed", async () => {
    const target = await stagingWith(change);
    const account = await accountOf(target, true);
    const findings = await doctor({ target, account, permissions: neededPermissions([target.spec]) });
    expect(of(findings, "permissions").filter((line) => line.startsWith("problem"))).toEqual([]);
    expect(of(findings, "zone").join()).not.toContain("problem");
  });

  it("names any one that is missing, by reading nothing but refusals", async () => {
    const target = await stagingWith(change);
    const account = await accountOf(target, true);
    const needed = neededPermissions([target.spec]);
    for (const missing of needed) {
      const permissions = needed.filter((name) => name !== missing);
      const findings = await doctor({ target, account, permissions });
      expect(of(findings, "permissions")).toContain(`problem: the token lacks ${missing}`);
    }
  });

  it("names any one that is missing from what the token says of itself", async () => {
    const target = await stagingWith(change);
    const account = await accountOf(target, false);
    const needed = neededPermissions([target.spec]);
    for (const missing of needed) {
      const others = needed.filter((name) => name !== missing);
      const findings = await doctor({ target, account, permissions: [...others, "API Tokens Read"] });
      expect(of(findings, "permissions")).toContain(`problem: the token lacks ${missing}`);
    }
  });
});

describe("doctor", () => {
  it("changes nothing in the account", async () => {
    const target = await stagingWith();
    const account = await accountOf(target, true);
    const values = async () =>
      Promise.all(
        account.namespaces.map(async ({ id }) =>
          Promise.all((await account.keys(id)).map((key) => account.getValue(id, key))),
        ),
      );
    // The token is the test's own.
    const held = async () => JSON.stringify([{ ...account.contents, tokens: [] }, await values()]);
    const before = await held();
    await doctor({ target, account, permissions: neededPermissions([target.spec]) });
    expect(await held()).toBe(before);
  });

  it("says what a token may do beyond what is needed, and calls no right to look a fault", async () => {
    const target = await stagingWith();
    const account = await accountOf(target, false);
    const permissions = [...neededPermissions([target.spec]), "API Tokens Read", "DNS Read"] as const;
    const clean = await doctor({ target, account, permissions });
    expect(of(clean, "permissions")).toContain("ok: the token may do nothing that is not needed");
    const more = await doctor({
      target,
      account,
      permissions: [...permissions, "DNS Write", "Billing Write"],
    });
    expect(of(more, "permissions").at(-1)).toMatch(/^warning: .*: Billing Write, DNS Write\./);
  });

  it("does not call green what it could not try", async () => {
    const target = await stagingWith();
    const account = await accountOf(target, true);
    const findings = await doctor({ target, account, permissions: neededPermissions([target.spec]) });
    const untried = findings.filter(({ state }) => state === "not-tried").map(({ check }) => check);
    expect(untried).toEqual(expect.arrayContaining(["permissions", "dns", "account-plan", "queue-it"]));
  });

  it.each([
    ["exists", "shop.staging.example.com/*", /^problem: the route .* exists and goes to the Worker seo/],
    ["takes pages from us", "shop.staging.example.com/tickets*", /^problem: .*seo and takes pages from/],
    ["loses pages to us", "*.staging.example.com/*", /^warning: .* will take pages from the Worker seo/],
  ])("names the Worker whose route %s", async (_what, pattern, words) => {
    // As the zone of a real site would be, so that a route can be wider than the site.
    const wide = await stagingWith({
      sites: [{ hostname: "shop.staging.example.com", zoneName: "example.com", protect: ["/*"] }],
    });
    const other = await accountOf(wide, false);
    await other.putScript(minimal("seo"));
    const [zoneOfOther] = other.zones;
    await other.createRoute(zoneOfOther?.id ?? "", pattern, "seo");
    const findings = await doctor({
      target: wide,
      account: other,
      permissions: neededPermissions([wide.spec]),
    });
    expect(of(findings, "routes")[0]).toMatch(words);
  });

  it("says that a Worker of the same name is wrangler's", async () => {
    const target = await stagingWith();
    const account = await accountOf(target, false);
    await account.changeScript(target.spec.worker.name, () => minimal(target.spec.worker.name), "wrangler");
    const findings = await doctor({ target, account, permissions: neededPermissions([target.spec]) });
    expect(of(findings, "worker")[0]).toMatch(/^warning: .* was last uploaded by wrangler/);
  });

  it("tells the version of the configuration in KV, and that an empty one holds nobody", async () => {
    const target = await stagingWith();
    const account = await accountOf(target, true);
    const permissions = neededPermissions([target.spec]);
    expect(of(await doctor({ target, account, permissions }), "configuration")[0]).toMatch(
      /^warning: KV holds version .* with 0 actions: nobody queues/,
    );
    const [namespace] = account.namespaces;
    await account.putValue(namespace?.id ?? "", "info", { bytes: Buffer.from("{ broken") });
    expect(of(await doctor({ target, account, permissions }), "configuration")[0]).toMatch(
      /^problem: KV holds an integration configuration that the Worker refuses/,
    );
  });

  it("shows no secret, whatever it finds", async () => {
    const target = await stagingWith();
    const account = await accountOf(target, true);
    const text = JSON.stringify(
      await doctor({ target, account, permissions: [...neededPermissions([target.spec])] }),
    );
    expect(text).not.toContain(SECRET_KEY);
    expect(text).not.toContain(API_KEY);
    expect(text).not.toContain("local-only-");
  });
});

function minimal(name: string) {
  return {
    name,
    mainModule: "worker.mjs",
    content: "export default { fetch() { return new Response(); } };",
    format: "es-module" as const,
    compatibilityDate: "2026-04-01",
    compatibilityFlags: [],
    bindings: [],
  };
}
