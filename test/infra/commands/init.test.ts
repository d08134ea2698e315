import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { LocalAccount } from "../../../infra/local/cloudflare/account/account.ts";
import { startManagementApi } from "../../../infra/local/cloudflare/api/server.ts";
import { OTHER_ZONE, SHOP_ZONE } from "../adopt/hand-made.ts";
import { ProjectCopy } from "./project-copy.ts";

const ACCOUNT_ID = "5e1d0c4b3a29180716f5e4d3c2b1a090";
const TOKEN = "local-only-token-of-a-test";
const LIVE = "infra/environments/live.ts";
const STAGING = "infra/environments/staging.ts";

let project: ProjectCopy;
let shipped: string;
beforeAll(async () => {
  project = await ProjectCopy.make();
  shipped = (await project.read(STAGING)) ?? "";
});
afterEach(async () => {
  for (const written of [LIVE, "infra/environments/qa.ts", ".env.example"])
    await rm(join(project.folder, written), { force: true });
  await writeFile(join(project.folder, STAGING), shipped);
});

const GIVEN = ["--account", ACCOUNT_ID, "--customer-id", "ticketsandmore", "--no-fetch"];
const SITE = ["--hostname", "shop.tickets-and-more.dk", "--zone", SHOP_ZONE.id];

function init(...args: readonly string[]) {
  return project.queueitCf({}, "init", ...args);
}

describe("queueit-cf init with options alone", () => {
  it("writes an environment that is valid, and the names of the variables that it needs", async () => {
    const { code, stdout } = await init("live", ...GIVEN, ...SITE, "--bypass", "/pics/*", "--yes");
    expect([code, stdout]).toEqual([0, expect.stringContaining("npx queueit-cf plan live")]);
    const written = await project.read(LIVE);
    expect(written).toContain('bypass: ["/pics/*"]');
    expect(written).not.toContain("promotedFrom");
    expect(await project.queueitCf({}, "validate")).toMatchObject({ code: 0 });
    expect(await project.read(".env.example")).toMatch(/^TF_VAR_queueit_secret_key=$/m);
  });

  it("shows, and writes nothing, where nobody confirms it", async () => {
    const { code, stdout } = await init("live", ...GIVEN, ...SITE);
    expect([code, stdout]).toEqual([0, expect.stringContaining("Nothing was written")]);
    expect(stdout).toContain("export default defineEnvironment({");
    expect([await project.read(LIVE), await project.read(".env.example")]).toEqual([undefined, undefined]);
  });

  it("names everything that is missing, in one paragraph", async () => {
    const { code, stderr } = await init();
    expect(code).toBe(1);
    for (const name of ["environment's name", "--account", "--hostname", "--zone", "--customer-id"])
      expect(stderr).toContain(name);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  it("names everything that is wrong, at once", async () => {
    const { code, stderr } = await init(
      ...["live", "--account", "nonsense", "--hostname", "https://shop.tickets-and-more.dk/"],
      ...["--zone", "zone", "--customer-id", "a b", "--protect", "tickets", "--backend", "r3:x"],
    );
    expect(code).toBe(1);
    for (const name of ["--account", "--hostname", "--zone", "--customer-id", "--protect", "--backend"])
      expect(stderr).toContain(`- ${name} `);
    expect(await project.read(LIVE)).toBeUndefined();
  });

  it("never repeats a key that was given in the place of the customer id", async () => {
    const key = "7b1f0a52-9c1d-4e5f-8a6b-0c2d4e6f8a1b";
    const { code, stderr } = await init("live", "--customer-id", key);
    expect([code, stderr]).toEqual([1, expect.not.stringContaining(key)]);
  });

  it("writes nothing that would not be valid among the others", async () => {
    expect(await init("live", ...GIVEN, ...SITE, "--yes")).toMatchObject({ code: 0 });
    const { code, stderr } = await init("qa", ...GIVEN, ...SITE, "--yes");
    expect([code, stderr]).toEqual([1, expect.stringContaining("already exists, as sites[0].")]);
    expect(await project.read("infra/environments/qa.ts")).toBeUndefined();
  });

  it("is promoted from the environment before it", async () => {
    const host = ["--hostname", "staging.tickets-and-more.dk", "--zone", SHOP_ZONE.id];
    expect(await init("staging", ...GIVEN, ...host, "--yes")).toMatchObject({ code: 0 });
    expect(await project.read(STAGING)).not.toContain("promotedFrom");
    expect(await init("live", ...GIVEN, ...SITE, "--yes")).toMatchObject({ code: 0 });
    expect(await project.read(LIVE)).toContain('promotedFrom: "staging"');
  });
});

describe("queueit-cf init, run again", () => {
  it("finds nothing to change with the same options, and with none", async () => {
    await init("live", ...GIVEN, ...SITE, "--bypass", "/pics/*", "--backend", "r2:states", "--yes");
    for (const args of [[...GIVEN, ...SITE, "--bypass", "/pics/*", "--backend", "r2:states"], []]) {
      const { code, stdout } = await init("live", ...args, "--yes");
      expect([code, stdout]).toEqual([0, expect.stringContaining("says this already")]);
    }
  });

  it("shows what is different, and leaves what somebody wrote", async () => {
    await init("live", ...GIVEN, ...SITE, "--yes");
    const own = `${(await project.read(LIVE)) ?? ""}// By hand.\n`;
    await writeFile(join(project.folder, LIVE), own);
    const { code, stdout } = await init("live", "--customer-id", "another", "--yes");
    expect(code).toBe(2);
    expect(stdout).toMatch(/^-\s+customerId: "ticketsandmore",$/m);
    expect(stdout).toMatch(/^\+\s+customerId: "another",$/m);
    expect(await project.read(LIVE)).toBe(own);
  });

  it("adds to .env.example what it does not have, and takes nothing away", async () => {
    await writeFile(join(project.folder, ".env.example"), "MINE=\nCLOUDFLARE_API_TOKEN=\n");
    await init("live", ...GIVEN, ...SITE, "--owner", "pull", "--yes");
    const text = (await project.read(".env.example")) ?? "";
    expect(text.match(/^\w+=.*$/gm)).toEqual([
      "MINE=",
      "CLOUDFLARE_API_TOKEN=",
      "TF_VAR_queueit_secret_key=",
      "TF_VAR_queueit_api_key=",
    ]);
  });

  it("tells programs the same in one object", async () => {
    await init("live", ...GIVEN, ...SITE, "--yes");
    const { code, stdout } = await init("live", "--failure", "closed", "--json");
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "queueit-cf/init/1",
      isWritten: false,
      differences: expect.arrayContaining(['+  failure: "closed",']),
    });
  });
});

