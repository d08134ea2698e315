import { Command, CommanderError } from "commander";
import { colours } from "./console/colours.ts";
import { bundleCommand } from "./commands/bundle.ts";
import { deployCommand } from "./commands/deploy.ts";
import { destroyCommand } from "./commands/destroy.ts";
import { driftCommand } from "./commands/drift.ts";
import { githubCommand } from "./commands/github.ts";
import { localCommand } from "./commands/local.ts";
import { planCommand } from "./commands/plan.ts";
import { previewCommand } from "./commands/preview.ts";
import { promoteCommand } from "./commands/promote.ts";
import { reportCommand } from "./commands/report.ts";
import { rollbackCommand } from "./commands/rollback.ts";
import { routesCommand } from "./commands/routes.ts";
import { validateCommand } from "./commands/validate.ts";
import { verifyCommand } from "./commands/verify.ts";
import { withoutSecrets } from "./console/without-secrets.ts";
import { EXIT, UserError } from "./errors/user-error.ts";
import { asUserError } from "./files/system-refusal.ts";
import { Interrupted, interrupt } from "./console/interruption.ts";
import { isTerminalLost } from "./console/output.ts";
import { readable } from "./text/readable.ts";

/** `queueit-cf` with all of its commands. */
export function queueitCf(): Command {
  const program = new Command("queueit-cf")
    .description("Queue-it's virtual waiting room on Cloudflare, as one declarative program.")
    .showHelpAfterError("(add --help for options and examples)")
    .showSuggestionAfterError()
    // An argument that is refused is repeated, whatever was pasted there.
    .configureOutput({ writeErr: (text) => process.stderr.write(withoutSecrets(text)) })
    .exitOverride();
  for (const command of [
    previewCommand(),
    localCommand(),
    validateCommand(),
    planCommand(),
    deployCommand(),
    verifyCommand(),
    promoteCommand(),
    rollbackCommand(),
    driftCommand(),
    destroyCommand(),
    reportCommand(),
    routesCommand(),
    bundleCommand(),
    githubCommand(),
  ]) {
    program.addCommand(command.copyInheritedSettings(program));
    for (const nested of command.commands) nested.copyInheritedSettings(command);
  }
  return program;
}

/** Runs `queueit-cf` with the process's arguments and sets its exit code. Never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    await queueitCf().parseAsync(argv);
  } catch (error) {
    process.exitCode = report(error);
  }
}

/** Ends this process for what is thrown where nobody waits for it, as a command that throws it would. */
export function endAtFaults(): void {
  process.on("uncaughtException", (error) => {
    if (isTerminalLost(error)) interrupt("SIGHUP");
    else process.exit(report(error));
  });
}

function report(error: unknown): number {
  // Commander has already written its own message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode;
  if (error instanceof Interrupted) {
    // Whoever has stopped reading has seen enough.
    if (error.by !== "SIGPIPE") process.stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  const known = error instanceof UserError ? error : asUserError(error);
  if (known !== undefined) {
    process.stderr.write(
      `${colours.red(`error ${known.code}`)} ${readable(withoutSecrets(known.message))}\n`,
    );
    return EXIT.userError;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `${colours.red("fault")} This is a fault of queueit-cf, not of your input.\n${withoutSecrets(detail)}\n`,
  );
  return EXIT.fault;
}
