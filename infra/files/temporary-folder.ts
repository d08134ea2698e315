import { randomUUID } from "node:crypto";
import { lstatSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UserError } from "../errors/user-error.ts";
import { fateOf, markOf, readMark } from "./process-mark.ts";

/** A folder that only this user can read, and that does not stay. */
export interface TemporaryFolder {
  readonly path: string;
  /** Keeps it, should this process be killed, until that one is gone, too. */
  readonly keepFor: (pid: number) => void;
  /** Removes it. Safe to call twice. */
  readonly remove: () => void;
}

/** Of those that hold the plans of Terraform, with every secret in clear. */
export const PLAN_FOLDER = "queueit-plan-";

/** Of those with what goes with a local Cloudflare, for example the values of its KV. */
export const LOCAL_CLOUDFLARE_FOLDER = "queueit-local-cloudflare-";

const PREFIXES = [
  PLAN_FOLDER,
  "queueit-export-",
  "queueit-output-",
  "queueit-promote-",
  "queueit-rollback-",
  "queueit-stack-",
  "queueit-worker-check-",
  LOCAL_CLOUDFLARE_FOLDER,
] as const;

export type TemporaryFolderPrefix = (typeof PREFIXES)[number];

const MARK = "used-by-";

/** In which a plan is over, wherever it runs. */
const DAY_MS = 24 * 60 * 60 * 1000;

const held = new Set<string>();

/**
 * Makes one. It goes along when this process ends; if it is killed, with the next `sweepTemporaryFolders`.
 */
export function makeTemporaryFolder(prefix: TemporaryFolderPrefix): TemporaryFolder {
  const path = makeMarked(prefix);
  if (held.size === 0) process.on("exit", removeHeld);
  held.add(path);
  const keepFor = (pid: number) => {
    markTemporaryFolder(path, pid);
  };
  return {
    path,
    keepFor,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
      held.delete(path);
      if (held.size === 0) process.off("exit", removeHeld);
    },
  };
}

/**
 * Keeps a folder of one of these names from being swept for as long as the process runs. Default: this one.
 */
export function markTemporaryFolder(path: string, pid = process.pid): void {
  writeFileSync(join(path, `${MARK}${randomUUID()}`), JSON.stringify(markOf(pid)), { mode: 0o600 });
}

/** Does something with one, and removes it. */
export async function inTemporaryFolder<T>(
  prefix: TemporaryFolderPrefix,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = makeTemporaryFolder(prefix);
  try {
    return await use(folder.path);
  } finally {
    folder.remove();
  }
}

/**
 * Removes what processes of this user that were killed have left in a folder. Default: the system's temporary one.
 *
 * @throws UserError when that cannot be read.
 */
export function sweepTemporaryFolders(root = tmpdir()): void {
  for (const name of namesIn(root)) {
    if (!PREFIXES.some((prefix) => name.startsWith(prefix))) continue;
    const path = join(root, name);
    // Another sweep may be removing it at this moment.
    if (isOurs(path) && isLeft(path)) rmSync(path, { recursive: true, force: true });
  }
}

function isOurs(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() === true && (process.geteuid === undefined || found.uid === process.geteuid());
}

function isLeft(path: string): boolean {
  try {
    const marks = readdirSync(path).filter((name) => name.startsWith(MARK));
    const fates = marks.map((name) => {
      const mark = readMark(readFileSync(join(path, name), "utf8"));
      return mark === undefined ? "unknown" : fateOf(mark);
    });
    if (fates.includes("runs")) return false;
    // Without a mark it is of another version, or is being made at this moment.
    const isCertain = fates.length > 0 && !fates.includes("unknown");
    return isCertain || Date.now() - lstatSync(path).mtimeMs > DAY_MS;
  } catch {
    return false;
  }
}

function removeHeld(): void {
  for (const path of held) rmSync(path, { recursive: true, force: true });
}

function makeMarked(prefix: string): string {
  let path: string | undefined;
  try {
    path = mkdtempSync(join(tmpdir(), prefix));
    markTemporaryFolder(path);
    return path;
  } catch (error) {
    // A full disk may take the folder, and nothing in it.
    if (path !== undefined) rmSync(path, { recursive: true, force: true });
    throw temporaryFolderRefused(error);
  }
}

function namesIn(root: string): readonly string[] {
  try {
    return readdirSync(root);
  } catch (error) {
    throw temporaryFolderRefused(error);
  }
}

/** The temporary directory takes nothing. @param error What the system said. */
export function temporaryFolderRefused(error: unknown): UserError {
  const reason = error instanceof Error ? error.message : String(error);
  return new UserError(
    "temporary-folder",
    `Nothing can be created in the temporary directory ${tmpdir()}: ${reason}. Free some space there, or ` +
      "name another directory in TMPDIR.",
  );
}
