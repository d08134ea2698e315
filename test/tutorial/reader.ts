import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { edited, type TutorialStep } from "./tutorial.ts";

export interface ReaderOptions {
  /** What npm packed: nobody finds this version in a registry. */
  readonly tarball: string;
  /** Environment variables of the first terminal. */
  readonly variables: Readonly<Record<string, string>>;
}

/** A command that asks, with the option that answers yes. */
function withAnswer(command: string): string {
  const [, destroyed] = /^npx queueit-cf destroy (\S+)$/.exec(command) ?? [];
  if (destroyed !== undefined) return `${command} --yes ${destroyed}`;
  const asks = /^npx queueit-cf (?:init|deploy|promote|github workflows)\b/.test(command);
  return asks ? `${command} --yes` : command;
}

/** Somebody who follows the tutorial in a folder of their own, with a shell. */
export class Reader {
  #variables: Readonly<Record<string, string>>;
  #second: ChildProcess | undefined;
  /** Port of the sites, as the second terminal said. */
  #port = "8787";

  private constructor(
    private folder: string,
    private readonly tarball: string,
    variables: Readonly<Record<string, string>>,
  ) {
    this.#variables = variables;
  }

  static async arrive({ tarball, variables }: ReaderOptions): Promise<Reader> {
    return new Reader(await mkdtemp(join(tmpdir(), "test-tutorial-")), tarball, {
      COLUMNS: "1000",
      ...variables,
    });
  }

  get project(): string {
    return this.folder;
  }

  /** Takes over what the second terminal printed. */
  paste(variables: Readonly<Record<string, string>>): void {
    this.#variables = { ...this.#variables, ...variables };
    this.#port = new URL(variables["QUEUEIT_LOCAL_EDGE"] ?? "http://localhost:8787").port;
  }

  /** Does a step. @throws Error where a command fails, or does not print what the page says. */
  async follow(step: TutorialStep): Promise<void> {
    if (step.kind === "edit") {
      const path = join(this.folder, step.path);
      await writeFile(path, edited(await readFile(path, "utf8"), step));
      return;
    }
    const outputs: string[] = [];
    for (const line of step.lines) outputs.push(await this.#run(this.#asTyped(line)));
    const output = outputs.join("\n");
    const missing = step.expected.filter((line) => !output.includes(line));
    if (missing.length > 0)
      throw new Error(`It does not print:\n${missing.join("\n")}\n\nIt prints:\n${output}`);
  }

  /** Starts what stays in a second terminal, and gives the variables that it says to paste. */
  async startInSecondTerminal(command: string): Promise<Readonly<Record<string, string>>> {
    // A group of its own, as a terminal makes: Ctrl-C reaches npx and what it starts.
    const options = { cwd: this.folder, env: this.#variables, detached: true };
    const child = spawn("sh", ["-c", command], options);
    this.#second = child;
    let text = "";
    child.stdout.setEncoding("utf8");
    for await (const part of child.stdout as AsyncIterable<string>) {
      text += part;
      if (text.includes("Press Ctrl-C")) break;
    }
    return Object.fromEntries(
      [...text.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name = "", value = ""]) => [name, value]),
    );
  }

  async close(): Promise<void> {
    const child = this.#second;
    if (child?.pid === undefined || child.exitCode !== null) return;
    const end = once(child, "exit");
    process.kill(-child.pid, "SIGINT");
    await end;
  }

  #asTyped(line: string): string {
    const packed = line.replace(/ queueit-cloudflare$/, ` --prefer-offline --no-audit ${this.tarball}`);
    const here = packed.replace(":8787/", `:${this.#port}/`);
    return withAnswer(here);
  }

  /** Runs one line; `cd` is remembered, as a shell does. */
  async #run(line: string): Promise<string> {
    const script = `${line}\nstatus=$?; pwd >&3; exit $status`;
    const child = spawn("sh", ["-c", script], {
      cwd: this.folder,
      env: this.#variables,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    const [stdout, stderr, folder] = [1, 2, 3].map((index) => textOf(child, index));
    const [code] = (await once(child, "close")) as [number];
    const output = `${stdout?.() ?? ""}${stderr?.() ?? ""}`;
    if (code !== 0) throw new Error(`${line}\nended with ${code}:\n${output}`);
    this.folder = folder?.().trim() ?? this.folder;
    return output;
  }
}

function textOf(child: ChildProcess, index: number): () => string {
  let text = "";
  child.stdio[index]?.on("data", (part: Buffer) => (text += part.toString()));
  return () => text;
}
