import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { checkLine } from "../../infra/commands/run/check-line.ts";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { issueTokens } from "../../infra/local/server/issued-tokens.ts";
import { verify } from "../../infra/verify/verify.ts";
import { runIn } from "../infra/commands/cli.ts";
import { World } from "../infra/deploy/world.ts";
import { planJson } from "../infra/plan/plan-builder.ts";
import { newFolder } from "../support/new-folder.ts";
import { wordsOf } from "./command-lines.ts";
import { fencedBlocks, sectionsOf } from "./markdown-sections.ts";

const PAGE = readFileSync(join(PACKAGE_ROOT, "docs/troubleshooting.md"), "utf8");
const ROUTE = "shop.staging.example.com/*";

interface Configuration {
  readonly Integrations: readonly Readonly<Record<string, unknown>>[];
}

let world: World;
let before: string;
let folder: string;
beforeAll(async () => {
  world = await World.start();
  await world.deploy(world.staging);
  before = await world.kv.read();
  folder = await newFolder();
});
afterAll(() => world.close());

/** Variables in the place of those that the local Cloudflare gave out. */
let changed: Readonly<Record<string, string>> = {};
let undo: () => Promise<unknown> = () => Promise.resolve();
afterEach(async () => {
  changed = {};
  await undo();
  undo = () => Promise.resolve();
});

const run = (...args: readonly string[]) =>
  runIn({ ...world.server.variables, PATH: process.env["PATH"], ...changed }, ...args);

/** What `verify` prints. It asks Terraform for the bundle alone, which is known here. */
async function verified(): Promise<string> {
  const { reach, account, staging } = world;
  const secretKey = changed["TF_VAR_queueit_secret_key"] ?? world.secretKey;
  const bundle = staging.spec.worker.file.sha256;
  const lines: string[] = [];
  for await (const check of verify({ target: staging, reach, secretKey, bundle, account }))
    lines.push(checkLine(check, { columns: 1000 }));
  return lines.join("");
}

/** What a command of the page prints. */
async function shown(command: string): Promise<string> {
  const [, , ...args] = wordsOf(command);
  if (args[0] === "verify") return verified();
  const files = new Map(["downloaded.json", "plan.json"].map((name) => [name, join(folder, name)]));
  const { code, stdout, stderr } = await run(...args.map((word) => files.get(word) ?? word));
  if (code === 1) throw new Error(`${command}: ${stderr}`);
  return stdout;
}

async function switchBy(...args: readonly string[]): Promise<void> {
  const { code, stderr } = await run("switch", ...args, "--yes", "staging");
  if (code !== 0) throw new Error(stderr);
}

/** A configuration in which the session's domain is not the site's, and an action comes too late. */
async function writeDoubtful(): Promise<void> {
  const { Integrations: actions, ...rest } = JSON.parse(before) as Configuration;
  const late = { ...actions[2], Name: "Second sale", EventId: "secondsale" };
  const Integrations = actions.map((action, index) =>
    index === 2 ? { ...action, CookieDomain: "shop.example.net" } : action,
  );
  await writeFile(
    join(folder, "downloaded.json"),
    JSON.stringify({ ...rest, Integrations: [...Integrations, late] }),
  );
}

/** How each fault of the page is brought about. */
const FAULTS: Readonly<Record<string, () => Promise<void> | void>> = {
  "Everybody gets in": async () => {
    const { account } = world.server;
    const lost = account.routes.find(({ pattern }) => pattern === ROUTE);
    const { zoneId = "" } = world.staging.spec.routes[0]?.zone as { readonly zoneId?: string };
    await account.deleteRoute(lost?.id ?? "");
    undo = () => account.createRoute(lost?.zoneId ?? zoneId, ROUTE, world.staging.spec.worker.name);
  },
  "Somebody switched it off": async () => {
    await switchBy("off", "staging", "--reason", "the login loops");
    undo = () => switchBy("on", "staging");
  },
  "Nobody gets in, or pages redirect for ever": () => {
    changed = { TF_VAR_queueit_secret_key: "0".repeat(72) };
  },
  "Visitors get error 503": async () => {
    await switchBy("failure", "closed", "staging", "--reason", "bots pass");
    undo = () => switchBy("failure", "open", "staging");
  },
  "Somebody queues twice": writeDoubtful,
  "The waiting room shows the wrong event": writeDoubtful,
  "Sessions end too early": () => undefined,
  "Static files are queued, or cost too much": () => undefined,
  "The configuration is not published": async () => {
    await world.kv.remove();
    undo = () => world.kv.write(before);
  },
  "The API answers 403": async () => {
    const tokens = await issueTokens(world.server.account, [
      { name: "ci", permissions: ["Workers Scripts Write"] },
    ]);
    changed = { CLOUDFLARE_API_TOKEN: tokens["ci"] ?? "" };
  },
  "Terraform wants to replace the namespace": async () => {
    const title = { title: "queueit-staging-integration-config" };
    const plan = planJson([
      {
        type: "cloudflare_workers_kv_namespace",
        actions: ["delete", "create"],
        before: { ...title, account_id: "a" },
        after: { ...title, account_id: "b" },
      },
    ]);
    await writeFile(join(folder, "plan.json"), plan);
  },
};

/** As it reads, however it is broken into lines. */
const flat = (text: string) => text.replaceAll(/\s+/g, " ").trim();

function pattern(line: string): RegExp {
  const parts = flat(line)
    .split("…")
    .map((part) => part.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(parts.join(".*"));
}

const sections = sectionsOf(PAGE).filter(({ text }) => text.includes("```text"));

describe("docs/troubleshooting.md", () => {
  it("has every symptom whose commands are tried, and no other shows what a command says", () => {
    expect(sections.map(({ heading }) => heading)).toEqual(Object.keys(FAULTS));
  });

  it.each(sections)("shows what its commands say: $heading", async ({ heading, text }) => {
    await FAULTS[heading]?.();
    let said = "";
    let compared = 0;
    for (const { language, code } of fencedBlocks(text)) {
      if (language === "sh") {
        const commands = code.trim().split("\n");
        said = flat((await Promise.all(commands.map(shown))).join("\n"));
      } else {
        for (const line of code.trim().split("\n")) {
          expect(said).toMatch(pattern(line));
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(0);
  });
});
