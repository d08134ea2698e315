import { existsSync, readFileSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { z } from "zod";
import { sweepTemporaryFolders } from "../../../infra/files/temporary-folder.ts";
import type { TerraformProject } from "../../infra/commands/terraform-project.ts";
import { untilAllEnded } from "./killed.ts";
import type { Kill } from "./moments.ts";

const historySchema = z.array(z.object({ sha256: z.string() }));

/** Neither in the arguments of a process, which every user of the machine can read, nor in what is said. */
export function expectNoSecret(texts: readonly string[], secrets: readonly string[]): void {
  const forms = secrets.flatMap((secret) => {
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

/** What tools keep for themselves: compiled code of Node and tsx, without anything of ours. */
const OF_TOOLS = /^(?:tsx-\d+|node-compile-cache)$/;

/** Nothing that a command started runs, and the next command leaves nothing of it in its temporary directory. */
export async function expectNothingLeft(temporary: string, context: string): Promise<void> {
  await untilAllEnded(temporary);
  // As the next command does.
  sweepTemporaryFolders(temporary);
  expect(
    readdirSync(temporary).filter((name) => !OF_TOOLS.test(name)),
    context,
  ).toEqual([]);
}

/** Every object that a command said is done. */
function objects(said: string, done: "Creation" | "Destruction"): readonly string[] {
  return [...said.matchAll(new RegExp(`terraform_data\\.(\\w+): ${done} complete`, "g"))].map(
    ([, name = ""]) => name,
  );
}

async function stateOf(project: TerraformProject, environment: string): Promise<readonly string[]> {
  const path = project.statePathOf(environment);
  if (!existsSync(path) || (await readFile(path, "utf8")) === "") return [];
  return await project.state(environment);
}

export async function historyOf(project: TerraformProject, environment: string): Promise<readonly string[]> {
  const path = join(project.folder, `.queueit-local/bundles/history/${environment}.json`);
  if (!existsSync(path)) return [];
  return historySchema.parse(JSON.parse(await readFile(path, "utf8"))).map(({ sha256 }) => sha256);
}

/** What is true after a command that changes an environment was ended. */
export async function expectNothingLost(
  project: TerraformProject,
  environment: string,
  said: string,
  kill: Kill,
): Promise<void> {
  const context = `${JSON.stringify(kill)}\n${said}`;
  await untilAllEnded(join(project.folder, ".."));
  const state = await stateOf(project, environment);
  expect(state, context).toEqual(expect.arrayContaining([...objects(said, "Creation")]));
  for (const gone of objects(said, "Destruction")) expect(state, context).not.toContain(gone);
  const [, deployed] = /is deployed: bundle ([0-9a-f]{64})/.exec(said) ?? [];
  if (deployed !== undefined) expect(await historyOf(project, environment), context).toContain(deployed);
  // Nobody says yes: it plans with the lock, and changes nothing.
  const next = await project.queueitCf("deploy", environment);
  const isRight = /Nothing to change|no terminal for the question.*--yes/s.test(next.stdout + next.stderr);
  expect(isRight, `${context}\nThe next run: ${next.stdout}${next.stderr}`).toBe(true);
  // Where it was done to its end, so that a rollback finds it.
  if (next.stderr.includes("Nothing to change"))
    expect(await historyOf(project, environment), context).not.toEqual([]);
  expect(await project.left(), context).toEqual([]);
  expect(leftLocks(project), context).toEqual([]);
}

/** Terraform's own. Ours are the kernel's: what their files say after a kill holds nobody up. */
function leftLocks(project: TerraformProject): readonly string[] {
  const folder = join(project.folder, ".queueit-local");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".lock.info"))
    .map((name) => `${name}: ${readFileSync(join(folder, name), "utf8")}`);
}

/** Ctrl-C at the very start comes before the program can listen; after that it always says something. */
export function expectToHaveSaid(kill: Kill, said: string): void {
  if (kill.signal === "SIGKILL" || said === "") return;
  expect(said, JSON.stringify(kill)).toMatch(
    /Ended by SIG(?:INT|TERM|HUP)|went on|failed halfway|Nothing was changed|Nothing to change|is deployed|✓|error/i,
  );
}
