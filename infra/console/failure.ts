import type { ErrorCode } from "../errors/catalogue.ts";
import { ERRORS_PAGE } from "../errors/page-path.ts";
import { EXIT, UserError } from "../errors/user-error.ts";
import { asUserError } from "../files/system-refusal.ts";
import { withoutSecrets } from "./without-secrets.ts";
import { escapedLines } from "../text/printable.ts";
import { readable } from "../text/readable.ts";
import { coloursOn } from "./colours.ts";
import { ERROR } from "./error-format.ts";
import { inFormat } from "../json/format.ts";
import { tell } from "./tell.ts";
import { ownPath } from "../text/own-path.ts";

interface Failure {
  readonly code: ErrorCode;
  /** One paragraph for people, or a list below one. */
  readonly message: string;
  readonly exitCode: number;
  /** For whoever fixes this program. */
  readonly trace?: string | undefined;
}

/**
 * Tells why a command did not do its work: people on the standard error, programs that asked for JSON on the
 * standard output. The one place where an error is written.
 *
 * @param argv Arguments of the process.
 * @returns The exit code.
 */
export function tellFailure(error: unknown, argv: readonly string[]): number {
  const { code, message, exitCode, trace } = failureOf(error);
  // Values of all kinds are in it: a path that was pasted, an answer from outside.
  const text = escapedLines(withoutSecrets(message));
  // An end that was asked for is told as one, without a code.
  const head = code === "interrupted" ? "" : `${coloursOn(process.stderr).red(`error ${code}`)} `;
  tell(`${head}${readable(text)}${code === "interrupted" ? "" : more(code, text)}`);
  if (trace !== undefined) process.stderr.write(`${escapedLines(withoutSecrets(trace))}\n`);
  if (wantsJson(argv))
    process.stdout.write(`${JSON.stringify(inFormat(ERROR, { error: { code, message: text } }))}\n`);
  return exitCode;
}

function failureOf(error: unknown): Failure {
  const known = error instanceof UserError ? error : asUserError(error);
  if (known !== undefined) return { code: known.code, message: known.message, exitCode: known.exitCode };
  const reason = error instanceof Error ? error.message : String(error);
  return fault(reason.split("\n", 1)[0] ?? "", error instanceof Error ? error.stack : undefined);
}

function fault(reason: string, trace: string | undefined): Failure {
  const code: ErrorCode = "fault";
  const message =
    "This is a bug in queueit-cf, not a mistake in your input: " +
    `${reason === "" ? "no reason is given" : reason}.`;
  return { code, message, exitCode: EXIT.fault, trace };
}

/** A message that does not end in what to run next ends in the page on its code. */
function more(code: ErrorCode, message: string): string {
  const last = message.split(/(?<=[.!?])\s+|\n/).at(-1) ?? "";
  if (/\b(?:npx|npm run|npm ci|openssl|export|terraform|tofu|queueit-cf) |(?:^|\s)--[a-z]/.test(last))
    return "";
  const stop = /[\p{L}\p{N}"')\]]$/u.test(last) && !message.includes("\n") ? "." : "";
  return `${stop}${message.includes("\n") ? "\n" : " "}More: ${ownPath(ERRORS_PAGE)}#${code}`;
}

function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf("--");
  return argv.slice(2, end < 0 ? undefined : end).includes("--json");
}
