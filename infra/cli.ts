import { Command, CommanderError } from "commander";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { coloursOn, lookOf } from "./console/colours.ts";
import { tell } from "./console/tell.ts";
import { bundleCommand } from "./commands/bundle.ts";
import { deployCommand } from "./commands/deploy.ts";
import { destroyCommand } from "./commands/destroy.ts";
import { driftCommand } from "./commands/drift.ts";
import { githubCommand } from "./commands/github.ts";
import { localCommand } from "./commands/local.ts";
import { withoutEmptyValues } from "./commands/filled.ts";
import { HELP, withNotes } from "./commands/help.ts";
import { planCommand } from "./commands/plan.ts";
import { previewCommand } from "./commands/preview.ts";
import { promoteCommand } from "./commands/promote.ts";
import { reportCommand } from "./commands/report.ts";
import { rollbackCommand } from "./commands/rollback.ts";
import { routesCommand } from "./commands/routes.ts";
import { validateCommand } from "./commands/validate.ts";
import { verifyCommand } from "./commands/verify.ts";
import { withoutSecrets } from "./secrets/without-secrets.ts";
import { EXIT, UserError } from "./errors/user-error.ts";
import { asUserError } from "./files/system-refusal.ts";
import { Interrupted, interrupt } from "./console/interruption.ts";
import { isTerminalLost } from "./console/output.ts";
import { PROJECT_ROOT } from "./files/project-root.ts";
import { paragraphs } from "./text/paragraphs.ts";
import { readable } from "./text/readable.ts";

/** `queueit-cf` with all of its commands. */
export function queueitCf(): Command {
  const program = new Command("queueit-cf")
    .description("Queue-it's virtual waiting room on Cloudflare, as one declarative program.")
    .showHelpAfterError("(add --help for options and examples)")
    .showSuggestionAfterError()
    // An argument that is refused is repeated, whatever was pasted there.
    .configureOutput({
      writeErr: (text) =>
        process.stderr.write(paragraphs(withoutSecrets(text), lookOf(process.stderr).columns)),
      getOutHelpWidth: () => lookOf(process.stdout).columns,
      getErrHelpWidth: () => lookOf(process.stderr).columns,
    })
    .configureHelp(HELP)
    .version(version(), "-V, --version", "print the version")
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
    program.addCommand(withoutEmptyValues(command).copyInheritedSettings(program));
    for (const nested of command.commands) withoutEmptyValues(nested).copyInheritedSettings(command);
  }
  return withNotes(program, {
    exitCodes: {
      ok: "it is done, or all is well",
      userError: "the input is wrong, or it was refused or failed",
      found: "what was looked for was found: a risk, drift, a failed check",
    },
    notes: [
      "Every command has --help, with examples. Ended by a signal, it gives 128 and the signal's number.",
    ],
  });
}

function version(): string {
  const file = readFileSync(join(PROJECT_ROOT, "package.json"), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(file)).version;
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
    if (error.by !== "SIGPIPE") tell(error.message);
    return error.exitCode;
  }
  const { red } = coloursOn(process.stderr);
  const known = error instanceof UserError ? error : asUserError(error);
  if (known !== undefined) {
    tell(`${red(`error ${known.code}`)} ${readable(withoutSecrets(known.message))}`);
    return EXIT.userError;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `${red("fault")} This is a fault of queueit-cf, not of your input.\n${withoutSecrets(detail)}\n`,
  );
  return EXIT.fault;
}
