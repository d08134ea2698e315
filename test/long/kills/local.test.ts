import { spawn } from "node:child_process";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { PROJECT_ROOT } from "../../../infra/files/project-root.ts";
import { sweepTemporaryFolders } from "../../../infra/files/temporary-folder.ts";
import { openStateFolder } from "../../../infra/local/state/state-folder.ts";
import { newFolder } from "../../support/new-folder.ts";
import { Running } from "../../infra/commands/terraform-project.ts";
import { end, untilAllEnded } from "./killed.ts";
import { type Kill, kills } from "./moments.ts";

const readySchema = z.object({ variables: z.record(z.string(), z.string()) });

/** Starts a command with a temporary directory of its own. */
function start(args: readonly string[], temporary: string): Running {
  const env = { ...process.env, TMPDIR: temporary };
  const options = { cwd: PROJECT_ROOT, env, stdio: ["ignore", "pipe", "pipe"] as ["ignore", "pipe", "pipe"] };
  return new Running(spawn(process.execPath, ["infra/queueit-cf.mjs", ...args], options));
}

async function untilReadyOrEnded(local: Running): Promise<void> {
  const said = new Promise((resolve) => local.child.stdout?.once("data", resolve));
  await Promise.race([said, local.ended()]);
}

/** Makes one namespace after the other, as fast as they are answered. @returns The titles of those that were. */
async function changeWhileItRuns(local: Running, prefix: string): Promise<readonly string[]> {
  const made: string[] = [];
  await untilReadyOrEnded(local);
  if (!local.stdout.includes("\n")) return made;
  const ready = readySchema.safeParse(JSON.parse(local.stdout.split("\n", 1)[0] ?? ""));
  // What ends it before it is ready is said as JSON, too.
  if (!ready.success) return made;
  const {
    CLOUDFLARE_BASE_URL: base,
    CLOUDFLARE_ACCOUNT_ID: account,
    CLOUDFLARE_API_TOKEN: token,
  } = ready.data.variables;
  for (;;) {
    const title = `${prefix}-${made.length}`;
    try {
      const response = await fetch(`${base}/accounts/${account}/storage/kv/namespaces`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ title }),
      });
      if (response.status !== 200) return made;
      await response.text();
      made.push(title);
    } catch {
      return made;
    }
  }
}

/** As early after the start of its answers as the kill is after the start of the command, at ten times the pace. */
function soon(kill: Kill): Kill {
  return { ...kill, after: kill.after / 10 };
}

describe("a local Cloudflare that is ended at any moment", () => {
  const counts = { local: 0, made: 0, preview: 0 };
  afterAll(() => {
    console.log(
      `Kills: local ${counts.local} (${counts.made} changes acknowledged), preview ${counts.preview}`,
    );
  });

  async function expectNothingLeft(temporary: string, context: string): Promise<void> {
    await untilAllEnded(temporary);
    // As the next command does.
    sweepTemporaryFolders(temporary);
    const left = (await readdir(temporary)).filter((name) => !/^(?:tsx-\d+|node-compile-cache)$/.test(name));
    expect(left, context).toEqual([]);
  }

  it("local --state keeps every change that it answered", { concurrent: true }, async () => {
    const root = await newFolder();
    const temporary = join(root, "tmp");
    const state = join(root, "account");
    await mkdir(temporary);
    const all = new Set<string>();
    for (const [index, kill] of kills("local", 0.25, 15_000).entries()) {
      const local = start(["local", "--state", state, "--port", "0", "--api-port", "0", "--json"], temporary);
      // Every other one while it answers, the others also while it starts.
      const ending =
        index % 2 === 0 ? end(local, kill) : untilReadyOrEnded(local).then(() => end(local, soon(kill)));
      const [made] = await Promise.all([changeWhileItRuns(local, `run-${index}`), ending]);
      counts.local += 1;
      counts.made += made.length;
      const context = `${JSON.stringify(kill)}\n${local.stderr}`;
      for (const title of made) all.add(title);
      await expectNothingLeft(temporary, context);
      const opened = await openStateFolder(state);
      const titles = opened.held()?.contents.namespaces.map(({ title }) => title) ?? [];
      await opened.close();
      expect(titles, context).toEqual(expect.arrayContaining([...all]));
      expect(titles.length, context).toBeLessThanOrEqual(all.size + index + 1);
    }
    // Fewer may all have come before it was ready.
    if (counts.local >= 10) expect(counts.made).toBeGreaterThan(0);
  });

  it("preview leaves nothing behind", { concurrent: true }, async () => {
    const temporary = join(await newFolder(), "tmp");
    await mkdir(temporary);
    for (const kill of kills("preview", 0.15, 8000)) {
      const preview = start(["preview", "--port", "0"], temporary);
      await end(preview, kill);
      counts.preview += 1;
      await expectNothingLeft(temporary, `${JSON.stringify(kill)}\n${preview.stderr}`);
    }
  });
});
