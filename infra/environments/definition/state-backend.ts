import type { StateBackend } from "../../specification/specification.ts";
import type { NamedEnvironment } from "../environment.ts";
import { settledBackend } from "./settled.ts";

/** Where the state of an environment is, with every default filled in. */
export function stateBackend(named: {
  readonly name: string;
  readonly environment: Pick<NamedEnvironment["environment"], "accountId" | "backend">;
}): StateBackend {
  const backend = settledBackend(named.name, named.environment.backend);
  return backend.type === "r2" ? { ...backend, accountId: named.environment.accountId } : backend;
}
