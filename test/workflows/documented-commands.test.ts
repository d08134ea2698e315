import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { queueitCf } from "../infra/commands/cli.ts";
import { configuration } from "../infra/plan/plan-builder.ts";
import { planPath } from "../infra/plan/plans.ts";
import { newFolder } from "../support/new-folder.ts";
import { wordsOf } from "./command-lines.ts";
import { documentedCommands, documentedComplaint } from "./documented-commands.ts";
import { TOOLS } from "./other-tools.ts";

const COMMANDS = documentedCommands();
const texts = [...new Set(COMMANDS.map(({ text }) => text))];

describe("the commands of the documentation", () => {
  it("are found in blocks, in sentences, after variables and in chains", () => {
    expect(texts.length).toBeGreaterThan(50);
    for (const text of [
      "npm ci",
      "npm run preview",
      "npm run preview -- --check",
      "npx queueit-cf deploy staging",
      "npm run cdktf -- destroy staging",
      "terraform plan -out plan.out",
    ])
      expect(texts).toContain(text);
  });

  it.each(texts)("%s", (text) => {
    expect(documentedComplaint(text)).toBeUndefined();
  });

  it.each([
    ["npx queueit-cf deply staging", "no command deply"],
    ["npx queueit-cf plan staging --fail-at high", "--fail-at"],
    ["queueit-cf reports", "no command reports"],
    ["npm run no-such", "no script no-such"],
    ["npm run preview --check", "without --"],
    ["npx wrangler routes delete shop.example.com/*", "no command routes"],
    ["npx wrangler kv key put info '{}' --id x", "has no --id"],
    ["npm run cdktf -- deploy staging --out x", "has no --out"],
  ])("would not pass if one were %s", (text, reason) => {
    expect(documentedComplaint(text)).toContain(reason);
  });

  it("tell wrangler to write to the account, and to which namespace", () => {
    for (const text of texts.filter((each) => each.includes("kv key put")))
      expect(text).toMatch(/--remote.*--namespace-id/);
  });

  it("call cdktf as it does not call home", () => {
    const bare = documentedCommands().filter(({ text }) =>
      /^npx cdktf (?:deploy|destroy|diff|synth)/.test(text),
    );
    // In a folder of one's own there is no script of ours: there it is exported before.
    expect(bare).toEqual([{ page: "docs/package.md", text: "npx cdktf deploy staging" }]);
    const page = readFileSync(join(PACKAGE_ROOT, "docs/package.md"), "utf8");
    expect(page).toMatch(
      /^export CHECKPOINT_DISABLE=1 DISABLE_VERSION_CHECK=1 .*\nnpx cdktf deploy staging$/m,
    );
  });
});

/** Those that need neither an account nor Terraform. */
const RUNNABLE = texts.filter((text) =>
  /^npx queueit-cf (?:--help|--version|validate$|bundle|routes explain \S+ staging|report plan\.json$|config show downloaded\.json$|config explain \S+ (?:staging|--configuration downloaded\.json))/.test(
    text,
  ),
);

describe("a command that needs no account", () => {
  it("is in the documentation", () => {
    expect(RUNNABLE.length).toBeGreaterThanOrEqual(4);
  });

  it.each(RUNNABLE)("works as it is written: %s", async (text) => {
    const downloaded = join(await newFolder(), "downloaded.json");
    await writeFile(downloaded, JSON.stringify(configuration(3, "/tickets")));
    const here = text.replace("plan.json", planPath("create.json")).replace("downloaded.json", downloaded);
    const [, , ...args] = wordsOf(here);
    expect(await queueitCf(...args)).toMatchObject({ code: 0, stderr: "" });
  });
});

const run = promisify(execFile);

describe.concurrent("the tools themselves", () => {
  const bin = (name: string) => join(PACKAGE_ROOT, "node_modules/.bin", name);

  it.each(["kv namespace list", "kv key put"])("wrangler knows %s and its options", async (command) => {
    const options = { env: { ...process.env, WRANGLER_SEND_METRICS: "false" } };
    const { stdout } = await run(bin("wrangler"), [...command.split(" "), "--help"], options);
    expect(stdout).toContain(`wrangler ${command}`);
    for (const option of TOOLS["wrangler"]?.[command] ?? []) expect(stdout).toContain(option);
  });

  it("cdktf knows deploy and its options, through our script, which tells it not to call home", async () => {
    const atExit = 'process.on("exit", () => console.log("CHECKPOINT", process.env.CHECKPOINT_DISABLE))';
    const args = ["--import", `data:text/javascript,${atExit}`, "infra/cdktf.mjs", "deploy", "--help"];
    const { PATH, HOME } = process.env;
    const { stdout, stderr } = await run(process.execPath, args, { cwd: PACKAGE_ROOT, env: { PATH, HOME } });
    expect(stdout).toContain("CHECKPOINT 1");
    for (const option of TOOLS["cdktf"]?.["deploy"] ?? []) expect(stdout + stderr).toContain(option);
  });
});
