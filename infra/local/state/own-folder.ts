import { chmod, lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../../errors/user-error.ts";

/**
 * Looks at a folder that will hold secrets, and changes nothing.
 *
 * @param belongs Whether a name directly in it is one of a local Cloudflare.
 * @throws UserError `local-state-foreign` when it is another user's, or holds anything that does not belong
 *   there: other names, links, what another user has put there.
 */
export async function assertOwnFolder(folder: string, belongs: (name: string) => boolean): Promise<void> {
  await assertOwn(folder);
  for (const name of await readdir(folder)) {
    if (!belongs(name)) {
      throw refusal(
        `${folder} holds ${name}, which does not belong to a local Cloudflare. Give --state a folder of ` +
          "its own: a new name will do.",
      );
    }
    await assertOwn(join(folder, name));
  }
}

/** Lets nobody but this user read or write the folder and everything in it, whatever was allowed before. */
export async function closeToOthers(folder: string): Promise<void> {
  await chmod(folder, 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await closeToOthers(path);
    else if (entry.isFile()) await chmod(path, 0o600);
  }
}

async function assertOwn(path: string): Promise<void> {
  const entry = await lstat(path);
  if (!entry.isFile() && !entry.isDirectory()) {
    throw refusal(
      `${path} is neither a file nor a folder, but a link or something similar. Remove it, then start again.`,
    );
  }
  const me = process.getuid?.();
  if (me === undefined || entry.uid === me) return;
  throw refusal(
    `${path} belongs to another user (uid ${entry.uid}; you are uid ${me}), who could read and change the ` +
      "secrets in it. Choose a folder of your own with --state, or take ownership of this one with chown.",
  );
}

function refusal(message: string): UserError {
  return new UserError("local-state-foreign", message);
}
