import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { synthesize } from "../connector/synthesize.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { UserError } from "../errors/user-error.ts";
import { PLAN_FOLDER, makeTemporaryFolder, sweepTemporaryFolders } from "../files/temporary-folder.ts";
import type { ApplyOutcome, OpenStack, PlanMode, PlanOptions, PlannedStack, Stack } from "./stack.ts";
import { holdEnvironment } from "./environment-lock.ts";
import { initError } from "./init-error.ts";
import { errorText, progressOf, readMessage } from "./messages.ts";
import { applyRefusal, knownRefusal, lockHolder, planFailed } from "./plan-refusal.ts";
import type { ProcessResult } from "./process.ts";
import { makePrivateFolder, makeStatesPrivate, unsavedState } from "./state-files.ts";
import { requiredProvider } from "./required-provider.ts";
import { requireUsualState } from "./usual-state.ts";
import { requireWholeState } from "./whole-state.ts";
import { TerraformCommand, type TerraformCommandOptions } from "./terraform-command.ts";

export interface TerraformOptions extends Omit<TerraformCommandOptions, "folder"> {
  /** Absolute folder that local state paths are relative to. */
  readonly projectRoot: string;
  /** Absolute folder for the stacks; Terraform keeps its provider there, too. */
  readonly outputFolder: string;
  /**
   * Whether the folder is for this user alone: the states are in it.
   * @default false
   */
  readonly isPrivate?: boolean;
}

/**
 * Stacks that Terraform or OpenTofu plans and applies. Once one is open, no other process of this checkout opens that
 * environment until this one ends.
 */
export function terraformStacks(options: TerraformOptions): OpenStack {
  return async (spec, { destroyable = false } = {}) => {
    const { projectRoot, outputFolder, isPrivate = false } = options;
    requireUsualState(spec.backend, options.variables);
    sweepTemporaryFolders();
    if (isPrivate) await makePrivateFolder(outputFolder);
    await holdEnvironment(spec.environment, outputFolder);
    await makeStatesPrivate(spec, projectRoot);
    await requireWholeState(spec.environment, spec.backend, projectRoot);
    const { promotedFrom } = spec;
    if (promotedFrom !== undefined) {
      await requireWholeState(promotedFrom.environment, promotedFrom.backend, projectRoot);
    }
    synthesize([spec], { projectRoot, outputFolder, ...(destroyable && { destroyable: spec.environment }) });
    const stack = new TerraformStack(spec, join(outputFolder, "stacks", spec.environment), options);
    await stack.init();
    return stack;
  };
}

const outputsSchema = z.record(z.string(), z.object({ value: z.unknown(), sensitive: z.boolean() }));

/** First, so that who waits is told for whom. */
const AT_ONCE = "-lock-timeout=0s";
/** Somebody else's deploy of the environment ends in that time, or it hangs. */
const PATIENT = "-lock-timeout=2m";

const MODES: Readonly<Record<PlanMode, readonly string[]>> = {
  apply: [],
  destroy: ["-destroy"],
  "refresh-only": ["-refresh-only"],
};

class TerraformStack implements Stack {
  readonly #spec: ConnectorSpec;
  readonly #folder: string;
  readonly #options: TerraformOptions;
  readonly #terraform: TerraformCommand;

