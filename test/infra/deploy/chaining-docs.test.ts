import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountWorkers } from "../../../infra/account/account-workers.ts";
import type { BypassEntry, WorkerSource } from "../../../infra/environments/environment.ts";
import staging from "../../../infra/environments/staging.ts";
import { Visitor } from "../../../infra/local/preview/visitor.ts";
import { plainText } from "../../../infra/plan/sentence.ts";
import { newFolder } from "../../support/new-folder.ts";
import { stagingWith } from "../local/server/environments.ts";
import { World } from "./world.ts";

const require = createRequire(import.meta.url);
const WRANGLER = join(dirname(require.resolve("wrangler/package.json")), "bin/wrangler.js");
const ROOT = new URL("../../../", import.meta.url);

/** The blocks of docs/chaining.md in one language, in their order. */
let page: string;
const blocks = (language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, "gms"))].map(([, text = ""]) => text);

/** A line of an environment's file, as a value. */
const value = (block = ""): unknown => runInNewContext(`({${block}})`);

describe("docs/chaining.md, followed word by word", () => {
  let world: World;
  let folder: string;
  beforeAll(async () => {
    page = await readFile(new URL("docs/chaining.md", ROOT), "utf8");
    folder = await newFolder();
    const [worker, bypass] = blocks("ts").map(value) as [
      { readonly worker: WorkerSource },
      { readonly bypass: readonly BypassEntry[] },
    ];
    const [site] = staging.sites;
    const target = await stagingWith({ ...worker, sites: [{ ...site, ...bypass }] });
    const production = await stagingWith({ workerName: "queueit-connector-production" }, "production");
    world = await World.start({}, [target, production]);
  });
  afterAll(() => world.close());

  it("1. deploys the shop's Worker with wrangler", async () => {
    const [source = ""] = blocks("js");
    const [configuration = ""] = blocks("json");
    const [command = ""] = blocks("sh");
    await mkdir(join(folder, "shop-frontend"));
    await writeFile(join(folder, "shop-frontend/worker.js"), source);
    await writeFile(join(folder, "shop-frontend/wrangler.json"), configuration);
    const [npx, wrangler, ...args] = command.trim().split(" ");
    expect([npx, wrangler]).toEqual(["npx", "wrangler"]);
    await wranglerIn(folder, args);
    expect(world.server.account.script("shop-frontend").content).toContain("my own");
  });

  it("3. plans and deploys the connector, verifies it, and a page of the site has the Worker's header", async () => {
    const accountId = world.staging.spec.accountId;
    await world.deploy(world.staging, {
      extras: { accountWorkers: await accountWorkers(accountId, world.account) },
    });
    const said = world.review?.changes.flatMap(({ details }) => details.map(plainText)) ?? [];
    const promised = /the plan says `(.*?)`/.exec(page)?.[1];
    expect(said).toContain(promised);
    const checks = await world.verify(world.staging, world.staging.spec.worker.file.sha256);
    expect(checks.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
    const visitor = new Visitor();
    const get = (path: string) =>
      visitor.get(world.server.localUrl(`https://shop.staging.example.com${path}`));
    expect((await get("/")).headers.get("x-shop-worker")).toBe("my own");
    expect((await get("/account/orders")).headers.get("x-shop-worker")).toBe("my own");
    expect((await get("/tickets")).status).toBe(302);
    visitor.close();
  });

  function wranglerIn(cwd: string, args: readonly string[]): Promise<string> {
    const { apiUrl, token, account } = world.server;
    return new Promise((resolve, reject) => {
      execFile(
        process.execPath,
        [WRANGLER, ...args],
        {
          cwd,
          env: {
            PATH: process.env["PATH"],
            HOME: cwd,
            XDG_CONFIG_HOME: cwd,
            CI: "1",
            NO_COLOR: "1",
            CLOUDFLARE_API_BASE_URL: apiUrl,
            CLOUDFLARE_API_TOKEN: token,
            CLOUDFLARE_ACCOUNT_ID: account.id,
            WRANGLER_SEND_METRICS: "false",
          },
        },
        (error, stdout, stderr) => {
          if (error) reject(new Error(stdout + stderr));
          else resolve(stdout);
        },
      );
    });
  }
});
