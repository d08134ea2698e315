import { join } from "node:path";
import { PROJECT_ROOT } from "./files/project-root.ts";
import { requireCleanVariables } from "./specification/clean-variables.ts";
import { tellFailure } from "./console/failure.ts";
import { LOCAL_FOLDER, isOnThisMachine, withStateApart } from "./specification/state-apart.ts";
import { synthesize } from "./connector/synthesize.ts";
import { makePrivateFolder, makeStatesPrivate } from "./terraform/state-files.ts";
import { problemReport } from "./environments/definition/report.ts";
import { readStartingTargets } from "./commands/run/worker-starts.ts";
import { pickTarget } from "./specification/target.ts";

// The CDKTF app: `cdktf` runs it for synth, diff, deploy and destroy. One stack per environment.
try {
  requireCleanVariables(process.env);
  const { targets, warnings } = await readStartingTargets();
  const destroyable = process.env["QUEUEIT_DESTROY"];
  if (destroyable !== undefined) pickTarget(targets, destroyable);
  const baseUrl = process.env["CLOUDFLARE_BASE_URL"];
  const stacks = targets.map(({ spec }) => withStateApart(spec, baseUrl));
  // What cdktf runs after this makes files as the shell says: these hold secrets.
  if (isOnThisMachine(baseUrl)) await makePrivateFolder(join(PROJECT_ROOT, LOCAL_FOLDER));
  for (const spec of stacks) await makeStatesPrivate(spec, PROJECT_ROOT);
  synthesize(stacks, {
    projectRoot: PROJECT_ROOT,
    destroyable,
    warnings: warnings.map((problem) => ({
      environment: problem.environment,
      text: problemReport([problem]),
    })),
  });
} catch (error) {
  process.exitCode = tellFailure(error, []);
}
