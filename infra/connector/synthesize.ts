import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { Annotations, App } from "cdktf";
import { ConnectorStack } from "./connector-stack.ts";
import type { ConnectorSpec } from "../specification/specification.ts";

export interface SynthesizeOptions {
  /** Absolute folder that local state paths are relative to. */
  readonly projectRoot: string;
  /**
   * Folder the stacks are written to.
   * @default `$CDKTF_OUTDIR`, which `cdktf` sets from cdktf.json, else `cdktf.out`
   */
  readonly outputFolder?: string;
  /**
   * Name of the environment whose KV namespace Terraform may destroy.
   * @default none
   */
  readonly destroyable?: string | undefined;
  /**
   * What `cdktf` shows beside a stack, and goes on.
   * @default nothing
   */
  readonly warnings?: readonly { readonly environment: string; readonly text: string }[];
}

const LOCK_FILE = ".terraform.lock.hcl";

/**
 * Writes one stack per specification as plain Terraform JSON: `<output
 * folder>/stacks/<environment>/cdk.tf.json` with its bundle beside it. A lock file in the project's root goes
 * with them: Terraform then takes no other provider than the one that was reviewed. Returns the folder of the
 * output.
 */
export function synthesize(
  specs: readonly ConnectorSpec[],
  { projectRoot, outputFolder, destroyable, warnings = [] }: SynthesizeOptions,
): string {
  const app = new App(outputFolder === undefined ? {} : { outdir: outputFolder });
  for (const spec of specs) {
    const stack = new ConnectorStack(app, {
      spec,
      projectRoot,
      destroyable: destroyable === spec.environment,
    });
    for (const { environment, text } of warnings) {
      if (environment === spec.environment) Annotations.of(stack).addWarning(text);
    }
  }
  app.synth();
  const lockFile = join(projectRoot, LOCK_FILE);
  if (existsSync(lockFile)) {
    for (const { environment } of specs)
      copyFileSync(lockFile, join(app.outdir, "stacks", environment, LOCK_FILE));
  }
  return app.outdir;
}
