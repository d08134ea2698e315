import type { StateBackend } from "../environments/definition/state-backend.ts";
import { UserError } from "../errors/user-error.ts";
import type { Variables } from "../variables/command-variables.ts";

/** Arguments that lead Terraform to another state than the one of the stack. */
const ELSEWHERE = /(?:^|\s)["']?--?(?:backend-config|state|state-out)(?=[=\s"']|$)/;

/**
 * Makes sure that Terraform finds the state where the environment says: the bundles and the promotion look
 * for it there.
 *
 * @throws UserError that names the variable which leads it elsewhere.
 */
export function requireUsualState(backend: StateBackend, variables: Variables): void {
  const { TF_WORKSPACE: workspace = "" } = variables;
  if (workspace !== "" && workspace !== usualWorkspace(backend)) {
    throw new UserError(
      "state-elsewhere",
      "TF_WORKSPACE names another workspace, so Terraform would use a state other than the environment's, " +
        "while its bundles and its promotion stay with the usual one. Unset it: each environment already " +
        "has a state of its own.",
    );
  }
  const [name] =
    Object.entries(variables).find(
      ([candidate, value = ""]) => candidate.startsWith("TF_CLI_ARGS") && ELSEWHERE.test(value),
    ) ?? [];
  if (name === undefined) return;
  throw new UserError(
    "state-elsewhere",
    `${name} makes Terraform use another state (-backend-config, -state or -state-out), where the bundles ` +
      "are not looked for. Remove those options from it, and write where the state is in the " +
      "environment's backend.",
  );
}

/** The workspace that the state of an environment is in. */
function usualWorkspace(backend: StateBackend): string {
  return backend.type === "hcp" ? backend.workspace : "default";
}
