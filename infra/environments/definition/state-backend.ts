import type { StateBackend } from "../../connector/specification.ts";
import type { NamedEnvironment } from "../environment.ts";

/** Where the state of an environment is, with every default filled in. */
export function stateBackend(named: {
  readonly name: string;
  readonly environment: Pick<NamedEnvironment["environment"], "accountId" | "backend">;
}): StateBackend {
  const { accountId, backend = { type: "local" } } = named.environment;
  const key = `queueit/${named.name}.tfstate`;
  switch (backend.type) {
    case "local":
      return { path: `terraform.${named.name}.tfstate`, ...backend };
    case "r2":
      return { key, ...backend, accountId };
    case "s3":
      return { key, ...backend };
    case "hcp":
      return { hostname: "app.terraform.io", ...backend };
  }
}
