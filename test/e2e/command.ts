import { spawn } from "node:child_process";

export interface CommandResult {
  readonly code: number;
  /** What it wrote to both streams, as it came. */
  readonly output: string;
  readonly stdout: string;
}

/** Runs a command to its end. Its input is empty, so that a question fails instead of waiting for ever. */
export function runCommand(
  file: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      resolve({ code: code ?? 1, output, stdout });
    });
  });
}
