import { readFile, stat } from "node:fs/promises";
import { UserError } from "../../errors/user-error.ts";

/** What KV holds at most under one key: no integration configuration is larger. */
const MOST_BYTES = 25 * 1024 * 1024;

/**
 * The bytes of a file with an integration configuration, which somebody named.
 *
 * @throws UserError when it cannot be read, or is larger than any configuration.
 */
export async function readConfigurationBytes(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch(unreadable);
  if (!found.isFile()) return unreadable({ code: "no file" });
  if (found.size > MOST_BYTES) {
    throw new UserError(
      "configuration-file",
      `${JSON.stringify(path)} has ${Math.ceil(found.size / 1024 / 1024)} MiB, and KV holds no more than 25 under a key: it is ` +
        "no integration configuration. Give the path of one as JSON.",
    );
  }
  return readFile(path).catch(unreadable);

  function unreadable(error: unknown): never {
    const reason =
      typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unreadable";
    throw new UserError(
      "configuration-file",
      `${JSON.stringify(path)} cannot be read (${reason}). Give the path of an integration configuration as JSON.`,
    );
  }
}
