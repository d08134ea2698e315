import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { projectRoot } from "../files/project-root.ts";
import { readConfigurationFile } from "../queue-it/configuration-file.ts";
import { fingerprint } from "./push/pulled-note.ts";

/** One commit that changed a file with an integration configuration. */
export interface FileVersion {
  readonly commit: string;
  /** As git writes it, ISO 8601. */
  readonly date: string;
  readonly author: string;
  readonly subject: string;
  /** Undefined where the file was no configuration that the Worker accepts. */
  readonly version: number | undefined;
  readonly actions: number | undefined;
  readonly fingerprint: string | undefined;
}

const run = promisify(execFile);
const TIMEOUT_MS = 10_000;
/** More than anybody looks back. */
const MOST_COMMITS = 50;

/**
 * What git knows of a file, newest first; a text says why it knows nothing.
 *
 * @param path Relative to the root.
 * @param root Of the project. Default: this one.
 */
export async function historyOf(
  path: string,
  root = projectRoot(),
): Promise<readonly FileVersion[] | string> {
  let log: string;
  try {
    const format = "--format=%H%x1f%cI%x1f%an%x1f%s";
    log = await git(root, "log", `--max-count=${MOST_COMMITS}`, format, "--", path);
  } catch {
    return "git does not know this folder";
  }
  const commits = log.split("\n").filter((line) => line !== "");
  if (commits.length === 0) return `git has no commit of ${path}`;
  return Promise.all(commits.map((line) => versionIn(line, path, root)));
}

async function versionIn(line: string, path: string, root: string): Promise<FileVersion> {
  const [commit = "", date = "", author = "", subject = ""] = line.split("\x1f");
  const text = await git(root, "show", `${commit}:./${path}`).catch(() => "");
  const file = readConfigurationFile(text);
  return {
    commit,
    date,
    author,
    subject,
    version: file.ok ? file.configuration.Version : undefined,
    actions: file.ok ? (file.configuration.Integrations?.length ?? 0) : undefined,
    fingerprint: file.ok ? fingerprint(file) : undefined,
  };
}

async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  const options = { cwd, timeout: TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 };
  return (await run("git", [...args], options)).stdout;
}
