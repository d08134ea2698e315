import { PROJECT_ROOT } from "./bundle.ts";
import { withStateApart } from "./connector/state-apart.ts";
import { synthesize } from "./connector/synthesize.ts";
import { pickEnvironment } from "./environments/definition/load.ts";
import { problemReport } from "./environments/definition/report.ts";
import { EXIT, UserError } from "./errors.ts";
import { asUserError } from "./files/system-refusal.ts";
import { readSpecifications } from "./specifications.ts";

// The CDKTF app: `cdktf` runs it for synth, diff, deploy and destroy. One stack per environment.
try {
  const { specs, environments, warnings } = await readSpecifications();
  const destroyable = process.env["QUEUEIT_DESTROY"];
  if (destroyable !== undefined) pickEnvironment(environments, destroyable);
  const stacks = specs.map((spec) => withStateApart(spec, process.env["CLOUDFLARE_BASE_URL"]));
  synthesize(stacks, {
    projectRoot: PROJECT_ROOT,
    destroyable,
    warnings: warnings.map((problem) => ({
      environment: problem.environment,
      text: problemReport([problem]),
    })),
  });
} catch (error) {
  const known = error instanceof UserError ? error : asUserError(error);
  if (known === undefined) throw error;
  process.stderr.write(`error ${known.code} ${known.message}\n`);
  process.exitCode = EXIT.userError;
}
