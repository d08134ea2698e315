import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { UserError } from "../../errors/user-error.ts";

/**
 * The text of a plan file, or of standard input for `-`. A file that PowerShell's `>` wrote is UTF-16.
 *
 * @throws UserError when it cannot be read, or is no proper Unicode: characters that are replaced would make two plans one.
 */
export async function readPlanText(path: string): Promise<string> {
  const bytes = path === "-" ? await buffer(process.stdin) : await readFile(path).catch(unreadable(path));
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(
      "plan-encoding",
      `${path === "-" ? "What came on standard input" : `The plan file ${JSON.stringify(path)}`} is not UTF-8, as Terraform writes it: something on its way changed it. Write it with terraform show -json <plan file> > plan.json, and nothing in between.`,
    );
  }
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
