import { UserError } from "../../errors/user-error.ts";
import { LIMITS, readNamedUpTo, Unreadable } from "../../files/read-up-to.ts";

/**
 * The bytes of a file with an integration configuration, which somebody named.
 *
 * @throws UserError when it cannot be read, or is larger than any configuration.
 */
export async function readConfigurationBytes(path: string): Promise<Uint8Array> {
  try {
    return await readNamedUpTo(path, LIMITS.configuration);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new UserError(
      "configuration-unreadable",
      `${JSON.stringify(path)} ${error.message}. Give the path of an integration configuration as JSON.`,
    );
  }
}
