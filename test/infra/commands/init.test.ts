import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { check } from "prettier";
import prettierSettings from "../../../.prettierrc.json" with { type: "json" };
import { SHOP_ZONE } from "../adopt/hand-made.ts";
import { newFolder } from "../../support/new-folder.ts";
import { queueitCf } from "./cli.ts";
import { ProjectCopy } from "./project-copy.ts";

const ACCOUNT_ID = "5e1d0c4b3a29180716f5e4d3c2b1a090";
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
    expect(await check(written ?? "", { ...prettierSettings, parser: "typescript" } as never)).toBe(true);
    expect(await project.queueitCf({}, "validate")).toMatchObject({ code: 0 });
    expect(await project.read(".env.example")).toMatch(/^TF_VAR_queueit_secret_key=$/m);
  });

  it("shows, and writes nothing, where nobody confirms it", async () => {
    const { code, stdout } = await init("live", ...GIVEN, ...SITE);
    expect([code, stdout]).toEqual([0, expect.stringContaining("Nothing was written")]);
    expect(stdout).toContain("export default defineEnvironment({");
    expect([await project.read(LIVE), await project.read(".env.example")]).toEqual([undefined, undefined]);
  });

  it("writes nothing that would not be valid among the others", async () => {
    expect(await init("live", ...GIVEN, ...SITE, "--yes")).toMatchObject({ code: 0 });
    const { code, stderr } = await init("qa", ...GIVEN, ...SITE, "--yes");
    expect([code, stderr]).toEqual([1, expect.stringContaining("already exists, as sites[0].")]);
    expect(await project.read("infra/environments/qa.ts")).toBeUndefined();
  });

  it("writes nothing that would make another one invalid", async () => {
    expect(await init("live", ...GIVEN, ...SITE, "--yes")).toMatchObject({ code: 0 });
    const { code, stderr } = await init("earlier", ...GIVEN, ...SITE, "--yes");
    expect([code, stderr]).toEqual([1, expect.stringContaining("error live.ts sites[0].protect[0]")]);
    expect(await project.read("infra/environments/earlier.ts")).toBeUndefined();
  });

  it("is promoted from the environment before it", async () => {
    const host = ["--hostname", "staging.tickets-and-more.dk", "--zone", SHOP_ZONE.id];
    expect(await init("staging", ...GIVEN, ...host, "--yes")).toMatchObject({ code: 0 });
    expect(await project.read(STAGING)).not.toContain("promotedFrom");
    expect(await init("live", ...GIVEN, ...SITE, "--yes")).toMatchObject({ code: 0 });
    expect(await project.read(LIVE)).toContain('promotedFrom: "staging"');
  });
});

describe("queueit-cf init in a folder that has the package installed", () => {
  it("writes what a project needs, and takes nothing away of what is there", async () => {
    const folder = await newFolder();
    await writeFile(join(folder, ".gitignore"), "*.log\nnode_modules");
    const read = (path: string) => readFile(join(folder, path), "utf8");
    const args = ["live", ...GIVEN, ...SITE, "--yes", "--project", folder];
    expect(await queueitCf("init", ...args)).toMatchObject({ code: 0 });
    expect(await read(LIVE)).toMatch(/^import { defineEnvironment } from "queueit-cloudflare\/environment";/);
    expect(await read(".gitignore")).toMatch(
      /^\*\.log\nnode_modules\ncdktf\.out\/\n[^]*\.tfstate\n[^]*\.env\n$/,
    );
    expect(JSON.parse(await read("cdktf.json"))).toMatchObject({ app: "npx queueit-cf synth" });
    expect(await queueitCf("validate", "--project", folder)).toMatchObject({ code: 0 });
    const again = await queueitCf("init", ...args);
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining("says this already")]);
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

  it("takes another spelling of a name for the same", async () => {
    const named = (host: string, zone: string) => ["--hostname", host, "--zone", zone, ...GIVEN, "--yes"];
    await init("live", ...named("shop.zajęzyk.pl", "zajęzyk.pl"));
    const again = await init("live", ...named("shop.xn--zajzyk-y4a.pl", "zajęzyk.pl"));
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining("says this already")]);
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

describe("the environments that a workflow gets", () => {
  it("are those that init wrote, without the examples, in the order in which they are promoted", async () => {
    const output = join(project.folder, "output");
    const listed = async (...args: readonly string[]) => {
      await writeFile(output, "");
      const ran = await project.queueitCf({ GITHUB_OUTPUT: output }, "github", "environments", ...args);
      return { ...ran, output: await readFile(output, "utf8") };
    };
    const shippedAlone = await listed();
    expect([shippedAlone.code, shippedAlone.stderr]).toEqual([1, expect.stringContaining("queueit-cf init")]);
    await init("qa", ...GIVEN, "--hostname", "qa.tickets-and-more.dk", "--zone", SHOP_ZONE.id, "--yes");
    await init("live", ...GIVEN, ...SITE, "--yes");
    expect((await listed()).output).toBe(
      'all=["qa","live"]\nfirst=[{"environment":"qa"}]\n' +
        'second=[{"environment":"live","earlierKey":"QUEUEIT_SECRET_KEY_QA"}]\nthird=[]\nfourth=[]\n',
    );
    const misspelt = await listed("lvie");
    expect([misspelt.code, misspelt.stderr]).toEqual([1, expect.stringContaining("Did you mean live?")]);
    expect(misspelt.output).toBe("");
  });
});
