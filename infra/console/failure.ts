import { CommanderError } from "commander";
import { ERRORS_PAGE } from "../errors/page-path.ts";
import { EXIT, UserError } from "../errors/user-error.ts";
import { asUserError } from "../files/system-refusal.ts";
import { withoutSecrets } from "../secrets/without-secrets.ts";
import { readable } from "../text/readable.ts";
import { wrapLines } from "../text/wrap.ts";
import pc from "picocolors";

/** How a command ended that did not do its work, ready to be told. */
export interface Failure {
  readonly code: string;
  /** For people; without secrets. */
  readonly message: string;
  readonly exitCode: number;
  /** Lines for whoever mends this program. */
  readonly trace?: string;
}

/** What an error means for whoever ran the command; undefined where nothing is wrong, as after `--help`. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof CommanderError) return undefined;
  const known = error instanceof UserError ? error : asUserError(error);
  if (known !== undefined) {
    const { code, message, exitCode } = known;
    return { code, message: withoutSecrets(message), exitCode };
  }
  const reason = error instanceof Error ? error.message : String(error);
  const trace = error instanceof Error ? (error.stack ?? reason) : reason;
  return {
    code: "fault",
    message: withoutSecrets(`This is a fault of queueit-cf, not of your input: ${firstLine(reason)}`),
    exitCode: EXIT.fault,
    trace: withoutSecrets(trace),
  };
}
