import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ACCOUNT_ID } from "../worker-sources.ts";
import { runs } from "../../../../support/runs.ts";
import { type RunningApi, TOKEN, startApi } from "./running-api.ts";

const require = createRequire(import.meta.url);
const WRANGLER = path.join(path.dirname(require.resolve("wrangler/package.json")), "bin/wrangler.js");
const isThorough = runs(0, 1) === 1;
const SECRET = "not-a-real-secret";

describe("wrangler", () => {
  let api: RunningApi;
  let folder: string;
  let inNamespace: readonly string[];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "test-wrangler-"));
    api = await startApi();
  });
  afterAll(async () => {
    await api.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Everything wrangler wrote, and its exit code. */
  const wrangler = (args: readonly string[], input = "") =>
    new Promise<{ readonly code: number | null; readonly output: string }>((resolve) => {
      const child = execFile(
        process.execPath,
        [WRANGLER, ...args],
        {
          cwd: folder,
          env: {
            PATH: process.env["PATH"],
            HOME: folder,
            XDG_CONFIG_HOME: folder,
            CI: "1",
            NO_COLOR: "1",
            CLOUDFLARE_API_BASE_URL: api.baseUrl,
            CLOUDFLARE_API_TOKEN: TOKEN,
            CLOUDFLARE_ACCOUNT_ID: ACCOUNT_ID,
            WRANGLER_SEND_METRICS: "false",
            WRANGLER_HIDE_BANNER: "true",
          },
        },
        (_error, stdout, stderr) => {
          resolve({ code: child.exitCode, output: stdout + stderr });
        },
      );
      child.stdin?.end(input);
    });
  const write = (name: string, text: string) => writeFile(path.join(folder, name), text);

  it("deploys a Worker that serves at once, again after a change, and keeps its secret and KV", async () => {
    const { id } = await api.account.createNamespace("configuration");
    const configuration = {
      name: "shop",
      main: "worker.mjs",
      compatibility_date: "2026-04-01",
      kv_namespaces: [{ binding: "KV", id }],
      routes: ["Shop.Example.com/*", { pattern: "www.example.com", custom_domain: true }],
      triggers: { crons: ["*/5 * * * *"] },
    };
    await write("wrangler.json", JSON.stringify(configuration));
    const worker = (word: string) =>
      `export default { async fetch(_, env) { return new Response("${word} " + await env.KV.get("info") + " " + env.SECRET) } };`;
    await write("worker.mjs", worker("first"));

    const deployed = await wrangler(["deploy"]);
    expect(deployed.output).toContain("Shop.Example.com/*");
    expect(api.account.routes).toMatchObject([{ pattern: "shop.example.com/*", script: "shop" }]);
    expect(api.account.domains).toMatchObject([{ hostname: "www.example.com", script: "shop" }]);
    expect(api.account.schedules("shop")).toEqual(["*/5 * * * *"]);

    inNamespace = ["--namespace-id", id, "--remote"];
    await wrangler(["kv", "key", "put", "info", "from wrangler", ...inNamespace]);
    await wrangler(["secret", "put", "SECRET"], SECRET);
    expect(await api.ask("shop")).toBe(`first from wrangler ${SECRET}`);

    await write("worker.mjs", worker("second"));
    expect((await wrangler(["deploy"])).code).toBe(0);
    expect(await api.ask("shop")).toBe(`second from wrangler ${SECRET}`);
  });

  // Each start of wrangler takes more than a second of CPU. official-sdk.test.ts makes the calls of the others.
  it.runIf(isThorough)("reads KV, and lists secrets without their values", async () => {
    const [got, listed, secrets] = await Promise.all([
      wrangler(["kv", "key", "get", "info", ...inNamespace]),
      wrangler(["kv", "key", "list", ...inNamespace]),
      wrangler(["secret", "list"]),
    ]);
    expect(got.output).toContain("from wrangler");
    expect(listed.output).toContain('"name": "info"');
    expect(secrets.output).toContain('"name": "SECRET"');
    expect(secrets.output).not.toContain(SECRET);
  });

  it.runIf(isThorough)("sets secrets in bulk, and keeps all other bindings", async () => {
    await write("secrets.json", JSON.stringify({ SECOND: SECRET }));
    expect((await wrangler(["secret", "bulk", "secrets.json"])).code).toBe(0);
    expect(api.account.script("shop").bindings.map(({ name }) => name)).toEqual(["KV", "SECRET", "SECOND"]);
  });

  it.runIf(isThorough)("shows why a Worker does not start, and the one before answers on", async () => {
    await write("broken.mjs", 'throw new Error("broken on purpose"); export default { fetch() {} };');
    const before = await api.ask("shop");
    const { code, output } = await wrangler(["deploy", "broken.mjs"]);
    expect(code).toBe(1);
    expect(output).toContain("broken on purpose");
    expect(output).toContain("[code: 10021]");
    expect(await api.ask("shop")).toBe(before);
  });

  it("deletes the Worker, with its routes", async () => {
    const { output } = await wrangler(["delete"]);
    expect(output).toContain("Successfully deleted shop");
    expect([api.account.scripts, api.account.routes]).toEqual([[], []]);
  });
});
