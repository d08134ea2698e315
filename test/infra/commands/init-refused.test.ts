import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { LocalAccount } from "../../../infra/local/cloudflare/account/account.ts";
import { startManagementApi } from "../../../infra/local/cloudflare/api/server.ts";
import { OTHER_ZONE, SHOP_ZONE } from "../adopt/hand-made.ts";
import { runIn } from "./cli.ts";

const ACCOUNT_ID = "5e1d0c4b3a29180716f5e4d3c2b1a090";
const TOKEN = "local-only-token-of-a-test";
/** Nobody has one of this name. */
const NAME = "test-of-init";
const HOST = ["--hostname", "shop.tickets-and-more.dk"];

/** Without `--yes`, so that it could write nothing. */
function init(...args: readonly string[]) {
  return runIn({}, "init", ...args);
}

describe("queueit-cf init without a terminal", () => {
  it("names everything that is missing, in one paragraph", async () => {
    const { code, stderr } = await init();
    expect(code).toBe(1);
    for (const name of ["environment's name", "--account", "--hostname", "--zone", "--customer-id"])
      expect(stderr).toContain(name);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  it("names everything that is wrong, at once", async () => {
    const { code, stderr } = await init(
      ...[NAME, "--account", "nonsense", "--hostname", "https://shop.tickets-and-more.dk/"],
      ...["--zone", "zone", "--customer-id", "a b", "--protect", "tickets", "--bypass", "/*.png"],
      ...["--owner", "me", "--secrets", "vault", "--backend", "r3:x"],
    );
    expect(code).toBe(1);
    const options = [
      "account",
      "hostname",
      "zone",
      "customer-id",
      "protect",
      "bypass",
      "owner",
      "secrets",
      "backend",
    ];
    for (const name of options) expect(stderr).toContain(`- --${name} `);
  });

  it.each([
    ["a key in the place of the customer id", "--customer-id", "7b1f0a52-9c1d-4e5f-8a6b-0c2d4e6f8a1b"],
    ["a password in the place of a hostname", "--hostname", "user:s3cr3t-pass@shop.tickets-and-more.dk"],
  ])("never repeats %s", async (_, option, secret) => {
    const { code, stdout, stderr } = await init(NAME, option, secret);
    expect([code, stdout + stderr]).toEqual([1, expect.not.stringContaining(secret)]);
  });

  it("says what the paths would miss, before anything is written", async () => {
    const given = ["--account", ACCOUNT_ID, "--customer-id", "x1", "--zone", SHOP_ZONE.name, ...HOST];
    const { code, stdout } = await init(NAME, ...given, "--protect", "/tickets/*", "--no-fetch");
    expect([code, stdout]).toEqual([0, expect.stringContaining("matches neither /tickets nor")]);
    expect(stdout).not.toContain("bypass:");
  });

  it("writes no secret of the variables into a file", async () => {
    const secret = "tam-a-secret-of-a-test";
    const given = ["--account", ACCOUNT_ID, "--customer-id", "x1", "--zone", SHOP_ZONE.name, ...HOST];
    const args = ["init", NAME, ...given, "--bypass", `/${secret}/*`, "--json"];
    const { code, stdout, stderr } = await runIn({ TF_VAR_queueit_api_key: secret }, ...args);
    expect([code, stderr]).toEqual([1, expect.stringContaining("init-secret")]);
    expect(stdout + stderr).not.toContain(secret);
  });

  it.each([
    ["a name that no environment can have", ["Live!"], "is not a name"],
    [
      "zones that belong to no hostname",
      [NAME, "--zone", "a.dk", "--zone", "b.dk", ...HOST],
      "--zone is given 2",
    ],
    ["an empty hostname", [NAME, "--hostname", ""], "It is empty"],
    ["an environment that is not there", [NAME, ...HOST, "--promoted-from", "qa"], "promotedFrom"],
  ])("refuses %s", async (_, args, reason) => {
    const rest = ["--account", ACCOUNT_ID, "--customer-id", "x1", "--no-fetch"];
    const zone = args.includes("--zone") ? [] : ["--zone", SHOP_ZONE.name];
    const { code, stderr } = await init(...args, ...rest, ...zone);
    expect([code, stderr]).toEqual([1, expect.stringContaining(reason)]);
  });
});

describe("queueit-cf init with a token", () => {
  async function withToken(token: string, ...args: readonly string[]) {
    const account = new LocalAccount(ACCOUNT_ID);
    for (const zone of [SHOP_ZONE, OTHER_ZONE]) account.addZone(zone);
    const api = await startManagementApi({ account, token: TOKEN, port: 0, log: () => undefined });
    try {
      const variables = { CLOUDFLARE_API_TOKEN: token, CLOUDFLARE_BASE_URL: api.baseUrl };
      return await runIn(variables, "init", NAME, "--customer-id", "x1", "--no-fetch", ...args);
    } finally {
      await api.close();
    }
  }

  it("finds the account and the zone of a hostname", async () => {
    const { code, stdout } = await withToken(TOKEN, ...HOST);
    expect(code).toBe(0);
    expect(stdout).toContain(`accountId: "${ACCOUNT_ID}"`);
    expect(stdout).toContain(`zoneId: "${SHOP_ZONE.id}"`);
  });

  it("takes what it is given where the token is not accepted, and says what was not checked", async () => {
    const given = ["--account", ACCOUNT_ID, "--zone", SHOP_ZONE.name, ...HOST];
    const { code, stdout, stderr } = await withToken("another-token-of-a-test", ...given);
    expect([code, stdout]).toEqual([0, expect.stringContaining("was not checked")]);
    expect(stdout + stderr).not.toContain("another-token-of-a-test");
  });

  it.each([
    [
      "a hostname that is in none of its zones",
      ["--hostname", "shop.elsewhere.dk"],
      "is in none of the zones",
    ],
    [
      "a hostname that only looks as if it were",
      ["--hostname", "xtickets-and-more.dk"],
      "is in none of the zones",
    ],
    ["a zone that is another one's", [...HOST, "--zone", OTHER_ZONE.name], "is not in the zone"],
    [
      "an account that it does not see",
      [...HOST, "--account", `${"0".repeat(31)}1`],
      "does not see the account",
    ],
    ["no hostname, with its zones", [], `in ${SHOP_ZONE.name}`],
  ])("refuses %s", async (_, args, reason) => {
    const { code, stderr } = await withToken(TOKEN, ...args);
    expect([code, stderr]).toEqual([1, expect.stringContaining(reason)]);
  });

  it("has written nothing in any of these", () => {
    expect(existsSync(join(PACKAGE_ROOT, `infra/environments/${NAME}.ts`))).toBe(false);
  });
});
