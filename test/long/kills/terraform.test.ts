import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { TerraformProject, hasTerraform } from "../../infra/commands/terraform-project.ts";
import { end, untilAllEnded } from "./killed.ts";
import { type Kill, kills } from "./moments.ts";
import { processesOf } from "./processes.ts";

const historySchema = z.array(z.object({ sha256: z.string() })).min(1);

/** What `TerraformProject` gives its commands. */
const SECRETS = ["fake-secret-key", "fake-token"];

/** Neither in the arguments of a process, which every user of the machine can read, nor in what is said. */
function expectNoSecret(texts: readonly string[]): void {
  const forms = SECRETS.flatMap((secret) => {
    const bytes = Buffer.from(secret);
    return [
      secret,
      bytes.toString("hex"),
      bytes.toString("base64").replace(/=+$/, ""),
      bytes.toString("base64url"),
    ];
  });
  for (const text of texts) for (const form of forms) expect(text).not.toContain(form);
}

/** Every object that a command said is done. */
function acknowledged(said: string): readonly string[] {
  return [...said.matchAll(/terraform_data\.(\w+): Creation complete/g)].map(([, name = ""]) => name);
}

/**
 * Deploys a stack of three objects that need no provider, to a local Cloudflare that is only there. Its sites never
 * answer, so that a deploy that is done waits for them until it is ended.
 */
describe.skipIf(!hasTerraform)("a command that runs Terraform and is ended at any moment", () => {
  const ended = new Map<string, number>();
  afterAll(() => {
    console.log(`Kills: ${[...ended].map(([what, count]) => `${what} ${count}`).join(", ")}`);
  });

  /** What is true after every kill, of every command. */
  async function expectNothingLost(project: TerraformProject, said: string, kill: Kill): Promise<void> {
    const context = `${JSON.stringify(kill)}\n${said}`;
    await untilAllEnded(join(project.folder, ".."));
    const state = existsSync(project.statePath) ? await project.state() : [];
    expect(state, context).toEqual(expect.arrayContaining([...acknowledged(said)]));
    // Nobody says yes: it plans with the lock, and changes nothing.
    const next = await project.queueitCf("deploy", "staging");
    const isRight = /Nothing to change|--yes/.test(next.stdout + next.stderr);
    expect(isRight, `${context}\nThe next run: ${next.stdout}${next.stderr}`).toBe(true);
    expect(await project.left(), context).toEqual([]);
    if (kill.signal === "SIGKILL") return;
    // Ctrl-C at the very start comes before the program can listen; after that it always says something.
    expect(
      said === "" || /Ended by SIGINT|went on|failed half-way|Nothing was changed|✓|error/i.test(said),
      context,
    ).toBe(true);
  }

  async function tried(
    project: TerraformProject,
    args: readonly string[],
    all: readonly Kill[],
    before: () => Promise<void>,
  ): Promise<void> {
    for (const kill of all) {
      await before();
      const command = project.start(args);
      const lines: string[] = [];
      const how = await end(command, kill, () => {
        lines.push(...processesOf(join(project.folder, "..")).map(({ line }) => line));
      });
      expectNoSecret([...lines, command.stdout, command.stderr]);
      ended.set(
        `${String(args[0])} ${String(how)}`,
        (ended.get(`${String(args[0])} ${String(how)}`) ?? 0) + 1,
      );
      await expectNothingLost(project, command.stdout + command.stderr, kill);
    }
  }

  let deployed: TerraformProject;
  beforeAll(async () => {
    if (!hasTerraform) return;
    deployed = await TerraformProject.make();
    await deployed.goOn();
  });
  afterAll(() => deployed.remove());

  it("deploy", { concurrent: true }, async () => {
    const project = await TerraformProject.make();
    await project.goOn();
    const anew = () => rm(project.statePath, { force: true });
    await tried(project, ["deploy", "staging", "--yes"], kills("deploy", 0.3, 7000), anew);
    await project.remove();
  });

  it("rollback, and promote until it asks the sites", { concurrent: true }, async () => {
    const first = deployed.start(["deploy", "staging", "--yes"]);
    const history = await deployed.untilWritten(".queueit-local/bundles/history/staging.json");
    first.child.kill("SIGTERM");
    await first.ended();
    const [bundle] = historySchema.parse(JSON.parse(history));
    const anew = () => rm(deployed.statePath, { force: true });
    const back = ["rollback", "staging", "--to", String(bundle?.sha256), "--yes"];
    await tried(deployed, back, kills("rollback", 0.15, 7000), anew);
    await tried(deployed, ["promote", "production", "--yes"], kills("promote", 0.15, 7000), () =>
      Promise.resolve(),
    );
    expect(
      await readFile(join(deployed.folder, ".queueit-local/bundles/history/staging.json"), "utf8"),
    ).toContain(bundle?.sha256);
  });
});
