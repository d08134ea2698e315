import { UserError } from "../errors/user-error.ts";

/** A plan that stopped before its end. @param failure Why, in the planner's words. */
export function planStopped(environment: string, failure: string): UserError {
  return new UserError(
    "plan-stopped",
    `The plan of ${environment} stopped, and nothing was changed. ${failure}`,
  );
}
