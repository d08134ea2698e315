import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LocalAccount } from "../../../infra/local/cloudflare/account/account.ts";
import { type RunningManagementApi, startManagementApi } from "../../../infra/local/cloudflare/api/server.ts";
import { PUBLISHED, setUp, TYPED } from "../adopt/hand-made.ts";
import { newFolder } from "../../support/new-folder.ts";
import { runIn } from "./cli.ts";
import { ProjectCopy } from "./project-copy.ts";

const ACCOUNT_ID = "5e1d0c4b3a29180716f5e4d3c2b1a090";
const TOKEN = "local-only-token-of-a-test";
const PRODUCTION = "infra/environments/production.ts";

let account: LocalAccount;
let api: RunningManagementApi;
let project: ProjectCopy;
beforeAll(async () => {
  project = await ProjectCopy.make();
});
beforeEach(async () => {
  account = new LocalAccount(ACCOUNT_ID);
  api = await startManagementApi({ account, token: TOKEN, port: 0, log: () => undefined });
});
afterEach(async () => {
  await api.close();
  for (const written of ["live", "zeta"].map((name) => `infra/environments/${name}.ts`))
    await rm(join(project.folder, written), { force: true });
  await project.restore(PRODUCTION);
  for (const written of ["connectors", "configurations"])
    await rm(join(project.folder, written), { recursive: true, force: true });
});

function adopt(...args: readonly string[]) {
  return adoptWith({}, ...args);
}

function adoptWith(more: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const variables = { CLOUDFLARE_API_TOKEN: TOKEN, CLOUDFLARE_BASE_URL: api.baseUrl, ...more };
  return project.queueitCf(variables, "adopt", ...args);
}

