import { Command, CommanderError } from "commander";
import { lookOf } from "./console/colours.ts";
import { tellFailure } from "./console/failure.ts";
import { adoptCommand } from "./commands/adopt.ts";
import { bundleCommand } from "./commands/bundle.ts";
import { completeCommand, completionCommand } from "./commands/completion.ts";
import { configCommand } from "./commands/config.ts";
import { deployCommand } from "./commands/deploy.ts";
import { destroyCommand } from "./commands/destroy.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { driftCommand } from "./commands/drift.ts";
import { exportCommand } from "./commands/export.ts";
import { githubCommand } from "./commands/github.ts";
import { applyGlobalOptions, globalOptions } from "./commands/global-options.ts";
import { initCommand } from "./commands/init.ts";
import { localCommand } from "./commands/local.ts";
import { withFilledValues } from "./commands/filled.ts";
import { withHelpCommand } from "./commands/help-command.ts";
import { HELP, withNotes } from "./commands/help.ts";
import { planCommand } from "./commands/plan.ts";
import { previewCommand } from "./commands/preview.ts";
import { rehearseCommand } from "./commands/rehearse.ts";
import { promoteCommand } from "./commands/promote.ts";
import { reportCommand } from "./commands/report.ts";
import { rollbackCommand } from "./commands/rollback.ts";
import { routesCommand } from "./commands/routes.ts";
import { synthCommand } from "./commands/synth.ts";
import { refuseUsage } from "./commands/usage.ts";
import { switchCommand } from "./commands/switch.ts";
import { validateCommand } from "./commands/validate.ts";
import { verifyCommand } from "./commands/verify.ts";
import { withoutSecrets } from "./console/without-secrets.ts";
import { Interrupted, interrupt } from "./console/interruption.ts";
import { isTerminalLost } from "./console/output.ts";
import { packageVersion } from "./files/package-version.ts";
import { useProject } from "./files/project-root.ts";
import { escapedLines } from "./text/printable.ts";
import { paragraphs } from "./text/paragraphs.ts";

/** `queueit-cf` with all of its commands. */
export function queueitCf(): Command {
  const program = new Command("queueit-cf")
    .description("Queue-it's virtual waiting room on Cloudflare, as one declarative program.")
    .showSuggestionAfterError()
    // An argument that is refused is repeated, whatever was pasted there.
    .configureOutput({
      writeErr: (text) =>
        process.stderr.write(paragraphs(withoutSecrets(text), lookOf(process.stderr).columns)),
      // Help has colours; what is wrong with an argument repeats it.
      outputError: (text, write) => {
        write(escapedLines(text));
      },
      getOutHelpWidth: () => lookOf(process.stdout).columns,
      getErrHelpWidth: () => lookOf(process.stderr).columns,
    })
    .configureHelp(HELP)
    .version(packageVersion(), "-V, --version", "print the version");
  for (const command of [
    previewCommand(),
    localCommand(),
    rehearseCommand(),
    initCommand(),
    adoptCommand(),
    validateCommand(),
    synthCommand(),
    planCommand(),
    deployCommand(),
    verifyCommand(),
    promoteCommand(),
    rollbackCommand(),
    driftCommand(),
    destroyCommand(),
    switchCommand(),
    doctorCommand(),
    reportCommand(),
    routesCommand(),
    configCommand(),
    bundleCommand(),
    exportCommand(),
    githubCommand(),
    completionCommand(),
  ]) {
    program.addCommand(withFilledValues(command).copyInheritedSettings(program));
    for (const nested of command.commands) withFilledValues(nested).copyInheritedSettings(command);
    if (command.commands.length > 0) withHelpCommand(command);
  }
  withHelpCommand(program);
  program.addCommand(completeCommand().copyInheritedSettings(program), { hidden: true });
  for (const option of globalOptions()) program.addOption(option);
  applyGlobalOptions(withFilledValues(program));
  refuseUsage(program);
  return withNotes(program, {
    exitCodes: {
      ok: "it succeeded, or everything is in order",
      userError: "the input is wrong, or the command was refused or failed",
      found: "it found what it looks for: a risk, drift, a failed check",
    },
    notes: [
      "Every command has --help, with examples. If a signal ends it, the exit code is 128 plus the signal's number.",
    ],
  });
}

/** Runs `queueit-cf` with the process's arguments and sets its exit code. Never throws. */
export async function main(argv: readonly string[]): Promise<void> {
  try {
    useProject(undefined);
    await queueitCf().parseAsync(argv);
  } catch (error) {
    process.exitCode = report(error, argv);
  }
}

/** Ends this process for what is thrown where nobody waits for it, as a command that throws it would. */
export function endAtFaults(): void {
  process.on("uncaughtException", (error) => {
    if (isTerminalLost(error)) interrupt("SIGHUP");
    else process.exit(report(error, process.argv));
  });
}

function report(error: unknown, argv: readonly string[]): number {
  // Commander has written the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode;
  // Whoever has stopped reading has seen enough.
  if (error instanceof Interrupted && error.by === "SIGPIPE") return error.exitCode;
  return tellFailure(error, argv);
}
