import { execFile } from "node:child_process";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { useProject } from "../../../infra/files/project-root.ts";
import { main } from "../../../infra/cli.ts";
import { installedPackage } from "../../support/installed-package.ts";

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Lines stay whole, so that tests find their words; how they are broken is a matter of tests of its own. */
const UNBROKEN = { COLUMNS: "100000" };

/**
 * Runs `queueit-cf` in a process of its own, as somebody does who has installed it, without a terminal. Its
 * project is this one.
 */
export async function startQueueitCf(...args: readonly string[]): Promise<Ran> {
  const { command } = await installedPackage();
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [command, ...args],
      { cwd: PACKAGE_ROOT, env: { ...process.env, ...UNBROKEN } },
      (_error, stdout, stderr) => {
        const ran = { code: child.exitCode ?? -1, stdout, stderr };
        requireFormats(args, ran).then(() => {
          resolve(ran);
        }, reject);
      },
    );
  });
}

let last: Promise<unknown> = Promise.resolve();

/** Runs a command of `queueit-cf` in this process: a fraction of the time. One after the other. */
export function queueitCf(...args: readonly string[]): Promise<Ran> {
  return runIn({ ...process.env }, ...args);
}

/** What a command prints for programs has one of the committed formats, whatever else a test looks at. */
async function requireFormats(args: readonly string[], { stdout }: Ran): Promise<void> {
  const end = args.indexOf("--");
  if (!args.slice(0, end < 0 ? undefined : end).includes("--json") || stdout === "") return;
  const { faultsInOutput } = await import("../formats/validator.ts");
  const faults = faultsInOutput(stdout);
  if (faults.length > 0) throw new Error(`${args.join(" ")} --json:\n${faults.join("\n")}`);
}

async function captured(run: () => Promise<void>): Promise<Ran> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const restore = [replaceWrite(process.stdout, stdout), replaceWrite(process.stderr, stderr)];
  const exitCode = process.exitCode;
  process.exitCode = 0;
  try {
    await run();
    return { code: Number(process.exitCode), stdout: stdout.join(""), stderr: stderr.join("") };
  } finally {
    process.exitCode = exitCode;
    for (const undo of restore) undo();
  }
}

function replaceWrite(stream: NodeJS.WriteStream, written: string[]): () => void {
  const write = stream.write.bind(stream);
  stream.write = (text: string | Uint8Array) => {
    written.push(typeof text === "string" ? text : Buffer.from(text).toString());
    return true;
  };
  return () => {
    stream.write = write;
  };
}

/** Runs a command of `queueit-cf` in this process with these environment variables and no others. */
export function runIn(
  variables: Readonly<Record<string, string | undefined>>,
  ...args: readonly string[]
): Promise<Ran> {
  const ran = last.then(async () => {
    const before = { ...process.env };
    replaceVariables({ ...UNBROKEN, ...variables });
    try {
      const result = await captured(() => main(["node", "queueit-cf", ...args]));
      await requireFormats(args, result);
      return result;
    } finally {
      replaceVariables(before);
      // Tests of other files, which this process runs next, are about this checkout.
      useProject(undefined);
    }
  });
  last = ran;
  return ran;
}

function replaceVariables(variables: Readonly<Record<string, string | undefined>>): void {
  for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, variables);
}
