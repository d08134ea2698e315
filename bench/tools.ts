import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { largePlan } from "./large-plan.ts";
import { type Spread, spreadOf } from "./statistics.ts";

/** How long one tool takes, as the person who starts it sees it. */
export interface ToolTime {
  readonly tool: string;
  readonly seconds: Spread;
}

interface Tool {
  readonly name: string;
  readonly command: readonly string[];
  /** What it says when it is ready; without it the end of the command counts. */
  readonly readyAt?: string;
  readonly rounds: number;
}

const PROJECT = fileURLToPath(new URL("..", import.meta.url));

/** Measures the tools whose name fits, one after the other. */
export async function measureTools(only: RegExp): Promise<readonly ToolTime[]> {
  const folder = await mkdtemp(join(tmpdir(), "queueit-bench-"));
  try {
    const plan = largePlan();
    await writeFile(join(folder, "plan.json"), plan);
    const times: ToolTime[] = [];
    for (const tool of toolsIn(folder, plan.length).filter(({ name }) => only.test(name))) {
      const seconds: number[] = [];
      for (let round = 0; round < tool.rounds; round++) seconds.push(await secondsOf(tool));
      times.push({ tool: tool.name, seconds: spreadOf(seconds) });
      console.error(`${tool.name}: ${times.at(-1)?.seconds.median} s`);
    }
    return times;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function toolsIn(folder: string, planLength: number): readonly Tool[] {
  const cli = [process.execPath, "infra/queueit-cf.mjs"];
  const phase = (name: string): Tool => ({
    name: `npm test: ${name}`,
    command: ["npm", "run", name],
    rounds: 1,
  });
  return [
    {
      name: "preview, until it is ready",
      command: [...cli, "preview", "--port", "0"],
      readyAt: "ready in",
      rounds: 5,
    },
    {
      name: "synth of all environments",
      command: ["node_modules/.bin/cdktf", "synth", "--output", join(folder, "synth")],
      rounds: 5,
    },
    {
      name: `report of a plan of ${(planLength / 1e6).toFixed(1)} MB`,
      command: [...cli, "report", join(folder, "plan.json")],
      rounds: 5,
    },
    ...["check:lint", "check:format", "check:types", "unit"].map(phase),
  ];
}

async function secondsOf({ name, command, readyAt }: Tool): Promise<number> {
  const [file = "", ...parameters] = command;
  const start = performance.now();
  const child = spawn(file, parameters, { cwd: PROJECT, stdio: ["ignore", "pipe", "ignore"] });
  const exited = once(child, "exit") as Promise<[number | null]>;
  let ready: number | undefined;
  let text = "";
  for await (const chunk of child.stdout) {
    if (readyAt === undefined || ready !== undefined) continue;
    text += String(chunk);
    if (!text.includes(readyAt)) continue;
    ready = performance.now();
    // It says so before it listens to the signal that ends it.
    setTimeout(() => child.kill("SIGINT"), 1000);
  }
  const [code] = await exited;
  if (readyAt === undefined ? code !== 0 : ready === undefined) throw new Error(`"${name}" failed.`);
  return ((ready ?? performance.now()) - start) / 1000;
}
