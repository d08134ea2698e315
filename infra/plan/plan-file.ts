import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { UserError } from "../errors.ts";

/**
 * The text of a plan file, or of standard input for `-`. A file that PowerShell's `>` wrote is UTF-16.
 *
 * @throws UserError when it cannot be read.
 */
export async function readPlanText(path: string): Promise<string> {
  const bytes = path === "-" ? await buffer(process.stdin) : await readFile(path).catch(unreadable(path));
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? "utf16le" : "utf8").replace(/^\uFEFF/, "");
}

function unreadable(path: string): (error: unknown) => never {
  return (error) => {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new UserError(
      "plan-unreadable",
      `The plan file ${JSON.stringify(path)} cannot be read (${reason}). Name the file that terraform show -json was written to, or - for standard input.`,
    );
  };
}
