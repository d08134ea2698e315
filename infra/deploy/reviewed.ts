import { LIMITS, readNamedUpTo, Unreadable } from "../files/read-up-to.ts";
import { UserError } from "../errors/user-error.ts";
import { DIGEST, READ_REPORT } from "../plan/report/read-report.ts";

/** A plan as somebody reviewed it. */
export interface Reviewed {
  readonly digest: string;
  /** `effect: words` of each change; undefined where only the digest is known. */
  readonly changes: readonly string[] | undefined;
}

/**
 * Reads what `--reviewed` was given: a digest, or the file of a JSON report.
 *
 * @throws UserError when it is neither.
 */
export async function readReviewed(given: string): Promise<Reviewed> {
  const digest = given.trim().toLowerCase();
  if (DIGEST.test(digest)) return { digest, changes: undefined };
  const read = await readJson(given);
  const report = READ_REPORT.safeParse(read.value);
  if (report.success) {
    const { changes } = report.data;
    return { digest: report.data.digest, changes: changes.map(({ effect, text }) => `${effect}: ${text}`) };
  }
  throw new UserError(
    "reviewed",
    `--reviewed was given ${JSON.stringify(given)}, which is neither a digest (64 hexadecimal characters, the last line ` +
      `of a report) nor the file of a plan's report made with --json. As a file, it ${read.problem ?? "is no such report"}. Copy the ` +
      "digest from the report that was reviewed, or name that report.",
  );
}

interface ReadJson {
  readonly value?: unknown;
  /** Why there is no value, in words that go on with "the file". */
  readonly problem?: string;
}

async function readJson(path: string): Promise<ReadJson> {
  try {
    return { value: JSON.parse((await readNamedUpTo(path, LIMITS.report)).toString("utf8")) };
  } catch (error) {
    return { problem: error instanceof Unreadable ? error.message : "is not JSON" };
  }
}
