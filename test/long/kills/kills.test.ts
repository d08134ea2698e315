import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { openStateFolder } from "../../../infra/local/state/state-folder.ts";
import { newFolder } from "../../support/new-folder.ts";
import { Running, type TerraformProject } from "../../infra/commands/terraform-project.ts";
import { RELIABILITY_PAGE } from "../faults/reliability-page.ts";
import { Counts } from "./counts.ts";
import { DeployedSites, asDeployed, asNew } from "./deployed-project.ts";
import { end, untilAllEnded } from "./killed.ts";
import { changeWhileItRuns, untilReadyOrEnded } from "./local-account.ts";
import { type Kill, kills } from "./moments.ts";
import {
  expectNoSecret,
  expectNothingLeft,
  expectNothingLost,
  expectToHaveSaid,
  historyOf,
} from "./nothing-lost.ts";
import { processesOf } from "./processes.ts";
import { killsSection, newKillsSection } from "./reliability-section.ts";
import { hasTerraform } from "../../support/terraform.ts";

const counts = new Counts();
const together = { concurrent: true, skip: !hasTerraform };

let sites: DeployedSites;
beforeAll(async () => {
  if (hasTerraform) sites = await DeployedSites.start();
}, 300_000);
afterAll(async () => {
  if (hasTerraform) await sites.close();
  console.log(
    `Kills: ${counts
      .rows()
      .map(({ command, count }) => `${command} ${count}`)
      .join(", ")}`,
  );
  console.log(`${counts.total} together, ${counts.acknowledged} changes of local accounts acknowledged`);
});

/** Milliseconds that a command takes where nothing ends it. It has to come to its end. */
async function lengthOf(project: TerraformProject, args: readonly string[], codes = [0]): Promise<number> {
  const before = performance.now();
  const { code, stderr } = await project.queueitCf(...args);
  expect(codes, stderr).toContain(code);
  return performance.now() - before;
}

/** Starts a command and ends it, and looks at all that it shows meanwhile. @returns What it said. */
async function ended(
  project: TerraformProject,
  args: readonly string[],
  kill: Kill,
  length: number,
): Promise<string> {
  const command = project.start(args);
  const lines: string[] = [];
  const how = await end(command, kill, length, () => {
    lines.push(...processesOf(join(project.folder, "..")).map(({ line }) => line));
  });
  expectNoSecret([...lines, command.stdout, command.stderr], sites.secrets);
  const said = command.stdout + command.stderr;
  counts.add(String(args[0]), how);
  expectToHaveSaid(kill, said);
  if (/: apply\n/.test(said)) counts.applying += 1;
  return said;
}

describe("a command that changes an environment, ended at any moment", together, () => {
  it.for([
    ["deploy", 0.2, ["deploy", "staging", "--yes"], "new"],
    ["promote", 0.1, ["promote", "production", "--yes"], "new"],
    ["destroy", 0.06, ["destroy", "staging", "--yes", "staging"], "deployed"],
  ] as const)("%s", async ([command, share, args, before]) => {
    const project = await sites.project();
    const [, environment] = args;
    const anew = () => (before === "new" ? asNew(project, environment) : asDeployed(project));
    // The sites answer as if nobody had taken them down, and that one waits for them: it is ended as a deploy is.
    await asNew(project, environment);
    const length = await lengthOf(project, command === "destroy" ? ["deploy", "staging", "--yes"] : args);
    for (const kill of kills(command, share)) {
      await anew();
      await expectNothingLost(project, environment, await ended(project, args, kill, length), kill);
    }
    await project.remove();
  });

  it("rollback", async () => {
    const project = await sites.project();
    const [bundle = ""] = await historyOf(project, "staging");
    const args = ["rollback", "staging", "--to", bundle, "--yes"];
    await asNew(project, "staging");
    const length = await lengthOf(project, args);
    for (const kill of kills("rollback", 0.1)) {
      await asNew(project, "staging");
      const said = await ended(project, args, kill, length);
      await expectNothingLost(project, "staging", said, kill);
    }
    expect(await historyOf(project, "staging")).toContain(bundle);
    await project.remove();
  });
});

