import { readFile, readdir, realpath, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UserError } from "../../errors/user-error.ts";
import { UNFINISHED, type WriteMoment, writeDurably } from "../../files/durable-write.ts";
import { type FolderLock, type Holder, LOCK_FILE, lockFolder } from "../../files/folder-lock.ts";
import { makeFolder } from "../../files/make-folder.ts";
import { systemReason } from "../../files/system-refusal.ts";
import { assertOwnFolder, closeToOthers } from "./own-folder.ts";
import { type OutsideTexts, sha256Of } from "./outside-texts.ts";
import { type LocalState, readState, writeState } from "./state-file.ts";

/** Where an account is kept between runs. This process alone has it, until it is closed. */
export interface StateFolder {
  /** What is on the disk: what an earlier run left, or the last that was saved. Undefined in a new folder. */
  readonly held: () => LocalState | undefined;
  /** Folder of the KV values, which the runtime keeps itself. */
  readonly valuesFolder: string;
  /** Carries the lock: a process that inherits it keeps others out until it has ended. */
  readonly lock: number;
  /**
   * Resolves when the state is on the disk. Writes nothing when it is there already.
   *
   * @throws UserError `local-state-unsaved` when the system refuses; what was there before stays.
   * @throws Error once the folder is closed: it may be another process's by then.
   */
  readonly save: (state: LocalState) => Promise<void>;
  readonly close: () => Promise<void>;
}

const STATE_FILE = "account.json";
const VALUES_FOLDER = "kv";
/** Code of Workers that is too long for the state file, each under its SHA-256. */
const CODE_FOLDER = "code";

/**
 * Opens the folder an account is kept in, or makes it. Nobody but its owner can look into it from then on.
 *
 * @param reached Called at every moment of every write. Tests crash in it. Default: does nothing.
 * @throws UserError `local-state-folder` when the folder cannot be used; `local-state-foreign` when it is
 *   another user's or holds anything else; `local-state-damaged` when its file is; `local-state-locked` when
 *   another process has it. Nothing in it is changed then.
 */
export async function openStateFolder(
  path: string,
  reached?: (moment: WriteMoment) => void,
): Promise<StateFolder> {
  const wanted = resolve(path);
  try {
    await makeFolder(wanted, 0o700);
    const folder = await realpath(wanted);
    await assertOwnFolder(folder, belongs);
    const lock = await lockFolder(folder, locked);
    try {
      await closeToOthers(folder);
      return await openLocked(folder, lock, reached);
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    throw new UserError(
      "local-state-folder",
      `The folder for the state, ${wanted}, cannot be used: ${reason}. Choose another with --state.`,
    );
  }
}

async function openLocked(
  folder: string,
  lock: FolderLock,
  reached?: (moment: WriteMoment) => void,
): Promise<StateFolder> {
  const file = join(folder, STATE_FILE);
  const code = join(folder, CODE_FOLDER);
  const kept = new Set<string>();
  const found = await readIfThere(file);
  let written = found;
  let held: LocalState | undefined;
  if (found !== undefined) {
    const read = await readState(found, async (sha256) => {
      const text = await readIfThere(join(code, sha256));
      if (text === undefined || sha256Of(text) !== sha256) return undefined;
      kept.add(sha256);
      return text;
    });
    if (!read.ok) throw damaged(file, read.problem);
    held = read.value;
  }
  const valuesFolder = join(folder, VALUES_FOLDER);
  await makeFolder(valuesFolder, 0o700);
  await makeFolder(code, 0o700);

  let last: Promise<void> = Promise.resolve();
  let isClosed = false;
  const write = async (state: LocalState): Promise<void> => {
    const { text, texts } = writeState(state);
    if (text === written) return;
    try {
      // First what it names: a crash in between leaves code that nobody names, never a name without its code.
      for (const [sha256, content] of texts) {
        if (kept.has(sha256)) continue;
        await writeDurably(join(code, sha256), content);
        kept.add(sha256);
      }
      // From here on it may be either of the two.
      written = undefined;
      await writeDurably(file, text, reached);
    } catch (error) {
      refuseUnsaved(file, error);
    }
    written = text;
    held = state;
    // Code that stays too long takes room, and nothing else.
    await removeOthers(code, texts, kept).catch(() => undefined);
  };
  return {
    held: () => held,
    valuesFolder,
    lock: lock.descriptor,
    save: (state) => {
      if (isClosed) return Promise.reject(new Error("The folder of the state is closed."));
      const saved = last.then(() => write(state));
      last = saved.catch(() => undefined);
      return saved;
    },
    close: async () => {
      isClosed = true;
      await last;
      await lock.release();
    },
  };
}

async function removeOthers(folder: string, named: OutsideTexts, kept: Set<string>): Promise<void> {
  for (const name of await readdir(folder)) {
    if (named.has(name)) continue;
    kept.delete(name);
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

function belongs(name: string): boolean {
  return (
    [STATE_FILE, `${STATE_FILE}${UNFINISHED}`, VALUES_FOLDER, CODE_FOLDER].includes(name) ||
    name.split(".", 1)[0] === LOCK_FILE
  );
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function locked({ holder, lock, since }: Holder): UserError {
  return new UserError(
    "local-state-locked",
    `${holder} has been using this state${since === undefined ? "" : ` since ${since}`} (${lock}). End it first, or ` +
      "choose another folder with --state.",
  );
}

function damaged(file: string, problem: string): UserError {
  return new UserError(
    "local-state-damaged",
    `${file} is not the state of a local Cloudflare of this version, or it is damaged: ${problem}. It was ` +
      "left as it is. Fix it, put back a copy of the folder, or move the folder elsewhere to start with " +
      "an empty account.",
  );
}

function refuseUnsaved(file: string, error: unknown): never {
  const reason = systemReason(error);
  if (reason === undefined) throw error;
  throw new UserError(
    "local-state-unsaved",
    `The account could not be saved to ${file} (${reason}). What was saved before is still there. Free ` +
      "some space or give this user the right to write there, then try again.",
  );
}
