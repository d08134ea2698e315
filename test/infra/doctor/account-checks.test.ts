import { describe, expect, it } from "vitest";
import { checkAccountPlan } from "../../../infra/doctor/account-plan-check.ts";
import { checkDns } from "../../../infra/doctor/dns-check.ts";
import type { Finding } from "../../../infra/doctor/finding.ts";
import { checkPermissions } from "../../../infra/doctor/permission-check.ts";
import { checkToken } from "../../../infra/doctor/token-check.ts";
import { checkZones } from "../../../infra/doctor/zone-check.ts";
import { stagingWith } from "../local/server/environments.ts";
import { type FakeAnswers, fakeCloudflare } from "./fake-cloudflare.ts";

const ACCOUNT = "a".repeat(32);
const ZONE = { id: "b".repeat(32), name: "example.com" };

/** What a check finds where the management API answers like this. */
async function found(
  answers: FakeAnswers,
  check: (access: Awaited<ReturnType<typeof fakeCloudflare>>["access"]) => Promise<readonly Finding[]>,
): Promise<readonly string[]> {
  const { access, close } = await fakeCloudflare(answers);
  try {
    return (await check(access)).map(({ state, what }) => `${state}: ${what}`);
  } finally {
    await close();
  }
}

describe("the token", () => {
  const NOW = new Date("2026-11-25T12:00:00Z");
  const verify = (result: unknown) =>
    found(
      { "/user/tokens/verify": result },
      async (access) => (await checkToken(access, [ACCOUNT], NOW)).findings,
    );

  it.each([
    [{ id: "t", status: "active" }, "ok: the token, of a user, is valid without an end"],
    [
      { id: "t", status: "active", expires_on: "2027-01-01T00:00:00Z" },
      "ok: the token, of a user, is valid until 2027-01-01T00:00:00Z",
    ],
    [
      { id: "t", status: "active", expires_on: "2026-11-28T00:00:00Z" },
      "warning: the token, of a user, is valid only until 2026-11-28T00:00:00Z",
    ],
    [
      { id: "t", status: "active", not_before: "2026-12-01T00:00:00Z" },
      "problem: the token is not valid before 2026-12-01T00:00:00Z",
    ],
    [{ id: "t", status: "expired" }, "problem: the token is expired"],
    [{ id: "t", status: "disabled" }, "problem: the token is disabled"],
    [401, "problem: Cloudflare does not know the token in CLOUDFLARE_API_TOKEN (404, code 10000)"],
    [503, "not-tried: Cloudflare answered 503, code 10000 where the token was to be verified"],
  ])("%j is told as %s", async (result, expected) => {
    expect(await verify(result)).toEqual([expected]);
  });

  it("of an account is asked for there", async () => {
    const answers = {
      "/user/tokens/verify": 401,
      [`/accounts/${ACCOUNT}/tokens/verify`]: { id: "t", status: "active" },
    };
    const check = async (access: Parameters<typeof checkToken>[0]) =>
      (await checkToken(access, [ACCOUNT], NOW)).findings;
    expect(await found(answers, check)).toEqual(["ok: the token, of the account, is valid without an end"]);
  });
});

describe("permissions that cannot be read", () => {
  const probed = async (status: unknown) => {
    const { spec } = await stagingWith();
    const base = { spec, token: { id: "t", path: "/user/tokens" }, isLocal: false, zoneIds: [ZONE.id] };
    const kv = `/accounts/${spec.accountId}/storage/kv/namespaces/${"0".repeat(32)}`;
    const lines = await found({ [kv]: status }, (access) => checkPermissions({ ...base, access }));
    return lines.find((line) => line.includes("KV Storage"));
  };

  it.each([
    [403, /^problem: the token lacks Workers KV Storage Write/],
    [400, /^ok: the token has Workers KV Storage Write/],
    [404, /^ok: the token has Workers KV Storage Write/],
    [{}, /^not-tried: whether the token has Workers KV Storage Write: Cloudflare answered 200/],
    [429, /^not-tried/],
    [500, /^not-tried/],
  ])("are told by how an impossible change is answered: %j", async (status, words) => {
    expect(await probed(status)).toMatch(words);
  });

  it("are asked for with changes of what does not exist alone", async () => {
    const { spec } = await stagingWith();
    const { access, asked, close } = await fakeCloudflare({});
    const token = { id: "t", path: "/user/tokens" };
    await checkPermissions({ spec, access, token, isLocal: false, zoneIds: [ZONE.id] });
    await close();
    const changes = asked.filter((call) => !call.startsWith("GET"));
    expect(changes).toHaveLength(3);
    for (const call of changes) expect(call).toContain("0".repeat(32));
  });
});

describe("the zone", () => {
  const zone = { ...ZONE, status: "active", paused: false, account: { id: ACCOUNT } };
  const check = (result: unknown) =>
    found({ [`/zones/${ZONE.id}`]: result }, async (access) => {
      const routes = [{ kind: "protect", pattern: "example.com/*", zone: { id: ZONE.id } }] as const;
      return (await checkZones({ accountId: ACCOUNT, routes }, access)).findings;
    });

  it.each([
    [zone, "ok: the zone example.com is active"],
    [{ ...zone, account: { id: "other" } }, "problem: the zone example.com is in the account other"],
    [{ ...zone, status: "pending" }, "problem: the zone example.com is pending"],
    [{ ...zone, paused: true }, "problem: Cloudflare is paused for the zone example.com"],
    [403, "problem: the token cannot see the zone"],
    [404, "problem: the token cannot see the zone"],
  ])("%j is told as %s", async (result, expected) => {
    expect((await check(result)).some((line) => line.startsWith(expected))).toBe(true);
  });
});

describe("a hostname", () => {
  const path = `/zones/${ZONE.id}/dns_records`;
  const named = (name: string) => `${path}?name=${encodeURIComponent(name)}&per_page=50`;
  const record = (name: string, proxied: boolean) => [{ name, type: "A", proxied }];
  const check = (answers: FakeAnswers) =>
    found(answers, (access) => checkDns(["shop.eu.example.com"], [ZONE], access));

  it.each([
    ["its own record", { [path]: record("shop.eu.example.com", true) }, "ok: "],
    [
      "its own record",
      { [path]: record("shop.eu.example.com", false) },
      "problem: shop.eu.example.com is not proxied",
    ],
    [
      "the nearest wildcard",
      { [path]: [], [named("*.eu.example.com")]: record("*.eu.example.com", true) },
      "ok: ",
    ],
    ["a wildcard", { [path]: [], [named("*.example.com")]: record("*.example.com", false) }, "problem: "],
    ["no record", { [path]: [] }, "problem: shop.eu.example.com has no DNS record"],
    ["no right to look", { [path]: 403 }, "not-tried: whether shop.eu.example.com is proxied"],
  ])("is told by %s", async (_what, answers, expected) => {
    expect((await check(answers))[0]).toContain(expected);
  });
});

describe("the plan of the account", () => {
  const check = (result: unknown) =>
    found({ [`/accounts/${ACCOUNT}/subscriptions`]: result }, (access) => checkAccountPlan(ACCOUNT, access));

  it.each([
    [
      [{ rate_plan: { id: "workers_paid", public_name: "Workers Paid" } }],
      "ok: the account has Workers Paid",
    ],
    [[{ rate_plan: { id: "free" } }], "warning: no subscription of the account is Workers Paid"],
    [[], "warning: no subscription of the account is Workers Paid"],
    [403, "not-tried: the plan of the account"],
  ])("%j is told as %s", async (result, expected) => {
    expect((await check(result))[0]).toContain(expected);
  });
});
