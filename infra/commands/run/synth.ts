import { join, relative } from "node:path";
import { synthesize } from "../../connector/synthesize.ts";
import { problemReport } from "../../environments/definition/report.ts";
import { deepWithoutSecrets } from "../../console/without-secrets.ts";
import { projectRoot } from "../../files/project-root.ts";
import { toJson } from "../../plan/report/json.ts";
import { requireCleanVariables } from "../../specification/clean-variables.ts";
import { LOCAL_FOLDER, isOnThisMachine, withStateApart } from "../../specification/state-apart.ts";
import { pickTarget } from "../../specification/target.ts";
import { makePrivateFolder, makeStatesPrivate } from "../../terraform/state-files.ts";
import { SYNTH } from "./synth-format.ts";
import { inFormat } from "../../json/format.ts";
import { terminal } from "./terminal.ts";
import { readStartingTargets } from "./worker-starts.ts";

export interface SynthCommandOptions {
  readonly json?: true;
}

interface Synthesized {
  /** Absolute folder of the output. */
  readonly folder: string;
  readonly environments: readonly string[];
}

/** Writes the stacks of the project as plain Terraform JSON, and says where. */
export async function runSynth(names: readonly string[], { json }: SynthCommandOptions): Promise<void> {
  const { folder, environments } = await synthesizeProject(names.length === 0 ? undefined : names);
  const stacks = environments.map((environment) => ({
    environment,
    folder: join(folder, "stacks", environment),
  }));
  if (json === true) {
    process.stdout.write(toJson(deepWithoutSecrets(inFormat(SYNTH, { stacks }))));
    return;
  }
  const lines = stacks.map((stack) => `  ${shown(stack.folder)}`);
  terminal.say(["Written, as plain Terraform that needs neither CDKTF nor Node.js:", ...lines].join("\n"));
}

/** As it is typed from here. */
function shown(folder: string): string {
  const path = relative(process.cwd(), folder);
  return path.startsWith("..") ? folder : path;
}

/**
 * The CDKTF app: one stack per environment. `cdktf` says by variables where it wants them, and which of them it
 * is about to destroy.
 *
 * @param names Of the environments that are wanted. Default: all.
 * @throws UserError
 */
export async function synthesizeProject(names?: readonly string[]): Promise<Synthesized> {
  requireCleanVariables(process.env);
  const { targets, warnings } = await readStartingTargets(names);
  const { QUEUEIT_DESTROY: destroyable, CLOUDFLARE_BASE_URL: baseUrl, CDKTF_OUTDIR: wanted } = process.env;
  if (destroyable !== undefined) pickTarget(targets, destroyable);
  const stacks = targets.map(({ spec }) => withStateApart(spec, baseUrl));
  const root = projectRoot();
  // What cdktf runs after this makes files as the shell says: these hold secrets.
  if (isOnThisMachine(baseUrl)) await makePrivateFolder(join(root, LOCAL_FOLDER));
  for (const spec of stacks) await makeStatesPrivate(spec, root);
  const folder = synthesize(stacks, {
    projectRoot: root,
    outputFolder: wanted === undefined || wanted === "" ? join(root, "cdktf.out") : wanted,
    destroyable,
    warnings: warnings.map((problem) => ({
      environment: problem.environment,
      text: problemReport([problem]),
    })),
  });
  return { folder, environments: stacks.map(({ environment }) => environment) };
}
