import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  statSync,
  writeSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { join } from "node:path";
import pRetry from "p-retry";
import { UserError } from "../errors/user-error.ts";
import { isAlive } from "./is-alive.ts";

export const LOCK_FILE = "lock";

/** Who has a folder, in words, and the file that says so. */
export interface Holder {
  readonly holder: string;
  readonly lock: string;
  /** When it was locked, by the clock of its holder; undefined while its holder is about to write that down. */
  readonly since: string | undefined;
}

/** A folder that nobody else has. */
export interface FolderLock {
  /**
   * The open file that carries the lock. A process that inherits it keeps the folder locked until it has
   * ended, too.
   */
  readonly descriptor: number;
  readonly release: () => Promise<void>;
}

/**
 * Keeps everybody else out of a folder until it is released, or this process and every one that inherited the
 * descriptor are gone. The lock is the kernel's own, on a file in the folder: it ends with its holders
 * however they end, and holds between containers that share the folder. What a lock file says is for people
 * only.
 *
 * It does not hold between machines on a network file system that keeps locks to each machine (NFS with
 * `nolock`).
 *
 * @param locked The error to throw when another has it.
 * @throws UserError `locks-unavailable` where this system has no such locks.
 */
export async function lockFolder(folder: string, locked: (by: Holder) => Error): Promise<FolderLock> {
  const tryLock = await loadTryLock();
  const lock = join(folder, LOCK_FILE);
  for (;;) {
    const descriptor = openSync(lock, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
    try {
      const refusal = () => {
        const by = signature(descriptor);
        return locked({ holder: inWords(by), lock, since: by?.since });
      };
      if (!(await isTaken(descriptor, tryLock))) throw refusal();
      // Otherwise who had it removed it, between the opening and the locking.
      if (isStillAt(lock, descriptor)) {
        sign(descriptor);
        return { descriptor, release: () => release(lock, descriptor) };
      }
      closeSync(descriptor);
    } catch (error) {
      closeSync(descriptor);
      throw error;
    }
  }
}

type TryLock = (descriptor: number) => boolean;

async function loadTryLock(): Promise<TryLock> {
  try {
    return (await import("fs-native-extensions")).tryLock;
  } catch {
    throw new UserError(
      "locks-unavailable",
      `The package fs-native-extensions, which locks folders, does not run on this system (${process.platform}, ` +
        `${process.arch}). Run "npm install"; if that does not help, use Linux with glibc, macOS or Windows.`,
    );
  }
}

/**
 * Waits where the process that had it is dead: the ones it has started are about to end, and hold it until
 * then.
 */
async function isTaken(descriptor: number, tryLock: TryLock): Promise<boolean> {
  const attempt = () => {
    if (tryLock(descriptor)) return true;
    const by = signature(descriptor);
    if (by?.host === hostname() && !isAlive(by.pid)) throw new Error("The process that holds it is ending.");
    return false;
  };
  return await pRetry(attempt, { retries: 40, factor: 1, minTimeout: 50 }).catch(() => false);
}

/** While it is locked: afterwards the name may lead to somebody else's. */
async function release(lock: string, descriptor: number): Promise<void> {
  await rm(lock, { force: true });
  closeSync(descriptor);
}

function isStillAt(lock: string, descriptor: number): boolean {
  const mine = fstatSync(descriptor);
  const there = statSync(lock, { throwIfNoEntry: false });
  return there?.ino === mine.ino && there.dev === mine.dev;
}

interface Signature {
  readonly pid: number;
  readonly host: string;
  readonly since?: string | undefined;
  readonly user?: string | undefined;
}

function sign(descriptor: number): void {
  ftruncateSync(descriptor);
  writeSync(descriptor, `${process.pid} ${hostname()} ${new Date().toISOString()} ${userName()}\n`, 0);
}

/** A user of a container may have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return "";
  }
}

/** Undefined while its holder is about to sign. */
function signature(descriptor: number): Signature | undefined {
  const bytes = Buffer.alloc(400);
  const text = bytes.toString("utf8", 0, readSync(descriptor, bytes, 0, bytes.length, 0));
  const [, pid, host, since, user] = SIGNATURE.exec(text) ?? [];
  return pid === undefined || host === undefined ? undefined : { pid: Number(pid), host, since, user };
}

/** Earlier versions wrote the process and the host alone. */
const SIGNATURE = /^(\d{1,10}) ([\w.-]{1,255})(?: ([\d:.TZ-]{20,30}) ([\w.@+-]{0,64}))?\n$/;

function inWords(by: Signature | undefined): string {
  if (by === undefined) return "Another process";
  const place = by.host === hostname() ? "" : ` on ${by.host}`;
  const user = by.user === undefined || by.user === "" ? "" : ` of ${by.user}`;
  return `The process ${by.pid}${user}${place}`;
}
