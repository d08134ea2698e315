import { stripVTControlCharacters } from "node:util";
import { startLocalServer } from "../../infra/local/server/local-server.ts";
import type { Target } from "../../infra/specification/target.ts";
import { readTarget } from "../../infra/project/targets.ts";
import { skippedExitCode, skippedLine } from "./availability.ts";
import { findTerraform } from "./find-terraform.ts";
import { Management } from "./management.ts";
import { Project, withLocalState } from "./project.ts";
import { redact } from "../../infra/secrets/redact.ts";
import { StepFailed } from "./step-failed.ts";
import { Terraform } from "./terraform.ts";
import { terraformEnvironment } from "./terraform-environment.ts";
import type { Step, World } from "./world.ts";

export type EndToEnd = readonly (readonly Step[])[];

/** Visitors let in per minute: the steps are not about waiting. */
const OUTFLOW = 6000;

/**
 * Runs every list of steps, one line for each step, and ends with the first that fails.
 *
 * @returns The exit code: 0 when every step passed, or when Terraform or its provider is not available and
 *   nobody requires it.
 */
export async function runSteps(
  runs: EndToEnd,
  environment: Readonly<Record<string, string | undefined>>,
  print: (line: string) => void,
): Promise<number> {
  const localTarget = async (name: string): Promise<Target> => {
    const { named, spec } = await readTarget(name);
    return { named, spec: withLocalState(spec) };
  };
  const both = [await localTarget("staging"), await localTarget("production")] as const;

  const found = await findTerraform(both[0].spec, environment);
  if (found.kind === "unavailable") {
    print(skippedLine(found.reason));
    return skippedExitCode(environment);
  }
  for (const steps of runs) {
    if (!(await runInWorld(steps, both, { binary: found.binary, environment, print }))) return 1;
  }
  return 0;
}

interface Tools {
  readonly binary: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly print: (line: string) => void;
}

/** Runs steps that build on one another. Says whether all passed. */
async function runInWorld(
  steps: readonly Step[],
  environments: readonly [staging: Target, production: Target],
  { binary, environment: inherited, print }: Tools,
): Promise<boolean> {
  const [staging, production] = environments;
  const project = await Project.make();
  const log: string[] = [];
  const server = await startLocalServer({
    environments,
    port: 0,
    apiPort: 0,
    outflow: OUTFLOW,
    log: ({ level, message }) => log.push(`${level} ${message}`),
  });
  try {
    const secrets = [server.token, ...Object.values(server.secrets)];
    const environment = terraformEnvironment(inherited, {
      ...server.variables,
      TERRAFORM_BINARY_NAME: binary,
    });
    const world: World = {
      server,
      management: new Management(server),
      project,
      staging: staging.spec,
      production: production.spec,
      targets: { staging, production },
      binary,
      terraformIn: (folder) => new Terraform({ binary, folder, environment }),
      environment,
      keepSecret: (secret) => secrets.push(secret),
    };
    for (const { title, run } of steps) {
      const started = performance.now();
      const failure = await run(world).then(
        () => undefined,
        (error: unknown) => describe(error, log),
      );
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      print(`${failure === undefined ? "ok  " : "FAIL"} ${title} (${seconds} s)`);
      if (failure === undefined) continue;
      print(redact(failure, secrets));
      return false;
    }
    return true;
  } finally {
    await server.close();
    await project.remove();
  }
}

function describe(error: unknown, log: readonly string[]): string {
  const reason =
    error instanceof StepFailed
      ? `${error.message}\n${error.output}`
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  return [stripVTControlCharacters(reason).trim(), "", "The local Cloudflare's log:", ...log.slice(-40)].join(
    "\n",
  );
}
