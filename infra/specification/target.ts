import { VARIABLES } from "../../worker/deployment/variables.ts";
import { requireCleanVariables } from "./clean-variables.ts";
import { ACCEPT_EXAMPLE_VALUES } from "../connector/connector-stack.ts";
import type { ConnectorSpec, WorkerFile } from "./specification.ts";
import { isOnThisMachine, withStateApart } from "./state-apart.ts";
import { pickEnvironment } from "../environments/definition/load.ts";
import type { NamedEnvironment } from "../environments/environment.ts";
import { UserError } from "../errors/user-error.ts";
import type { Specifications } from "../project.ts";

/** One environment that a command plans, deploys or asks. */
export interface Target {
  readonly named: NamedEnvironment;
  /** With its state apart where the deploy goes to this machine. */
  readonly spec: ConnectorSpec;
  /** Whether the deploy goes to a Cloudflare on this machine. */
  readonly isLocal: boolean;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Finds an environment among the specifications.
 *
 * @throws UserError when there is none of this name, or a variable is not what it is meant to be.
 */
export function targetOf(
  { specs, environments }: Pick<Specifications, "specs" | "environments">,
  name: string,
  variables: Variables,
): Target {
  const named = pickEnvironment(environments, name);
  const spec = specs.find(({ environment }) => environment === name);
  if (spec === undefined) throw new Error(`The environment ${name} has no specification.`);
  const baseUrl = variables["CLOUDFLARE_BASE_URL"];
  const target = { named, spec: withStateApart(spec, baseUrl), isLocal: isOnThisMachine(baseUrl) };
  requireCleanVariables(variables, target.spec.backend.type);
  return target;
}

/** The same target with another Worker file: one that was kept, instead of the one that was built. */
export function withWorkerFile(target: Target, file: WorkerFile): Target {
  const { spec } = target;
  const bindings = spec.worker.bindings.map((binding) =>
    binding.type === "plain_text" && binding.name === VARIABLES.bundle
      ? { ...binding, text: file.sha256 }
      : binding,
  );
  return { ...target, spec: { ...spec, worker: { ...spec.worker, file, bindings } } };
}

/**
 * Says before anything is planned what is missing: credentials, secrets, and values in the place of the examples.
 *
 * @throws UserError that names all of it.
 */
export function requireReady({ spec, isLocal }: Target, variables: Variables): void {
  const { environment, exampleValues, secretVariables } = spec;
  const isSet = (name: string) => (variables[name] ?? "") !== "";
  if (exampleValues.length > 0 && variables[`TF_VAR_${ACCEPT_EXAMPLE_VALUES}`] !== "true") {
    throw new UserError(
      "example-values",
      `The environment ${environment} still has example values: ${exampleValues.join("; ")}. Replace them in ` +
        `infra/environments/${environment}.ts. To try a deploy without an account, start "npm run local" first.`,
    );
  }
  const missing = [
    ...(isSet("CLOUDFLARE_API_TOKEN") || isSet("CLOUDFLARE_API_KEY") ? [] : ["CLOUDFLARE_API_TOKEN"]),
    ...secretVariables.map(({ name }) => `TF_VAR_${name}`).filter((name) => !isSet(name)),
  ];
  if (missing.length === 0) return;
  const where = isLocal
    ? 'The output of "npm run local" has lines to paste.'
    : "They are never written to a file.";
  throw new UserError(
    "variables-missing",
    `To deploy ${environment}, set these environment variables: ${missing.join(", ")}. ${where}`,
  );
}
