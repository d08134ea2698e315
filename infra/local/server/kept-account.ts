import type { LocalAccount } from "../cloudflare/account.ts";
import { refusals } from "../cloudflare/errors.ts";
import type { WorkerLog } from "../cloudflare/generation.ts";
import { UserError } from "../../errors.ts";
import type { LocalState } from "../state/state-file.ts";
import type { StateFolder } from "../state/state-folder.ts";

export interface KeptAccountOptions {
  readonly account: LocalAccount;
  /** Where it is kept; undefined for an account that is in memory only. */
  readonly folder: StateFolder | undefined;
  /** What is kept beside the account's contents. */
  readonly about: Omit<LocalState, "contents">;
  readonly log: (line: WorkerLog) => void;
}

/** An account whose changes last. */
export interface KeptAccount {
  /**
   * Makes a change, and resolves once it lasts. One that cannot be kept is taken back: nobody is shown what is not on the
   * disk.
   *
   * @throws CloudflareError when it could not be kept. Changes made at the same time may be lost along with it, and are
   * refused too.
   */
  keep<T>(change: () => Promise<T>): Promise<T>;
}

/**
 * Keeps what the account has now, and then each change.
 *
 * @throws UserError when it cannot be kept as it is now.
 */
export async function keepAccount({ account, folder, about, log }: KeptAccountOptions): Promise<KeptAccount> {
  if (folder === undefined) return { keep: (change) => change() };
  await folder.save({ ...about, contents: account.contents });

  let takenBack = 0;
  let last: Promise<void> = Promise.resolve();
  const save = async (): Promise<void> => {
    try {
      await folder.save({ ...about, contents: account.contents });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      log({ level: "error", message: error.message });
      takenBack++;
      await account.restore(() => folder.held()?.contents);
      throw refusals.notKept(error.message);
    }
  };
  return {
    keep: async (change) => {
      const before = takenBack;
      const result = await change();
      const saved = last.then(save);
      last = saved.catch(() => undefined);
      await saved;
      if (takenBack !== before)
        throw refusals.notKept("Another change at the same moment could not be saved.");
      return result;
    },
  };
}
