import { cp, readFile, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { useProject } from "../../../infra/files/project-root.ts";
import { type Preview, startPreview } from "../../../infra/local/preview/preview.ts";
import { Visitor } from "../../../infra/local/preview/visitor.ts";
import { readTarget } from "../../../infra/project/targets.ts";
import { HOOKS_LIMIT_BYTES } from "../../../infra/bundles/read-hooks.ts";
import { HOOK_LIMIT_MS } from "../../../worker/hooks/run-hook.ts";
import { ProjectCopy } from "../../infra/commands/project-copy.ts";

// docs/hooks.md, followed from its beginning to its end in a copy of this project.

const page = readFileSync(join(PACKAGE_ROOT, "docs/hooks.md"), "utf8");
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    ([, text = ""]) => text,
  );
const commands = blocks("sh").flatMap((text) => text.trimEnd().split("\n"));
const [, option = ""] = blocks("ts");

let project: ProjectCopy;
let preview: Preview | undefined;
beforeAll(async () => {
  project = await ProjectCopy.make();
  await project.restore("worker-hooks");
  await project.restore("worker/hooks/define-hooks.ts");
});
afterAll(async () => {
  useProject(undefined);
  await preview?.close();
});

it("is one page of these commands, in this order", () => {
  expect(commands).toEqual([
    "cp worker-hooks/example-native-app.ts worker-hooks/shop.ts",
    "npx queueit-cf validate",
    "npx queueit-cf preview staging --check",
    "npx queueit-cf preview staging",
    'curl -si -H "x-shop-app: 4.2" http://shop.staging.example.com.localhost:8787/tickets',
    "curl -si http://shop.staging.example.com.localhost:8787/tickets",
  ]);
});

it("shows the examples as they are", async () => {
  const [app = "", , bots = ""] = blocks("ts");
  expect(await project.read("worker-hooks/example-native-app.ts")).toBe(app);
  expect(await project.read("worker-hooks/example-search-bots.ts")).toContain(bots);
});

it("says the limits that there are", () => {
  expect(page).toContain(`**${HOOK_LIMIT_MS} milliseconds**`);
  expect(page).toContain(`${HOOKS_LIMIT_BYTES / 1024} KiB at most`);
});

it("copies the example, and names it in the environment", async () => {
  const [, from = "", to = ""] = /^cp (\S+) (\S+)$/.exec(commands[0] ?? "") ?? [];
  await cp(join(project.folder, from), join(project.folder, to));
  const file = join(project.folder, "infra/environments/staging.ts");
  const text = await readFile(file, "utf8");
  await writeFile(
    file,
    text.replace(/^ {2}queueIt:/m, (line) => `${option}${line}`),
  );
  expect(await readFile(file, "utf8")).toContain('hooks: "worker-hooks/shop.ts"');
});

it("is valid then, and the preview's own walk goes through all six steps with the hook in the bundle", async () => {
  const [, validate = "", check = ""] = commands.map((command) => command.replace("npx queueit-cf ", ""));
  const validated = await project.queueitCf({}, ...validate.split(" "));
  expect([validated.code, validated.stdout]).toEqual([0, expect.not.stringContaining("error ")]);
  const walked = await project.queueitCf({}, ...check.split(" "), "--port", "0");
  expect([walked.code, walked.stderr]).toEqual([0, ""]);
});

it("answers the app and a browser as the page says", async () => {
  useProject(project.folder);
  preview = await startPreview({ ...(await readTarget("staging")), port: 0, log: () => undefined });
  const url = preview.localUrl("https://shop.staging.example.com/tickets");
  const visitor = new Visitor();
  try {
    const browser = await visitor.get(url);
    expect(browser.status).toBe(302);
    const app = await visitor.get(url, { "x-shop-app": "4.2" });
    expect(app.status).toBe(202);
    const { waitingRoom } = JSON.parse(app.body) as { waitingRoom: string };
    expect(new URL(waitingRoom).hostname).toContain("queue-it.net");
  } finally {
    await visitor.close();
  }
});

it("says in validate where a hook does not compile", async () => {
  await writeFile(
    join(project.folder, "worker-hooks/shop.ts"),
    "export default {\n  afterDecision: (,) => 1 };\n",
  );
  const { code, stdout } = await project.queueitCf({}, "validate");
  expect(code).toBe(1);
  expect(stdout).toContain('error staging.ts worker.hooks: "worker-hooks/shop.ts" does not compile');
  expect(stdout).toContain("(worker-hooks/shop.ts:2:19)");
  const json = await project.queueitCf({}, "validate", "--json");
  const { problems } = JSON.parse(json.stdout) as { problems: readonly object[] };
  expect(problems.at(-1)).toMatchObject({ code: "hooks-unusable", path: "worker.hooks" });
});
