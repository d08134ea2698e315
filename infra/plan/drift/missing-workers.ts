import { namedWorkers } from "../../specification/named-workers.ts";
import type { ConnectorSpec } from "../../specification/specification.ts";
import { TYPES } from "../deployment.ts";
import { sentence } from "../sentence.ts";
import type { Finding } from "./finding.ts";

/** Workers of the shop that the environment relies on, and that are gone. @param workers Names of the account's. */
export function missingWorkers(
  spec: Pick<ConnectorSpec, "environment" | "routes" | "worker">,
  workers: readonly string[],
): readonly Finding[] {
  return namedWorkers(spec)
    .filter(({ name }) => !workers.includes(name))
    .map(({ name, pattern }) => ({
      kind: "drift",
      cause: "deleted",
      effect: "drift",
      type: TYPES.script,
      address: `Worker ${name}`,
      sentence:
        pattern === undefined
          ? sentence`Worker deleted outside Terraform: ${name}, which answers the requests that pass; visitors get an error`
          : sentence`Worker deleted outside Terraform: ${name}, which answers ${pattern}; visitors get an error`,
      details: [],
      remedy:
        `deploy ${name} again, with its own tool: it is not in this environment's Terraform; or name another one in ` +
        `infra/environments/${spec.environment}.ts and deploy`,
    }));
}