describe("queueit-cf init with a token", () => {
  async function withToken(...args: readonly string[]) {
    const account = new LocalAccount(ACCOUNT_ID);
    for (const zone of [SHOP_ZONE, OTHER_ZONE]) account.addZone(zone);
    const api = await startManagementApi({ account, token: TOKEN, port: 0, log: () => undefined });
    try {
      const variables = { CLOUDFLARE_API_TOKEN: TOKEN, CLOUDFLARE_BASE_URL: api.baseUrl };
      return await project.queueitCf(variables, "init", "live", "--customer-id", "x1", "--no-fetch", ...args);
    } finally {
      await api.close();
    }
  }

  it("finds the account and the zone of a hostname", async () => {
    const { code } = await withToken("--hostname", "shop.tickets-and-more.dk", "--yes");
    expect(code).toBe(0);
    const written = await project.read(LIVE);
    expect(written).toContain(`accountId: "${ACCOUNT_ID}"`);
    expect(written).toContain(`zoneId: "${SHOP_ZONE.id}"`);
  });

  it.each([
    [
      "a hostname that is in none of its zones",
      ["--hostname", "shop.elsewhere.dk"],
      "is in none of the zones",
    ],
    [
      "a zone that is another one's",
      ["--hostname", "shop.tickets-and-more.dk", "--zone", OTHER_ZONE.name],
      "is not in the zone",
    ],
    [
      "an account that it does not see",
      ["--hostname", "shop.tickets-and-more.dk", "--account", "0".repeat(31) + "1"],
      "does not see the account",
    ],
    ["no hostname, with its zones", [], `in ${SHOP_ZONE.name}`],
  ])("refuses %s", async (_, args, reason) => {
    const { code, stderr } = await withToken(...args, "--yes");
    expect([code, stderr]).toEqual([1, expect.stringContaining(reason)]);
    expect(await project.read(LIVE)).toBeUndefined();
  });
});