describe("queueit-cf adopt", () => {
  it("writes an environment that is valid, and changes nothing in the account", async () => {
    await setUp(account);
    const before = structuredClone(account.contents);
    const { code, stdout } = await adopt("live", "--worker", "replace", "--yes");
    expect([code, stdout]).toEqual([0, expect.stringContaining("npx queueit-cf plan live")]);
    expect(await project.read("infra/environments/live.ts")).toContain('workerName: "queueit"');
    expect(await project.queueitCf({}, "validate")).toMatchObject({ code: 0 });
    expect(account.contents).toEqual(before);
  });

  it("makes an empty folder a project, with what must not be committed", async () => {
    await setUp(account);
    const folder = await newFolder();
    const variables = { PATH: "", CLOUDFLARE_API_TOKEN: TOKEN, CLOUDFLARE_BASE_URL: api.baseUrl };
    const args = ["--project", folder, "adopt", "live", "--worker", "keep", "--yes"];
    const { code, stdout } = await runIn(variables, ...args);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining("Written: connectors/live.js, .env.example, .gitignore, "),
    ]);
    expect((await readdir(folder)).sort()).toEqual([
      ".env.example",
      ".gitignore",
      "cdktf.json",
      "connectors",
      "infra",
    ]);
    expect(await readFile(join(folder, ".gitignore"), "utf8")).toContain("*.tfstate");
  });

  it("refuses a connector that is switched off: its routes would be taken for bypasses", async () => {
    await setUp(account);
    const [namespace] = account.namespaces;
    const [route] = account.routes;
    const routes = [{ zoneId: route?.zoneId, id: route?.id, pattern: route?.pattern, script: "queueit" }];
    const said = { since: "2026-11-26T02:30:00.000Z", by: "Ada", reason: "origin down" };
    const note = {
      schema: "queueit-cf/switch-note/1",
      ...said,
      kind: "off",
      host: "shop.tickets-and-more.dk",
    };
    await account.putValue(namespace?.id ?? "", "queueit-cf:switch:off:shop.tickets-and-more.dk:1", {
      bytes: Buffer.from(JSON.stringify({ ...note, routes })),
    });
    const { code, stderr } = await adopt("live", "--worker", "replace", "--yes");
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(
        /connector-switched .*by Ada because: origin down.* switch on --account \w+ --zone \w+ --worker queueit/,
      ),
    ]);
  });

  it("keeps the Worker as a file of the project", async () => {
    await setUp(account);
    expect(await adopt("live", "--worker", "keep", "--yes")).toMatchObject({ code: 0 });
    expect(await project.read("connectors/live.js")).toBe(account.script("queueit").content);
    expect(await project.queueitCf({}, "validate")).toMatchObject({ code: 0 });
  });

  it("shows, and writes nothing, where nobody confirms it", async () => {
    await setUp(account);
    const { code, stdout } = await adopt("live", "--worker", "replace");
    expect([code, stdout]).toEqual([0, expect.stringContaining("Nothing was written")]);
    expect(stdout).toContain("export default defineEnvironment({");
    expect(await project.read("infra/environments/live.ts")).toBeUndefined();
  });

  it("replaces an example, and nothing that somebody wrote", async () => {
    await setUp(account);
    expect(await adopt("production", "--worker", "replace", "--yes")).toMatchObject({ code: 0 });
    const written = await project.read(PRODUCTION);
    expect(written).toContain("queueit-cf adopt");
    const again = await adopt("production", "--worker", "keep", "--yes");
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("is there already")]);
    expect(await project.read(PRODUCTION)).toBe(written);
  });

  it("asks for what it cannot know, by the names of its options", async () => {
    await setUp(account, { bindings: [], configuration: undefined });
    const undecided = await adopt("live", "--yes");
    expect([undecided.code, undecided.stderr]).toEqual([1, expect.stringContaining("--worker keep")]);
    const unnamed = await adopt("live", "--worker", "replace", "--yes");
    expect([unnamed.code, unnamed.stderr]).toEqual([1, expect.stringContaining("--customer-id")]);
    expect(
      await adopt("live", "--worker", "replace", "--customer-id", "ticketsandmore", "--yes"),
    ).toMatchObject({ code: 0 });
  });

  it("says what to do where there is no connector", async () => {
    const { code, stderr } = await adopt("live", "--yes");
    expect([code, stderr]).toEqual([1, expect.stringContaining("--name WORKER")]);
  });

  it("prints one object for programs", async () => {
    await setUp(account);
    const { stdout } = await adopt("live", "--worker", "replace", "--yes", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "queueit-cf/adopt/1",
      environment: "live",
      isWritten: true,
    });
  });

  it("does not adopt a Worker a second time, whatever the names of the two environments", async () => {
    await setUp(account);
    expect(await adopt("zeta", "--worker", "replace", "--yes")).toMatchObject({ code: 0 });
    const again = await adopt("live", "--name", "queueit", "--worker", "replace", "--yes");
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("environment zeta already")]);
    expect(await project.read("infra/environments/live.ts")).toBeUndefined();
  });

  it("writes the configuration of our own Worker that takes it from a file, and an environment with it", async () => {
    const text = (name: string, value: string) => ({ type: "plain_text" as const, name, text: value });
    const owner = text("QUEUEIT_CONFIG_OWNER", "file");
    await setUp(account, { bindings: [...TYPED, text("QUEUEIT_BUNDLE_SHA256", "a".repeat(64)), owner] });
    const { code, stdout } = await adopt("live", "--yes");
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining("+ configurations/live.json, the integration"),
    ]);
    expect(await project.read("configurations/live.json")).toBe(PUBLISHED);
  });

  it("keeps a Worker that calls things by names of its own, once it is told which", async () => {
    const bindings = [
      { type: "plain_text" as const, name: "CUSTOMER", text: "ticketsandmore" },
      { type: "secret_text" as const, name: "SIGNING", text: "fake-typed-in-the-dashboard" },
    ];
    await setUp(account, { bindings });
    const args = ["live", "--worker", "keep", "--yes"];
    const wrong = await adopt(...args, "--called", "QUEUEIT_SECRET_KEY=SIGNIN");
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("Known are CUSTOMER, SIGNING.")]);
    const names = ["QUEUEIT_SECRET_KEY=SIGNING", "QUEUEIT_CUSTOMER_ID=CUSTOMER"];
    expect(await adopt(...args, ...names.flatMap((name) => ["--called", name]))).toMatchObject({ code: 0 });
    expect(await project.read("infra/environments/live.ts")).toContain('QUEUEIT_SECRET_KEY: "SIGNING"');
  });

  it("says what it did not try, and why", async () => {
    await setUp(account);
    const without = await adopt("live", "--worker", "replace");
    expect(without.stdout).toContain("TF_VAR_queueit_secret_key is not set");
    const unreachable = await adoptWith(
      { TF_VAR_queueit_secret_key: "fake-key-of-a-shell" },
      "live",
      "--worker",
      "replace",
    );
    expect(unreachable.stdout).toContain(
      "not compared with the one that runs. CLOUDFLARE_BASE_URL points to a local",
    );
  });

  it("does not write a source that has the shell's secret in it", async () => {
    await setUp(account, { source: 'const a = "fake key of a shell";' });
    const variables = { TF_VAR_queueit_secret_key: "fake key of a shell" };
    const { code, stdout, stderr } = await adoptWith(variables, "live", "--worker", "keep", "--yes");
    expect([code, stderr]).toEqual([1, expect.stringContaining("the value of TF_VAR_queueit_secret_key")]);
    expect(stdout + stderr).not.toContain("fake key of a shell");
    expect(await project.read("connectors/live.js")).toBeUndefined();
  });

  it("keeps a source to the byte, with its byte order mark and what else is in it", async () => {
    await setUp(account, { source: '/* \u0000 \u2028 */ const text = "\ud83c\udfab";' });
    const { content } = account.script("queueit");
    await account.putScript({ ...account.script("queueit"), content: `\ufeff${content}` });
    expect(await adopt("live", "--worker", "keep", "--yes")).toMatchObject({ code: 0 });
    expect(await project.read("connectors/live.js")).toBe(`\ufeff${content}`);
  });

  it("fits into a terminal, but for the source, which it shows as it writes it; without colours in a pipe", async () => {
    await setUp(account, {
      protect: Array.from({ length: 60 }, (_, index) => `shop.tickets-and-more.dk/sale-${index}/*`),
    });
    const { stdout } = await adoptWith({ COLUMNS: "80" }, "live", "--worker", "replace", "--yes");
    const [shown = "", source = ""] = stdout.split("import { defineEnvironment }");
    expect(shown.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(shown).toContain("and 41 more");
    expect(source).toMatch(/… and \d+ more lines, which are written too\./);
    expect(stdout).not.toContain("\u001b");
    const [lines = ""] = source.split("… and");
    expect(await project.read("infra/environments/live.ts")).toContain(lines.trimEnd());
  });

  it("never shows a secret that somebody put in the clear", async () => {
    const secret = "fake-a1b2c3d4-in-the-clear";
    await setUp(account, {
      bindings: [
        { type: "plain_text", name: "QUEUEIT_CUSTOMER_ID", text: "ticketsandmore" },
        { type: "plain_text", name: "QUEUEIT_SECRET_KEY", text: secret },
      ],
      source: `const apiKey = "${secret}";`,
    });
    const { stdout, stderr } = await adopt("live", "--worker", "replace", "--yes");
    expect(stdout + stderr).not.toContain(secret);
    expect(await project.read("infra/environments/live.ts")).not.toContain(secret);
  });
});
