import { type ProcessResult, runProcess } from "../../infra/terraform/process.ts";
import { type Plan, planSchema } from "./plan.ts";
import { StepFailed } from "./step-failed.ts";

export interface TerraformOptions {
  /** `terraform`, `tofu`, or the path of either. */
  readonly binary: string;
  /** Folder of the stack. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

const PLAN_FILE = "e2e.tfplan";

/** Plain Terraform in the folder of one stack. */
export class Terraform {
  readonly #options: TerraformOptions;

  constructor(options: TerraformOptions) {
    this.#options = options;
  }

  /** The same stack with other environment variables. */
  with(environment: Readonly<Record<string, string>>): Terraform {
    return new Terraform({
      ...this.#options,
      environment: { ...this.#options.environment, ...environment },
    });
  }

  async init(): Promise<void> {
    await this.#succeed("init", "-input=false");
  }

  /** Plans and keeps the plan for `apply`. Undefined when there is nothing to change. */
  async plan(): Promise<Plan | undefined> {
    const result = await this.#run("plan", "-input=false", "-detailed-exitcode", `-out=${PLAN_FILE}`);
    switch (planOutcome(result.code)) {
      case "empty":
        return undefined;
      case "changes":
        return planSchema.parse(JSON.parse((await this.#succeed("show", "-json", PLAN_FILE)).stdout));
      case "failed":
        throw new StepFailed("terraform plan failed", result.output);
    }
  }

  /** Applies what was planned last. */
  async apply(): Promise<void> {
    await this.#succeed("apply", "-input=false", PLAN_FILE);
  }

  /** The output of a plan that has to fail. */
  async failingPlan(...args: readonly string[]): Promise<string> {
    const { code, output } = await this.#run("plan", "-input=false", ...args);
    if (code === 0) throw new StepFailed(`terraform plan ${args.join(" ")} passed, and it must not`, output);
    return output;
  }

  async destroy(): Promise<void> {
    await this.#succeed("destroy", "-input=false", "-auto-approve");
  }

  /** Value of an output that is a string. */
  async output(name: string): Promise<string> {
    return (await this.#succeed("output", "-raw", name)).stdout.trim();
  }

  async #succeed(command: string, ...args: readonly string[]): Promise<ProcessResult> {
    const result = await this.#run(command, ...args);
    if (result.code === 0) return result;
    throw new StepFailed(`terraform ${command} failed in ${this.#options.folder}`, result.output);
  }

  #run(command: string, ...args: readonly string[]): Promise<ProcessResult> {
    const { binary, folder, environment } = this.#options;
    const colourless = command === "show" || command === "output" ? args : ["-no-color", ...args];
    return runProcess(binary, [command, ...colourless], { cwd: folder, env: environment });
  }
}

/** What `terraform plan -detailed-exitcode` says with its exit code. */
export function planOutcome(code: number): "empty" | "changes" | "failed" {
  if (code === 0) return "empty";
  return code === 2 ? "changes" : "failed";
}
