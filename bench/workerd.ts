import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { BUNDLE_COMPATIBILITY_DATE } from "../infra/cloudflare/compatibility-date.ts";
import { CONFIGURATION_BINDING } from "../worker/deployment/variables.ts";
import { pin } from "./pin.ts";
import { sum } from "./statistics.ts";

export interface WorkerdOptions {
  /** The Worker: one ES module. */
  readonly code: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Host and port of what answers as the origin, and of what answers as KV. */
  readonly origin: string;
  readonly kv: string;
}

/** One workerd process with one Worker behind its own socket and nothing else. */
export class Workerd {
  private constructor(
    readonly port: number,
    readonly inspectorPort: number,
    readonly pid: number,
    readonly end: () => Promise<void>,
  ) {}

  /** Resolves when the Worker listens. */
  static async start(options: WorkerdOptions): Promise<Workerd> {
    const directory = await mkdtemp(join(tmpdir(), "queueit-bench-"));
    await writeFile(join(directory, "worker.mjs"), options.code);
    await writeFile(join(directory, "config.capnp"), configurationText(options));
    const child = spawn(
      workerdPath(),
      ["serve", join(directory, "config.capnp"), "--control-fd=3", "--inspector-addr=127.0.0.1:0"],
      { stdio: ["ignore", "ignore", "inherit", "pipe"] },
    );
    const end = async (): Promise<void> => {
      if (child.exitCode === null && child.kill("SIGKILL")) await once(child, "exit");
      await rm(directory, { recursive: true });
    };
    try {
      const { http, inspector } = await listeningPorts(child);
      pin(child.pid ?? 0, "of the Workers");
      return new Workerd(http, inspector, child.pid ?? 0, end);
    } catch (error) {
      await end();
      throw error;
    }
  }

  /**
   * Processor time of all threads so far, in microseconds. The scheduler's own account has nanoseconds; where
   * the kernel does not show it, utime + stime have ticks of 10 ms.
   */
  cpuMicroseconds(): number {
    const tasks = readdirSync(`/proc/${this.pid}/task`);
    if (!existsSync(`/proc/${this.pid}/sched`)) return ticksOf(this.pid) * 10_000;
    return sum(tasks.map((task) => runtimeOf(`/proc/${this.pid}/task/${task}/sched`)));
  }
}

function configurationText({ variables, origin, kv }: WorkerdOptions): string {
  const text = JSON.stringify;
  const bindings = Object.entries(variables).map(
    ([name, value]) => `(name = ${text(name)}, text = ${text(value)})`,
  );
  bindings.push(`(name = ${text(CONFIGURATION_BINDING)}, kvNamespace = "kv")`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      modules = [(name = "worker.mjs", esModule = embed "worker.mjs")],
      compatibilityDate = ${text(BUNDLE_COMPATIBILITY_DATE)},
      compatibilityFlags = ["nodejs_compat"],
      bindings = [${bindings.join(", ")}],
      globalOutbound = "origin",
    )),
    (name = "origin", external = (address = ${text(origin)}, http = ())),
    (name = "kv", external = (address = ${text(kv)}, http = ())),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);
`;
}

function workerdPath(): string {
  const require = createRequire(createRequire(import.meta.url).resolve("miniflare"));
  const { default: path } = require("workerd") as { default: string };
  return path;
}

async function listeningPorts(child: ChildProcess): Promise<{ http: number; inspector: number }> {
  const control = child.stdio[3] as Readable;
  let text = "";
  const exited = once(child, "exit").then(() =>
    Promise.reject(new Error("workerd ended before it listened.")),
  );
  const ports = (async () => {
    for await (const chunk of control) {
      text += String(chunk);
      const inspector = /"listen-inspector","port":(\d+)/.exec(text)?.[1];
      const http = /"listen","socket":"http","port":(\d+)/.exec(text)?.[1];
      if (inspector !== undefined && http !== undefined)
        return { http: Number(http), inspector: Number(inspector) };
    }
    throw new Error(`workerd said on its control channel: ${text}`);
  })();
  exited.catch(() => undefined);
  return Promise.race([ports, exited]);
}

function runtimeOf(path: string): number {
  const milliseconds = /^se\.sum_exec_runtime\s*:\s*([\d.]+)/m.exec(readFileSync(path, "utf8"))?.[1];
  return Number(milliseconds) * 1000;
}

function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[11]) + Number(fields[12]);
}
