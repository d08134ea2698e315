import type { NamedEnvironment } from "../environment.ts";
import { settledBackend } from "./settled.ts";
import type { SettledBackend } from "./settled-environment.ts";

/** Where Terraform keeps a state: only R2 is part of a Cloudflare account. */
export type StateBackend =
  Exclude<SettledBackend, R2> | (Extract<SettledBackend, R2> & { readonly accountId: string });

interface R2 {
  readonly type: "r2";
}

/** Where the state of an environment is, with every default filled in. */
export function stateBackend(named: {
  readonly name: string;
  readonly environment: Pick<NamedEnvironment["environment"], "accountId" | "backend">;
}): StateBackend {
  const backend = settledBackend(named.name, named.environment.backend);
  return backend.type === "r2" ? { ...backend, accountId: named.environment.accountId } : backend;
}
