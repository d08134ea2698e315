import { UserError } from "../errors/user-error.ts";

/** A plan that stopped before its end. @param failure Why, in the planner's words. */
export function planStopped(environment: string, failure: string): UserError {
  return new UserError(
    "plan-stopped",
    `The plan of ${environment} stopped, and nothing was changed. ${failure}${remedyOf(environment, failure)}`,
  );
}

/** Terraform says that an object to take over is gone, and not where it is named. */
function remedyOf(environment: string, failure: string): string {
  if (!failure.includes("Cannot import non-existent remote object")) return "";
  return (
    `\nIt is named in adopted of infra/environments/${environment}.ts, and the account does not have it any more. ` +
    "Delete it there (all of adopted, once the first deploy is done): what is missing is then made anew."
  );
}
