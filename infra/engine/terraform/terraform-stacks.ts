import { stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { synthesize } from "../../connector/synthesize.ts";
import type { ConnectorSpec } from "../../connector/specification.ts";
import { UserError } from "../../errors.ts";
import { redact } from "../../secrets/redact.ts";
import { secretsIn } from "../../secrets/secret-variables.ts";
import type { ApplyOutcome, OpenStack, PlanMode, PlanOptions, PlannedStack, Stack } from "../engine.ts";
import type { TerraformBinary } from "./binary.ts";
import { type Diagnostic, errorText, errorsOf, readMessage } from "./messages.ts";
import { makePlanFolder } from "./plan-folder.ts";
import { knownRefusal, planFailed } from "./plan-refusal.ts";
import { type ProcessResult, runProcess } from "./process.ts";
import { isProviderMissing } from "./provider-missing.ts";
import { requireUsualState } from "./usual-state.ts";

export interface TerraformOptions {
  readonly binary: TerraformBinary;
  /** Absolute folder that local state paths are relative to. */
  readonly projectRoot: string;
  /** Absolute folder for the stacks; Terraform keeps its provider there, too. */
  readonly outputFolder: string;
  /** Environment variables of this process: credentials and the stacks' variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Gets one line for each thing that goes on. */
  readonly progress: (line: string) => void;
}

/** Stacks that Terraform or OpenTofu plans and applies. */
export function terraformStacks(options: TerraformOptions): OpenStack {
  return async (spec, { destroyable = false } = {}) => {
    const { projectRoot, outputFolder } = options;
    requireUsualState(spec.backend, options.environment);
    synthesize([spec], { projectRoot, outputFolder, ...(destroyable && { destroyable: spec.environment }) });
    const stack = new TerraformStack(spec, join(outputFolder, "stacks", spec.environment), options);
    await stack.init();
    return stack;
  };
}

const outputsSchema = z.record(z.string(), z.object({ value: z.unknown(), sensitive: z.boolean() }));

/** Somebody else's deploy of the environment ends in that time, or it hangs. */
const LOCK_TIMEOUT = "-lock-timeout=2m";

const MODES: Readonly<Record<PlanMode, readonly string[]>> = {
  apply: [],
  destroy: ["-destroy"],
  "refresh-only": ["-refresh-only"],
};

class TerraformStack implements Stack {
  readonly #spec: ConnectorSpec;
  readonly #folder: string;
  readonly #options: TerraformOptions;

  constructor(spec: ConnectorSpec, folder: string, options: TerraformOptions) {
    this.#spec = spec;
    this.#folder = folder;
    this.#options = options;
  }

  async init(): Promise<void> {
    const { binary, progress } = this.#options;
    progress(`${binary.name}: init`);
    const { code, stderr } = await this.#run(["init", "-input=false", "-no-color"]);
    if (code !== 0) throw this.#initError(stderr);
  }

  readonly plan = async (mode: PlanMode, { readOnly = false }: PlanOptions = {}): Promise<PlannedStack> => {
    const { binary, progress } = this.#options;
    progress(`${binary.name}: plan of ${this.#spec.environment}`);
    const { path, remove: discard } = await makePlanFolder();
    const file = join(path, "plan.out");
    try {
      const args = [
        "plan",
        "-input=false",
        "-json",
        readOnly ? "-lock=false" : LOCK_TIMEOUT,
        ...MODES[mode],
        `-out=${file}`,
      ];
      const planned = await this.#run(args);
      const errors = this.#errorsOf(planned.stdout);
      // Terraform writes a plan that stopped at an error, too, so that it can be shown.
      const json = (await exists(file)) ? await this.#show(file) : undefined;
      const refusal = knownRefusal(this.#spec, errors);
      if (refusal !== undefined || json === undefined) {
        throw refusal ?? planFailed(this.#spec, errors, this.#oneLine(planned.output));
      }
      const reason = errors.map(errorText).join("\n");
      return {
        json,
        failure: planned.code === 0 ? undefined : reason || "It gives no reason.",
        apply: () => this.#apply(file),
        discard,
      };
    } catch (error) {
      await discard();
      throw error;
    }
  };

  readonly outputs = async (): Promise<Readonly<Record<string, unknown>>> => {
    const { code, stdout, stderr } = await this.#run(["output", "-json", "-no-color"]);
    if (code !== 0) {
      throw new UserError("state-unreadable", `The state cannot be read: ${this.#oneLine(stderr)}`);
    }
    const outputs = outputsSchema.parse(JSON.parse(stdout));
    return Object.fromEntries(
      Object.entries(outputs).flatMap(([name, { value, sensitive }]) => (sensitive ? [] : [[name, value]])),
    );
  };

  async #show(file: string): Promise<string | undefined> {
    const { code, stdout } = await this.#run(["show", "-json", file]);
    return code === 0 ? stdout : undefined;
  }

  async #apply(file: string): Promise<ApplyOutcome> {
    const { binary, progress } = this.#options;
    progress(`${binary.name}: apply`);
    const { code, stdout, output } = await this.#run(
      ["apply", "-input=false", "-json", LOCK_TIMEOUT, file],
      (line) => {
        const message = readMessage(line);
        if (message?.type.startsWith("apply_") === true) progress(`  ${this.#hide(message.text)}`);
      },
    );
    if (code === 0) return { ok: true };
    const reason = this.#errorsOf(stdout).map(errorText).join("\n");
    return { ok: false, reason: reason || this.#oneLine(output) };
  }

  #initError(output: string): UserError {
    const { binary } = this.#options;
    if (isProviderMissing(output)) {
      return new UserError(
        "provider-missing",
        `${binary.name} cannot find the Cloudflare provider. Give it a registry, a mirror in the file that ` +
          `TF_CLI_CONFIG_FILE names, or the provider itself in ~/.terraform.d/plugins. It said: ${this.#oneLine(output)}`,
      );
    }
    if (/Backend configuration changed/i.test(output)) {
      return new UserError(
        "backend-changed",
        `The backend of ${this.#spec.environment} is not the one that ${this.#folder} was initialised for: the state ` +
          "is somewhere else now, and planning without it would make everything anew. To take the state along, run " +
          `"${binary.file} init -migrate-state" in that folder; if it is where it has to be already, delete the folder's .terraform.`,
      );
    }
    return new UserError(
      "init-failed",
      `${binary.name} cannot initialise the stack: ${this.#oneLine(output)}`,
    );
  }

  #errorsOf(stdout: string): readonly Diagnostic[] {
    return errorsOf(stdout).map((error) => ({
      ...error,
      summary: this.#hide(error.summary),
      detail: this.#hide(error.detail),
    }));
  }

  #oneLine(output: string): string {
    // What is before it is about other things, such as a file of settings that is not there.
    const error = output.slice(Math.max(0, output.indexOf("Error:")));
    return this.#hide(error.replaceAll(/[\s│╷╵]+/g, " ").trim());
  }

  #hide(text: string): string {
    return redact(text, secretsIn(this.#options.environment));
  }

  async #run(args: readonly string[], onLine?: (line: string) => void): Promise<ProcessResult> {
    const { binary, environment } = this.#options;
    const result = await runProcess(binary.file, args, {
      cwd: this.#folder,
      env: {
        ...terraformVariables(environment),
        // Somebody may have selected another one in this folder. For HCP Terraform the stack itself names it.
        ...(this.#spec.backend.type !== "hcp" && { TF_WORKSPACE: "default" }),
      },
      ...(onLine !== undefined && { onLine }),
    });
    // After an apply that was broken off somebody has to look at what was done.
    if (result.interrupted && args[0] !== "apply") {
      throw new UserError("interrupted", `It was ended before it was done: ${binary.name} ${args[0] ?? ""}.`);
    }
    return result;
  }
}

/** Those of this process, without logs: they hold every request, with its secrets. */
function terraformVariables(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("TF_LOG"),
  );
  return { ...Object.fromEntries(kept), CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1", TF_INPUT: "0" };
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
