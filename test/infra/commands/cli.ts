import { execFile } from "node:child_process";
import { PROJECT_ROOT } from "../../../infra/bundle.ts";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `queueit-cf` as a user does, without a terminal. */
export function queueitCf(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { cwd: PROJECT_ROOT, env: { ...process.env, NO_COLOR: "1" } };
    const child = execFile("node", ["infra/queueit-cf.mjs", ...args], options, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });
}
