import { type ChildProcess, spawn } from "node:child_process";
import { closeSync } from "node:fs";
import { type Interruption, onInterruption } from "../console/interruption.ts";
import { withOwnVariables } from "../console/child-variables.ts";
import { withPrivateFiles } from "../files/private-files.ts";
import { captureOutput } from "./captured-output.ts";

export interface ProcessOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /**
   * Gets each line of the standard output as it comes.
   * @default nobody
   */
  readonly onLine?: (line: string) => void;
  /**
   * Gets the number of the process as soon as it runs.
   * @default nobody
   */
  readonly onStart?: (pid: number) => void;
  /**
   * Called each time this process is asked to end meanwhile.
   * @default nobody
   */
  readonly onInterruption?: (by: Interruption, times: number) => void;
  /**
   * Whether the program ends by itself, however often this process is asked to end: it changes something, or
   * holds a lock. Any other is ended for good the second time.
   * @default false
   */
  readonly isLeftAlone?: boolean;
  /**
   * Whether only this user may read the files that the program makes.
   * @default false
   */
  readonly makesPrivateFiles?: boolean;
}

export interface ProcessResult {
  /** 1 where a signal ended it. */
  readonly code: number;
  /** The signal that ended it, also where a shell around it says so. */
  readonly signal: string | undefined;
  /** What it wrote to both streams, the standard output first. */
  readonly output: string;
  readonly stdout: string;
  readonly stderr: string;
  /** How this process was asked to end meanwhile. The program may have gone on all the same. */
  readonly interruptedBy: Interruption | undefined;
}

/**
 * Runs a program to its end. Its input is empty, so that a question fails instead of waiting for ever.
 *
 * Nothing that happens to this process ends the program, not even its death. It has a session of its own, so
 * that no terminal reaches it: Terraform takes a second Ctrl-C as "at once", and a closed terminal as the
 * end. Its output goes to files, since Terraform dies of a pipe that nobody reads. When this process is asked
 * to end, the program is told so once, and its end is waited for: Terraform then writes its state and gives
 * its lock back.
 *
 * @throws Error with code ENOENT when there is no such program.
 */
export function runProcess(
  file: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<ProcessResult> {
  const { cwd, env, onLine, onStart, isLeftAlone = false, makesPrivateFiles = false } = options;
  return new Promise((resolve, reject) => {
    const stdout = captureOutput(onLine);
    const stderr = captureOutput();
    const stdio = ["ignore", stdout.descriptor, stderr.descriptor] as const;
    const start = () =>
      withOwnVariables(() => spawn(file, args, { cwd, env, stdio: [...stdio], detached: true }));
    const child = makesPrivateFiles ? withPrivateFiles(start) : start();
    closeSync(stdout.descriptor);
    closeSync(stderr.descriptor);
    let interruptedBy: Interruption | undefined;
    let times = 0;
    const stopListening = onInterruption((by) => {
      interruptedBy ??= by;
      times++;
      if (times === 1) signalGroup(child, "SIGINT");
      else if (!isLeftAlone) signalGroup(child, "SIGKILL");
      options.onInterruption?.(by, times);
    });
    child.once("spawn", () => child.pid !== undefined && onStart?.(child.pid));
    child.once("error", (error) => {
      stopListening();
      stdout.end();
      stderr.end();
      reject(error);
    });
    // Not "close": nothing of its streams is ours.
    child.once("exit", (code, ended) => {
      const signal = ended ?? signalIn(code);
      // What it started, such as Terraform's providers, would stay. Terraform itself, behind a shell, ends in
      // order.
      if (signal !== undefined) signalGroup(child, "SIGTERM");
      stopListening();
      const [out, err] = [stdout.end(), stderr.end()];
      resolve({ code: code ?? 1, signal, output: out + err, stdout: out, stderr: err, interruptedBy });
    });
  });
}

/** As a terminal does: a shell around Terraform does not pass on what it gets alone. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // Nothing of it is left.
  }
}

const BY_NUMBER: Readonly<Record<number, string>> = {
  1: "SIGHUP",
  2: "SIGINT",
  6: "SIGABRT",
  9: "SIGKILL",
  11: "SIGSEGV",
  13: "SIGPIPE",
  15: "SIGTERM",
};

/** A shell that waited for a program that a signal ended says so in its own exit code. */
function signalIn(code: number | null): string | undefined {
  return code === null ? undefined : BY_NUMBER[code - 128];
}
