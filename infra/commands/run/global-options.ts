import { stat } from "node:fs/promises";
import { tell } from "../../console/tell.ts";
import { UserError } from "../../errors/user-error.ts";
import { useProject } from "../../files/project-root.ts";
import { LIMITS, readNamedUpTo, Unreadable } from "../../files/read-up-to.ts";
import { BrokenLine, readVariables } from "../../text/variables-file.ts";
import { escapedLines } from "../../text/printable.ts";

export interface GlobalOptions {
  readonly project?: string;
  readonly envFile?: readonly string[];
}

/**
 * Moves to the project that is named, and adds the variables of the files that are named to this process's.
 *
 * @throws UserError before any variable is set.
 */
export async function applyOptions({ project, envFile = [] }: GlobalOptions): Promise<void> {
  useProject(project);
  const files = await Promise.all(envFile.map(variablesIn));
  const wanted = Object.assign({}, ...files) as Readonly<Record<string, string>>;
  for (const path of envFile) await warnOfOthers(path);
  for (const [name, value] of Object.entries(wanted)) process.env[name] ??= value;
}

/** Node.js opens each file of an option of this name, also behind the program's (nodejs/node#54232). */
const NOTHING_LEFT =
  "is a pipe, and empty: Node.js may have read it first. Write what comes out of it to a file that only you can read, or " +
  "export the variables";

async function variablesIn(path: string): Promise<Readonly<Record<string, string>>> {
  try {
    const bytes = await readNamedUpTo(path, LIMITS.variables);
    if (bytes.length === 0 && !(await stat(path)).isFile()) throw new Unreadable(NOTHING_LEFT);
    return readVariables(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const [before, why] = wordsOf(error);
    throw new UserError(
      "env-file",
      `${before} file of --env-file, ${path}, ${why}. Nothing was done. Write one NAME='value' a line, and each ` +
        "value between single quotes.",
    );
  }
}

function wordsOf(error: unknown): readonly [string, string] {
  if (error instanceof BrokenLine) return [`Line ${error.line} of the`, error.message];
  if (error instanceof Unreadable) return ["The", error.message];
  if (error instanceof TypeError) return ["The", "is not UTF-8"];
  throw error;
}

/** Of a pipe of the shell, `<(command)`, nobody else has anything. Windows has no such bits. */
async function warnOfOthers(path: string): Promise<void> {
  const entry = await stat(path);
  if (!entry.isFile() || process.geteuid === undefined || (entry.mode & 0o066) === 0) return;
  tell(
    `warning ${escapedLines(path)} can be read or changed by other users of this machine, and secrets are in it. Keep it ` +
      `to yourself: chmod 600 ${escapedLines(path)}`,
  );
}
