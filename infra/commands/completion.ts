import { Argument, Command } from "commander";
import { withNotes } from "./help.ts";

/** `queueit-cf completion`: what a shell needs to complete commands, options and names of environments. */
export function completionCommand(): Command {
  const command = new Command("completion")
    .summary("Complete commands and environments in your shell")
    .description(
      "Print a script that lets a shell complete commands, options and the names of your environments. Source it in " +
        "the shell's own settings.",
    )
    .addArgument(new Argument("<shell>", "the shell").choices(["bash", "zsh", "fish"]))
    .action(async (shell: string) => {
      const { printCompletionScript } = await import("./run/completion.ts");
      printCompletionScript(shell);
    });
  return withNotes(command, {
    examples: [
      "npx queueit-cf completion bash > ~/.queueit-cf.bash && echo 'source ~/.queueit-cf.bash' >> ~/.bashrc",
      "npx queueit-cf completion zsh > ~/.queueit-cf.zsh && echo 'source ~/.queueit-cf.zsh' >> ~/.zshrc",
      "npx queueit-cf completion fish > ~/.config/fish/completions/queueit-cf.fish",
    ],
    notes: [
      "Shells complete the command queueit-cf, not npx: alias queueit-cf='npx queueit-cf'. bash needs the package " +
        "bash-completion, and zsh compinit.",
    ],
    exitCodes: { ok: "it is printed", userError: "there is no script for such a shell" },
  });
}

/** What the script calls at each press of the key. */
export function completeCommand(): Command {
  const command = new Command("complete")
    .summary("Answer the shell's question what may come next")
    .usage("-- [words...]")
    .argument("[words...]", "what is typed so far, without queueit-cf")
    .action(async (words: readonly string[], _options: unknown, { parent }: Command) => {
      const { printCompletions } = await import("./run/completion.ts");
      if (parent !== null) await printCompletions(parent, words);
    });
  return withNotes(command, {
    examples: ["npx queueit-cf complete -- rollback --"],
    exitCodes: { ok: "always" },
  });
}
