import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { ProjectCopy } from "../infra/commands/project-copy.ts";
import { configuration } from "../infra/plan/plan-builder.ts";
import { planPath } from "../infra/plan/plans.ts";
import { wordsOf } from "./command-lines.ts";
import { documentedCommands, documentedComplaint, PAGES } from "./documented-commands.ts";
import { TOOLS } from "./other-tools.ts";
import { commandsIn, toldCommands } from "./told-commands.ts";

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

  it("are looked for on every page, in folders too", () => {
    for (const page of [
      "README.md",
      "CONTRIBUTING.md",
      "SECURITY.md",
      "CHANGELOG.md",
      ".github/ISSUE_TEMPLATE/problem.yml",
      "docs/rehearsal/README.md",
      "docs/decisions/README.md",
      "docs/reference/commands.md",
    ])
      expect(PAGES).toContain(page);
    const pages = new Set(COMMANDS.map(({ page }) => page));
    expect(pages).toContain(".github/ISSUE_TEMPLATE/problem.yml");
    expect(pages).toContain("docs/reference/commands.md");
  });

  it.each([
    ["npx queueit-cf deply staging", "no command deply"],
    ["npx queueit-cf plan staging --fail-at high", "--fail-at"],
    ["queueit-cf reports", "no command reports"],
    ["queueit-cf rollback --lists", "--lists"],
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

describe("the commands that the program itself tells people", () => {
  const told = toldCommands();

  it("are found in errors, reports, help texts, questions and files that it writes", () => {
    const files = new Set(told.map(({ file }) => file));
    for (const file of [
      "infra/errors/catalogue/environments.ts",
      "infra/verify/verify.ts",
      "infra/commands/switch.ts",
      "infra/init/next-steps.ts",
      "infra/export/export-guide.ts",
      "infra/queueit-cf.mjs",
    ])
      expect(files).toContain(file);
  });

  it("can be called as they are told", () => {
    // Of these, only the running program knows which command it is.
    const isComputed = (text: string) => /^npx queueit-cf (?:switch )?staging$/.test(text);
    const wrong = told
      .filter(({ text }) => !isComputed(text))
      .map(({ file, text }) => ({ file, text, why: documentedComplaint(text) }))
      .filter(({ why }) => why !== undefined);
    expect(wrong).toEqual([]);
  });

  it.each([
    [
      'const a = "Deploy first: npx queueit-cf " + `deploy ${name}. Then go on.`;',
      "npx queueit-cf deploy staging",
    ],
    ["const a = 'Ask \"queueit-cf routes explain\" about it.';", "queueit-cf routes explain"],
    ["const a = ok ? `see: npx queueit-cf drift ${a.b}` : undefined;", "npx queueit-cf drift staging"],
    ["const a = ['npx queueit-cf config push - < file.json'];", "npx queueit-cf config push -"],
    ['const a = "Do `npx queueit-cf plan <environment>` again";', "npx queueit-cf plan <environment>"],
  ])("are found in %s", (source, command) => {
    expect(commandsIn(source)).toEqual([command]);
  });
});

/** Those that need neither an account nor Terraform, and end by themselves in seconds. */
const RUNNABLE = texts
  .filter((text) => text.startsWith("npx queueit-cf ") && !/[<[]|FILE/.test(text))
  .filter((text) =>
    new RegExp(
      "^npx queueit-cf (?:" +
        "--help$|--version$|validate(?!.*--project)|bundle|synth|export terraform exported|" +
        "routes explain (?!.*--live)|report plan\\.json|" +
        "config (?:show downloaded|validate (?:downloaded|staging)|explain ))",
    ).test(text),
  );

describe("a command that needs no account", () => {
  let project: ProjectCopy;
  let files: Readonly<Record<string, string>>;
  beforeAll(async () => {
    project = await ProjectCopy.make();
    files = Object.fromEntries(
      ["downloaded.json", "staging.json", "comment.md", "exported"].map((name) => [
        name,
        join(project.folder, name),
      ]),
    );
    for (const name of ["downloaded.json", "staging.json"])
      await writeFile(files[name] ?? "", JSON.stringify(configuration(3, "/tickets")));
  });

  it("is in the documentation more than once", () => {
    expect(RUNNABLE.length).toBeGreaterThanOrEqual(25);
  });

  it.each(RUNNABLE)("works as it is written: %s", async (text) => {
    const [, , ...args] = wordsOf(text).map((word) =>
      word === "plan.json" ? planPath("create.json") : (files[word] ?? word),
    );
    const { code, stderr } = await project.queueitCf({ TF_VAR_accept_example_values: "true" }, ...args);
    // 2 is what it was asked to look for: a risk of the plan, a finding in the configuration.
    expect(code === 2 && /--fail-on|config validate/.test(text) ? 0 : code, stderr).toBe(0);
    expect(stderr).not.toContain("error");
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
