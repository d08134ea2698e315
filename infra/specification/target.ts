import { pickEnvironment } from "../environments/definition/pick-environment.ts";
import { settled } from "../environments/definition/settled.ts";
import type { NamedEnvironment } from "../environments/environment.ts";
import { UserError } from "../errors/user-error.ts";
import { ACCEPT_EXAMPLE_VALUES, bindingsOf } from "./bindings.ts";
import { requireCleanVariables } from "./clean-variables.ts";
import type { ConnectorSpec, WorkerFile } from "./specification.ts";
import { isOnThisMachine, withStateApart } from "./state-apart.ts";
import type { Variables } from "../variables/command-variables.ts";

/** One environment, and everything that it asks for: also which Worker file it runs. */
export interface Target {
  readonly named: NamedEnvironment;
  readonly spec: ConnectorSpec;
}

/**
 * The target of an environment. @throws UserError that lists the known names when there is none of this name.
 */
export function pickTarget(targets: readonly Target[], name: string): Target {
  return pickEnvironment(
    targets.map((target) => ({ name: target.named.name, target })),
    name,
  ).target;
}

/**
 * The target as it is planned, deployed and asked with these environment variables: with its state apart
 * where they lead to a Cloudflare on this machine.
 *
 * @throws UserError when a variable is not what it is meant to be.
 */
export function deployable(target: Target, variables: Variables): Target {
  const spec = withStateApart(target.spec, variables.CLOUDFLARE_BASE_URL);
  requireCleanVariables(variables, spec.backend.type);
  return { ...target, spec };
}

/** The same target with another Worker file: one that was kept, instead of the one that was built. */
export function withWorkerFile(target: Target, file: WorkerFile): Target {
  const { spec } = target;
  // They tell the Worker's hash, and the hooks that are in it.
  const bindings = bindingsOf(settled(target.named), file);
  return { ...target, spec: { ...spec, worker: { ...spec.worker, file, bindings } } };
}

/**
 * Says before anything is planned what is missing: credentials, secrets, and values in the place of the
 * examples.
 *
 * @throws UserError that names all of it.
 */
export function requireReady(target: Target, variables: Variables): void {
  const { environment, secretVariables } = target.spec;
  const isSet = (name: keyof Variables) => (variables[name] ?? "") !== "";
  requireOwnValues(target, variables);
  const missing = [
    ...(isSet("CLOUDFLARE_API_TOKEN") || isSet("CLOUDFLARE_API_KEY") ? [] : ["CLOUDFLARE_API_TOKEN"]),
    ...secretVariables.map(({ name }) => `TF_VAR_${name}` as const).filter((name) => !isSet(name)),
  ];
  if (missing.length === 0) return;
  const where = isOnThisMachine(variables.CLOUDFLARE_BASE_URL)
    ? 'The output of "npx queueit-cf local" has lines to paste.'
    : "They are never written to a file.";
  throw new UserError(
    "variables-missing",
    `${environment} needs these environment variables, which are not set: ${missing.join(", ")}. ${where}`,
  );
}

/**
 * @throws UserError that names the example values which are still there, unless they are accepted: that is for the
 *   local Cloudflare only.
 */
export function requireOwnValues({ spec }: Target, variables: Variables): void {
  const { environment, exampleValues } = spec;
  if (exampleValues.length === 0 || variables[`TF_VAR_${ACCEPT_EXAMPLE_VALUES}`] === "true") return;
  throw new UserError(
    "example-values",
    `The environment ${environment} still has example values: ${exampleValues.join("; ")}. Replace them in ` +
      `infra/environments/${environment}.ts. To try a deploy without an account, start "npx queueit-cf local" first.`,
  );
}
