import { LIMITS, readNamedUpTo, readStreamUpTo, Unreadable } from "../../files/read-up-to.ts";
import { UserError } from "../../errors/user-error.ts";

/**
 * The text of a plan file, or of standard input for `-`. A file that PowerShell's `>` wrote is UTF-16.
 *
 * @throws UserError when it cannot be read, or is no proper Unicode: characters that are replaced would make
 *   two plans one.
 */
export async function readPlanText(path: string): Promise<string> {
  const bytes = await bytesOf(path);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UserError(
      "plan-encoding",
      `${nameOf(path)} is not UTF-8, as Terraform writes it: something changed it on the way. Write it ` +
        "directly, with terraform show -json <plan file> > plan.json.",
    );
  }
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await (path === "-"
      ? readStreamUpTo(process.stdin, LIMITS.plan)
      : readNamedUpTo(path, LIMITS.plan));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    throw new UserError(
      "plan-unreadable",
      `${nameOf(path)} ${error.message}. Name the file that terraform show -json was written to, or - for ` +
        "the standard input.",
    );
  }
}

function nameOf(path: string): string {
  return path === "-" ? "What came on the standard input" : `The plan file ${JSON.stringify(path)}`;
}
