import { UserError } from "../../errors/user-error.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import { refusals } from "../cloudflare/account/refusals.ts";
import type { WorkerLog } from "../cloudflare/runtime/worker-log.ts";
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

/**
 * Keeps what the account has now, and from then on each change: one that cannot be kept is refused, and
 * nobody is shown what is not on the disk.
 *
 * @throws UserError when it cannot be kept as it is now.
 */
export async function keepAccount({ account, folder, about, log }: KeptAccountOptions): Promise<void> {
  if (folder === undefined) return;
  await folder.save({ ...about, contents: account.contents });
  await account.saveWith(async (contents) => {
    try {
      await folder.save({ ...about, contents });
    } catch (error) {
      const reason = reasonOf(error);
      log({ level: "error", message: reason });
      throw refusals.notKept(reason);
    }
  });
}

/** Any failure, whatever its class: what is not on the disk is not kept. */
function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  const what = error instanceof Error ? `${error.name}: ${error.message}` : "for an unknown reason";
  return `The account could not be saved (${what}). What was saved before is still there.`;
}