describe("a command that only looks, ended at any moment", together, () => {
  const plan = join(PACKAGE_ROOT, "test/fixtures/plans/create.json");
  it.for([
    ["plan", 0.05, ["plan", "staging"]],
    ["drift", 0.04, ["drift", "staging"]],
    ["verify", 0.04, ["verify", "staging"]],
    ["validate", 0.04, ["validate"]],
    ["bundle", 0.04, ["bundle"]],
    ["report", 0.04, ["report", plan, "--environment", "staging", "--out", "report.txt"]],
  ] as const)("%s", async ([command, share, args]) => {
    const project = await sites.project();
    const state = await readFile(project.statePath, "utf8");
    const length = await lengthOf(project, args, [0, 2]);
    for (const kill of kills(command, share)) {
      await ended(project, args, kill, length);
      await expectNothingLeft(project.temporary, JSON.stringify(kill));
      expect(await readFile(project.statePath, "utf8")).toBe(state);
      const next = await project.queueitCf(...args);
      expect(next.stdout + next.stderr, JSON.stringify(kill)).not.toMatch(
        /error (?:fault|state|environment)/,
      );
      expect(await project.left()).toEqual([]);
    }
    await project.remove();
  });
});

/** Starts a command of this project with a temporary directory of its own. */
function start(args: readonly string[], temporary: string): Running {
  const env = { ...process.env, TMPDIR: temporary };
  const options = { cwd: PACKAGE_ROOT, env, stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"] };
  return new Running(spawn(process.execPath, ["infra/queueit-cf.mjs", ...args], options));
}

/** Milliseconds until a local Cloudflare is ready, and has done a little. */
async function lengthOfStart(args: readonly string[], temporary: string): Promise<number> {
  const before = performance.now();
  const running = start(args, temporary);
  await untilReadyOrEnded(running);
  const length = performance.now() - before;
  expect(running.child.exitCode, running.stderr).toBeNull();
  running.child.kill("SIGINT");
  await running.ended();
  return length * 1.2;
}

describe("a local Cloudflare that is ended at any moment", { concurrent: true }, () => {
  const LOCAL = ["local", "--port", "0", "--api-port", "0", "--json"];

  it("keeps every change that it answered, with --state", async () => {
    const root = await newFolder();
    const [temporary, state] = [join(root, "tmp"), join(root, "account")];
    await mkdir(temporary);
    const all = new Set<string>();
    const args = [...LOCAL, "--state", state];
    const length = await lengthOfStart(args, temporary);
    for (const [index, kill] of kills("local --state", 0.15).entries()) {
      const local = start(args, temporary);
      // Every other one while it answers, the others also while it starts.
      const ending =
        index % 2 === 0
          ? end(local, kill, length)
          : untilReadyOrEnded(local).then(() => end(local, kill, length / 5));
      const [made, how] = await Promise.all([changeWhileItRuns(local, `run-${index}`), ending]);
      counts.add("local --state", how);
      counts.acknowledged += made.length;
      const context = `${JSON.stringify(kill)}\n${local.stderr}`;
      for (const title of made) all.add(title);
      await expectNothingLeft(temporary, context);
      const opened = await openStateFolder(state);
      const titles = opened.held()?.contents.namespaces.map(({ title }) => title) ?? [];
      await opened.close();
      expect(titles, context).toEqual(expect.arrayContaining([...all]));
      // At most one of each run was under way, and is there although nobody was told.
      expect(titles.length, context).toBeLessThanOrEqual(all.size + index + 1);
    }
    // Of fewer all may have come before it was ready.
    if (counts.total >= 20) expect(all.size).toBeGreaterThan(0);
  });

  it.for([
    ["local", 0.06, LOCAL],
    ["preview", 0.12, ["preview", "--port", "0"]],
  ] as const)("%s leaves nothing behind", async ([command, share, args]) => {
    const temporary = join(await newFolder(), "tmp");
    await mkdir(temporary);
    const length = await lengthOfStart(args, temporary);
    for (const kill of kills(command, share)) {
      const running = start(args, temporary);
      counts.add(command, await end(running, kill, length));
      expectToHaveSaid(kill, running.stderr);
      await untilAllEnded(temporary);
      await expectNothingLeft(temporary, `${JSON.stringify(kill)}\n${running.stderr}`);
    }
  });
});

/** Written of what was counted, by a run that came to its end with all of it right. */
it("is 200 times or more, in a whole run", (test) => {
  if (counts.total < 200) {
    test.skip(`SKIPPED: ${counts.total} kills only; the page keeps what a whole run wrote.`);
    return;
  }
  const page = readFileSync(RELIABILITY_PAGE, "utf8");
  const before = page.slice(0, page.length - killsSection(page).length).trimEnd();
  writeFileSync(RELIABILITY_PAGE, `${before}\n\n${newKillsSection(counts)}`);
});
