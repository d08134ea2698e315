import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface ProcessOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /**
   * Gets each line of the standard output as it comes.
   * @default nobody
   */
  readonly onLine?: (line: string) => void;
}

export interface ProcessResult {
  readonly code: number;
  /** What it wrote to both streams, as it came. */
  readonly output: string;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether this process was asked to end meanwhile. The program may have gone on all the same. */
  readonly interrupted: boolean;
}

/**
 * Runs a program to its end. Its input is empty, so that a question fails instead of waiting for ever.
 *
 * When this process is asked to end, the program is told so, and its end is waited for: Terraform then gives its state
 * lock back. It has a process group of its own, because it takes a second Ctrl-C of the terminal as "at once".
 *
 * @throws Error with code ENOENT when there is no such program.
 */
export function runProcess(
  file: string,
  args: readonly string[],
  { cwd, env, onLine }: ProcessOptions,
): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    let interrupted = false;
    const stopForwarding = forwardSignals((signal) => {
      interrupted = true;
      child.kill(signal);
    });
    let output = "";
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      stderr += text;
    });
    if (onLine !== undefined) createInterface(child.stdout).on("line", onLine);
    child.once("error", (error) => {
      stopForwarding();
      reject(error);
    });
    child.once("close", (code) => {
      stopForwarding();
      resolve({ code: code ?? 1, output, stdout, stderr, interrupted });
    });
  });
}

let running = 0;

/** How many programs run at this moment. */
export function runningProcesses(): number {
  return running;
}

function forwardSignals(forward: (signal: NodeJS.Signals) => void): () => void {
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.on(signal, forward);
  running++;
  return () => {
    for (const signal of signals) process.off(signal, forward);
    running--;
  };
}
