import { mkdir, readFile, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { UserError } from "../../errors.ts";
import { type WriteMoment, writeDurably } from "../../files/durable-write.ts";
import { type Holder, LOCK_FILE, lockFolder } from "../../files/folder-lock.ts";
import { type LocalState, readState, writeState } from "./state-file.ts";

/** Where an account is kept between runs. This process alone has it, until it is closed. */
export interface StateFolder {
  /** What an earlier run left; undefined in a new folder. */
  readonly held: LocalState | undefined;
  /** Folder of the KV values, which the runtime keeps itself. */
  readonly valuesFolder: string;
  /** Resolves when the state is on the disk. Writes nothing when it is there already. */
  readonly save: (state: LocalState) => Promise<void>;
  readonly close: () => Promise<void>;
}

const STATE_FILE = "account.json";
const VALUES_FOLDER = "kv";

/**
 * Opens the folder an account is kept in, or makes it.
 *
 * @param reached Called at every moment of every write. Tests crash in it. Default: does nothing.
 * @throws UserError `local-state` when the folder holds anything else or its file is damaged, `local-state-locked` when
 * another process has it. Nothing in it is changed then.
 */
export async function openStateFolder(
  path: string,
  reached?: (moment: WriteMoment) => void,
): Promise<StateFolder> {
  const folder = resolve(path);
  const file = join(folder, STATE_FILE);
  await makeFolder(folder);
  await assertOurs(folder);
  const unlock = await lockFolder(folder, locked);
  try {
    const text = await readIfThere(file);
    const held = text === undefined ? undefined : (readState(text) ?? refuseDamaged(file));
    const valuesFolder = join(folder, VALUES_FOLDER);
    await mkdir(valuesFolder, { recursive: true, mode: 0o700 });

    let written = text;
    let last: Promise<void> = Promise.resolve();
    const write = async (next: string): Promise<void> => {
      if (next === written) return;
      await writeDurably(file, next, reached);
      written = next;
    };
    return {
      held,
      valuesFolder,
      save: (state) => {
        const saved = last.then(() => write(writeState(state)));
        last = saved.catch(() => undefined);
        return saved;
      },
      close: async () => {
        await last;
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      "local-state",
      `The folder for the state cannot be made: ${reason}. Choose another with --state.`,
    );
  }
}

async function assertOurs(folder: string): Promise<void> {
  const isOurs = (name: string) =>
    [STATE_FILE, `${STATE_FILE}.new`, VALUES_FOLDER].includes(name) || name.split(".", 1)[0] === LOCK_FILE;
  const foreign = (await readdir(folder)).find((name) => !isOurs(name));
  if (foreign === undefined) return;
  throw new UserError(
    "local-state",
    `${folder} holds ${foreign}, which is not of a local Cloudflare. Give --state a folder of its own: a new name will do.`,
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

function locked({ holder, lock }: Holder): UserError {
  return new UserError(
    "local-state-locked",
    `${holder} is using this state (${lock}). End it first, or choose another folder with --state. If that process is ` +
      "something else, remove the file.",
  );
}

function refuseDamaged(file: string): never {
  throw new UserError(
    "local-state",
    `${file} is not the state of a local Cloudflare of this version, or it is damaged. It was left as it is. ` +
      "Move the folder away to start with an empty account, or put back a copy of the file.",
  );
}
