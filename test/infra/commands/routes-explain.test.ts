import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { World } from "../deploy/world.ts";
import { configuration } from "../plan/plan-builder.ts";
import { newFolder } from "../../support/new-folder.ts";
import { queueitCf } from "./cli.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

async function configurationFile(): Promise<string> {
  const path = join(await newFolder(), "downloaded.json");
  await writeFile(path, JSON.stringify(configuration(3, "/tickets")));
  return path;
}

describe("queueit-cf routes explain", () => {
  it("says which action applies by a configuration from a file, for several addresses", async () => {
    const { code, stdout } = await queueitCf(
      ...["routes", "explain", "https://SHOP.example.com/tickets", "https://shop.example.com/%74ickets"],
      ...["https://elsewhere.dk/", "production", "--configuration", await configurationFile()],
    );
    expect(code).toBe(0);
    expect(stdout.replaceAll(/\n +/g, " ")).toContain(
      "https://shop.example.com/tickets\nproduction: protected by shop.example.com/*, action Sale (Queue) to waiting room sale1",
    );
    expect(stdout).toMatch(/%74ickets\nproduction: protected by shop\.example\.com\/\*, no action applies/);
    expect(stdout).toContain("no site of production has this host: shop.example.com, tickets.example.com");
  });

  it("says how to know the action where Queue-it owns the configuration", async () => {
    const { stdout } = await queueitCf("routes", "explain", "https://shop.example.com/tickets", "production");
    expect(stdout).toContain("action not known");
    expect(stdout).toContain("add --live to ask");
  });

  it.each([
    ["is not there", "no-such.json", "is not there (ENOENT)"],
    ["is a folder", "infra", "is a folder"],
    ["is not JSON", "README.md", "is not JSON: line 1"],
    ["is another JSON", "package.json", "Version: must be a whole number"],
  ])("refuses a configuration that %s", async (_what, file, told) => {
    const { code, stderr } = await queueitCf(
      ...["routes", "explain", "https://shop.example.com/tickets", "--configuration", file],
    );
    expect([code, stderr.includes(told)]).toEqual([1, true]);
  });

  it("refuses a file that is larger than any configuration, before it is read", async () => {
    const huge = join(await newFolder(), "huge.json");
    await writeFile(huge, "");
    await truncate(huge, 26 * 1024 * 1024);
    const { code, stderr } = await queueitCf(
      ...["routes", "explain", "https://shop.example.com/tickets", "--configuration", huge],
    );
    expect([code, stderr.includes("larger than the 25 MiB")]).toEqual([1, true]);
  });

  it("hides a secret in the values of its JSON, which stays JSON", async () => {
    vi.stubEnv("TF_VAR_queueit_secret_key", "production");
    const { stdout } = await queueitCf(
      ...["routes", "explain", "https://shop.example.com/tickets", "production", "--json"],
    );
    vi.stubEnv("TF_VAR_queueit_secret_key", '": "');
    const other = await queueitCf("routes", "explain", "https://shop.example.com/", "production", "--json");
    vi.unstubAllEnvs();
    expect(JSON.parse(stdout)).toMatchObject({
      answers: [{ environment: "(hidden)", outcome: "protected" }],
    });
    expect(JSON.parse(other.stdout)).toMatchObject({ answers: [{ environment: "production" }] });
  });

  it("asks for the environment that --live is about, and for what it needs", async () => {
    const of = (...args: readonly string[]) =>
      queueitCf("routes", "explain", "https://shop.example.com/tickets", ...args, "--live");
    expect((await of()).stderr).toContain("name the environment");
    vi.stubEnv("CLOUDFLARE_API_TOKEN", "");
    vi.stubEnv("TF_VAR_queueit_secret_key", "");
    expect((await of("production")).stderr).toContain("live-unknown");
    vi.unstubAllEnvs();
    expect((await of("--configuration", "x.json")).code).toBe(1);
  });
});

describe("queueit-cf routes explain --live", () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
    await world.deploy(world.staging);
  });
  afterAll(() => world.close());

  const explain = async (environment: Readonly<Record<string, string>>, ...args: readonly string[]) => {
    const local = { CLOUDFLARE_BASE_URL: world.server.apiUrl, QUEUEIT_LOCAL_EDGE: world.server.dashboardUrl };
    for (const [name, value] of Object.entries({ ...local, ...environment })) vi.stubEnv(name, value);
    return queueitCf("routes", "explain", ...args, "staging", "--live");
  };
  const PAGES = ["https://shop.staging.example.com/tickets", "https://shop.staging.example.com/about"];

  it("asks KV, where a token may read it", async () => {
    const { stdout } = await explain({ CLOUDFLARE_API_TOKEN: world.server.token }, ...PAGES);
    const text = stdout.replaceAll(/\n +/g, " ");
    expect(text).toContain("action Ticket pages (Queue) to waiting room demotickets");
    expect(text).toContain("no action applies");
    expect(text).toMatch(/by KV, version 1 with \d+ actions/);
  });

  it("asks the Worker at each page, where only the secret key is set", async () => {
    const keys = { CLOUDFLARE_API_TOKEN: "", TF_VAR_queueit_secret_key: world.secretKey };
    const [tickets = "", about = ""] = PAGES;
    const { stdout } = await explain(keys, `${tickets}?seat=A%2012#plan`, about);
    const text = stdout.replaceAll(/\n +/g, " ");
    expect(text).toContain("action Ticket pages (Queue) to waiting room demotickets");
    expect(text).toContain("no action applies");
    expect(text).toContain("by the Worker's own answer");
  });

  it("says what KV holds where the Worker would not take it, and who fixes that", async () => {
    const published = await world.kv.read();
    await world.kv.write('{"Version":1,"Integrations":[{}]}');
    const { code, stderr } = await explain({ CLOUDFLARE_API_TOKEN: world.server.token }, ...PAGES);
    await world.kv.write(published);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/KV holds no .*ActionType.* publish the integration/s),
    ]);
  });
});
