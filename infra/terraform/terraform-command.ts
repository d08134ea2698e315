import { Interrupted, type Interruption } from "../console/interruption.ts";
import { redact } from "../secrets/redact.ts";
import { secretsIn, withoutOurSecrets } from "../secrets/secret-variables.ts";
import type { TerraformBinary } from "./binary.ts";
import { endOf, killed } from "./end.ts";
import { type Diagnostic, errorWords, errorsOf, lastMessage } from "./messages.ts";
import { type ProcessResult, runProcess } from "./process.ts";

export interface TerraformCommandOptions {
  readonly binary: TerraformBinary;
  /** Absolute folder of the stack. */
  readonly folder: string;
  /** Environment variables of this process: credentials and the stacks' variables. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Gets one line for each thing that goes on. */
  readonly progress: (line: string) => void;
}

export interface RunOptions {
  /** What it does, in words, as in "while it was …". */
  readonly doing: string;
  readonly onLine?: (line: string) => void;
  /** Gets the number of the process as soon as it runs. */
  readonly onStart?: (pid: number) => void;
  /** @default false */
  readonly isLeftAlone?: boolean;
}

/**
 * Terraform in the folder of one stack. What it says is without secrets, but for the standard output as it
 * came.
 */
export class TerraformCommand {
  readonly #options: TerraformCommandOptions;

  constructor(options: TerraformCommandOptions) {
    this.#options = options;
  }

  /**
   * Runs what changes nothing.
   *
   * @throws Interrupted when this process was asked to end meanwhile; UserError when something else ended
   *   Terraform.
   */
  async look(args: readonly string[], options: RunOptions): Promise<ProcessResult> {
    const result = await this.run(args, options);
    if (result.interruptedBy !== undefined) throw new Interrupted(result.interruptedBy);
    if (result.signal === undefined) return result;
    throw killed(this.#options.binary.name, options.doing, this.reasonOf(result));
  }

  /** Runs anything to its end, however that comes about. */
  run(args: readonly string[], { doing, ...options }: RunOptions): Promise<ProcessResult> {
    const { binary, folder, variables, progress } = this.#options;
    let pid: number | undefined;
    return runProcess(binary.file, args, {
      ...options,
      cwd: folder,
      env: terraformVariables(variables),
      // A provider that users of a machine share goes where they all can read it.
      makesPrivateFiles: args[0] !== "init",
      onStart: (started) => {
        pid = started;
        options.onStart?.(started);
      },
      onInterruption: (by, times) => {
        progress(
          interruptionText(by, times, { binary, doing, pid, isLeftAlone: options.isLeftAlone === true }),
        );
      },
    });
  }

  /** The errors of a run with `-json`. */
  errorsOf({ stdout }: ProcessResult): readonly Diagnostic[] {
    return errorsOf(stdout).map((error) => ({
      ...error,
      summary: this.hide(error.summary),
      detail: this.hide(error.detail),
    }));
  }

  /** Why a run failed that has no errors to show: what it said, or how it ended. */
  reasonOf(result: ProcessResult): string {
    const words = errorWords(result.stderr);
    if (words !== "" && result.signal === undefined) return this.hide(words);
    return this.hide([endOf(result), words || lastMessage(result.stdout)].join(" ").trim());
  }

  hide(text: string): string {
    return redact(text, secretsIn(this.#options.variables));
  }
}

interface Running {
  readonly binary: TerraformBinary;
  readonly doing: string;
  readonly pid: number | undefined;
  readonly isLeftAlone: boolean;
}

function interruptionText(
  by: Interruption,
  times: number,
  { binary, doing, pid, isLeftAlone }: Running,
): string {
  const name = `${binary.name} (process ${pid ?? "unknown"})`;
  if (times === 1) return `${by}: ${name} was told to stop ${doing}. Waiting for it to finish cleanly.`;
  return isLeftAlone
    ? `${by} again: still waiting for ${name}. It is finishing what is under way and will release its ` +
        "lock; if it were killed, it would leave both behind."
    : `${by} again: ${name} is killed now.`;
}

/** Those of this process that it needs, without logs: they hold every request, with its secrets. */
function terraformVariables(
  variables: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(withoutOurSecrets(variables)).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("TF_LOG"),
  );
  return { ...Object.fromEntries(kept), CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_INPUT: "0" };
}
