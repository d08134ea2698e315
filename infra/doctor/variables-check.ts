import type { StateBackend } from "../environments/definition/state-backend.ts";
import { CLEAN, uncleanVariables } from "../specification/clean-variables.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { type Finding, findingsOf } from "./finding.ts";
import type { Variables } from "../variables/command-variables.ts";

/** Whether the environment variables are there, and are values and nothing else. Never shows one. */
export function checkVariables(
  {
    secretVariables,
    backend,
  }: Pick<ConnectorSpec, "secretVariables"> & {
    readonly backend: Pick<StateBackend, "type">;
  },
  variables: Variables,
): readonly Finding[] {
  const { ok, problem } = findingsOf("variables");
  const wanted = secretVariables.map(({ name, description }) => ({
    name: `TF_VAR_${name}` as const,
    description,
  }));
  const missing = wanted.filter(({ name }) => (variables[name] ?? "") === "");
  // The token, and where it is sent, are looked at before any environment.
  const others = { ...variables, CLOUDFLARE_API_TOKEN: undefined, CLOUDFLARE_BASE_URL: undefined };
  const unclean = uncleanVariables(others, backend.type);
  const set = wanted.filter((each) => !missing.includes(each)).map(({ name }) => name);
  return [
    ...missing.map(({ name, description }) =>
      problem(
        `${name} is not set: ${description}`,
        `export ${name}=…, and write it to no file of this repository`,
      ),
    ),
    ...unclean.map((fault) => problem(fault, lowerFirst(CLEAN))),
    ...(unclean.length === 0 && set.length > 0
      ? [ok(`${set.join(", ")}: set, and nothing but a value`)]
      : []),
    ...(unclean.length === 0 && wanted.length === 0
      ? [ok("no secret has to be set for this environment")]
      : []),
  ];
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}
