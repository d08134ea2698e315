import { synthesizeProject } from "./commands/run/synth.ts";
import { tellFailure } from "./console/failure.ts";

// The CDKTF app of a checkout: `cdktf` runs it for synth, diff, deploy and destroy.
try {
  await synthesizeProject();
} catch (error) {
  process.exitCode = tellFailure(error, []);
}