  constructor(spec: ConnectorSpec, folder: string, options: TerraformOptions) {
    this.#spec = spec;
    this.#folder = folder;
    this.#options = options;
    this.#terraform = new TerraformCommand({
      ...options,
      folder,
      variables: {
        ...options.variables,
        // Somebody may have selected another one in this folder. For HCP Terraform the stack itself names it.
        ...(spec.backend.type !== "hcp" && { TF_WORKSPACE: "default" }),
      },
    });
  }

  async init(): Promise<void> {
    const { binary, progress } = this.#options;
    const unsaved = unsavedState(this.#folder, binary);
    if (unsaved !== undefined) throw new UserError("state-unsaved", unsaved);
    progress(`${binary.name}: init`);
    const doing = `initialising ${this.#spec.environment}`;
    const result = await this.#terraform.look(["init", "-input=false", "-no-color"], { doing });
    if (result.code === 0) return;
    throw initError(
      {
        environment: this.#spec.environment,
        backend: this.#spec.backend,
        binary,
        folder: this.#folder,
        provider: requiredProvider(this.#folder),
      },
      this.#terraform.hide(result.stderr),
      this.#terraform.reasonOf(result),
    );
  }

  readonly plan = async (mode: PlanMode, { readOnly = false }: PlanOptions = {}): Promise<PlannedStack> => {
    const { binary, progress } = this.#options;
    progress(`${binary.name}: plan of ${this.#spec.environment}`);
    const held = makeTemporaryFolder(PLAN_FOLDER);
    const file = join(held.path, "plan.out");
    try {
      const runPlan = (lock: string) =>
        this.#terraform.look(["plan", "-input=false", "-json", lock, ...MODES[mode], `-out=${file}`], {
          doing: `planning ${this.#spec.environment}`,
          isLeftAlone: !readOnly,
          onStart: held.keepFor,
        });
      let planned = await runPlan(readOnly ? "-lock=false" : AT_ONCE);
      const holder = lockHolder(this.#terraform.errorsOf(planned));
      if (holder !== undefined) {
        progress(
          `The state of ${this.#spec.environment} is locked${holder.text}. Waiting for two minutes at most.`,
        );
        planned = await runPlan(PATIENT);
      }
      const errors = this.#terraform.errorsOf(planned);
      // Terraform writes a plan that stopped at an error, too, so that it can be shown.
      const json = existsSync(file) ? await this.#show(file, planned) : undefined;
      const refusal = knownRefusal(this.#spec, errors, this.#folder);
      if (refusal !== undefined || json === undefined) {
        throw refusal ?? planFailed(this.#spec, errors, this.#terraform.reasonOf(planned));
      }
      const reason = errors.map(errorText).join("\n");
      return {
        json,
        failure: planned.code === 0 ? undefined : reason || this.#terraform.reasonOf(planned),
        apply: () => this.#apply(file, held.keepFor),
        discard: () => {
          held.remove();
          return Promise.resolve();
        },
      };
    } catch (error) {
      held.remove();
      throw error;
    }
  };

  readonly outputs = async (): Promise<Readonly<Record<string, unknown>>> => {
    const doing = `reading the state of ${this.#spec.environment}`;
    const result = await this.#terraform.look(["output", "-json", "-no-color"], { doing });
    if (result.code !== 0) {
      throw new UserError(
        "state-unreadable",
        `The state cannot be read: ${this.#terraform.reasonOf(result)}`,
      );
    }
    const outputs = outputsSchema.parse(JSON.parse(result.stdout));
    return Object.fromEntries(
      Object.entries(outputs).flatMap(([name, { value, sensitive }]) => (sensitive ? [] : [[name, value]])),
    );
  };

  /** Undefined where the plan failed and what there is of it cannot be shown. */
  async #show(file: string, planned: ProcessResult): Promise<string | undefined> {
    const doing = `reading the plan of ${this.#spec.environment}`;
    const shown = await this.#terraform.look(["show", "-json", file], { doing });
    if (shown.code === 0) return shown.stdout;
    if (planned.code !== 0) return undefined;
    throw planFailed(this.#spec, [], `It cannot be shown: ${this.#terraform.reasonOf(shown)}`);
  }

  async #apply(file: string, onStart: (pid: number) => void): Promise<ApplyOutcome> {
    const { binary, progress } = this.#options;
    progress(`${binary.name}: apply`);
    const result = await this.#terraform.run(["apply", "-input=false", "-json", PATIENT, file], {
      doing: `changing ${this.#spec.environment}`,
      isLeftAlone: true,
      onStart,
      onLine: (line) => {
        const message = readMessage(line);
        if (message?.type.startsWith("apply_") === true) progress(`  ${this.#terraform.hide(message.text)}`);
      },
    });
    const { code, signal, stdout, interruptedBy: by } = result;
    if (code === 0) return { ok: true, interruptedBy: by };
    const errors = this.#terraform.errorsOf(result);
    const refusal = applyRefusal(this.#spec, errors, this.#folder);
    if (refusal !== undefined) throw refusal;
    const reason = errors.map(errorText).join("\n") || this.#terraform.reasonOf(result);
    // Terraform hears of our interrupt only once it has started; before, it ends of it.
    const killedBy = by === undefined || signal !== "SIGINT" ? signal : undefined;
    const isBrokenOff = by !== undefined || killedBy !== undefined;
    return {
      ok: false,
      reason,
      brokenOff: isBrokenOff ? { by, killedBy, ...progressOf(stdout) } : undefined,
      unsavedState: unsavedState(this.#folder, binary),
    };
  }
}
