import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { runProcess } from "../../infra/terraform/process.ts";
import { StepFailed } from "../e2e/step-failed.ts";

/** Where a refresh finds the plan; never in a fixture. */
const PLAN_FILE = "recorded.tfplan";

const versionSchema = z.object({ provider_selections: z.record(z.string(), z.string()).default({}) });

/** Terraform in a folder that belongs to the recorder. */
export class TerraformRecorder {
  constructor(
    readonly binary: string,
    readonly folder: string,
    readonly variables: Readonly<Record<string, string>>,
  ) {}

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      const path = join(this.folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  }

  init(): Promise<string> {
    return this.#succeed({}, "init", "-input=false");
  }

  /** Plans, and keeps the plan for `show` and `apply`. Says whether it has changes. */
  async plan(variables: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<boolean> {
    const words = ["plan", "-input=false", "-detailed-exitcode", `-out=${PLAN_FILE}`, ...args];
    const result = await this.#run(variables, ...words);
    if (result.code !== 0 && result.code !== 2) throw new StepFailed("terraform plan failed", result.output);
    return result.code === 2;
  }

  /** Plans what has to stop at an error, and keeps the plan for `show`. */
  async stoppedPlan(variables: Readonly<Record<string, string>>): Promise<void> {
    const { code, output } = await this.#run(variables, "plan", "-input=false", `-out=${PLAN_FILE}`);
    if (code !== 1) throw new StepFailed("terraform plan passed, and it must not", output);
  }

  show(): Promise<string> {
    return this.#succeed({}, "show", "-json", PLAN_FILE);
  }

  async apply(): Promise<void> {
    await this.#succeed({}, "apply", "-input=false", PLAN_FILE);
  }

  schemas(): Promise<string> {
    return this.#succeed({}, "providers", "schema", "-json");
  }

  /** Version of a provider that `init` has chosen. */
  async versionOf(provider: string): Promise<string | undefined> {
    const version: unknown = JSON.parse(await this.#succeed({}, "version", "-json"));
    return versionSchema.parse(version).provider_selections[provider];
  }

  async #succeed(variables: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<string> {
    const { code, stdout, output } = await this.#run(variables, ...args);
    if (code !== 0) throw new StepFailed(`terraform ${args[0] ?? ""} failed`, output);
    return stdout;
  }

  #run(variables: Readonly<Record<string, string>>, ...args: readonly string[]) {
    return runProcess(this.binary, args, { cwd: this.folder, env: { ...this.variables, ...variables } });
  }
}
