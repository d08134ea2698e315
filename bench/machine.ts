import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem, type } from "node:os";
import { createRequire } from "node:module";

/** Where numbers come from: without it they mean nothing. */
export interface Machine {
  readonly date: string;
  readonly commit: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGibibytes: number;
  readonly system: string;
  readonly node: string;
  readonly workerd: string;
  /** Processes that wanted a core, averaged over a minute, before the run. */
  readonly loadBefore: number;
}

export function describeMachine(): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim(),
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGibibytes: Math.round(totalmem() / 1024 ** 3),
    system: `${type()} ${release()}`,
    node: process.version,
    workerd: workerdVersion(),
    loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

function workerdVersion(): string {
  const require = createRequire(createRequire(import.meta.url).resolve("miniflare"));
  const text = readFileSync(require.resolve("workerd/package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
