import type { NamedEnvironment } from "../environments/environment.ts";
import type { ReviewContext } from "./context.ts";

/** What an environment adds to the review of its plan. */
export function environmentContext({ name, environment }: NamedEnvironment): ReviewContext {
  return {
    environment: name,
    workerName: environment.workerName,
    owner: environment.integrationConfiguration?.owner ?? "publish",
    ...(environment.coverage && { coverage: environment.coverage }),
  };
}
