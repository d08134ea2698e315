import { configurationRemedy } from "../../specification/configuration-remedy.ts";
import type { ConnectorSpec } from "../../specification/specification.ts";
import { switchOnRemedy } from "../../specification/switch-words.ts";
import { TYPES } from "../deployment.ts";
import type { Change } from "../changes/change.ts";

export type DriftChange = Extract<Change, { readonly kind: "drift" }>;

/** What the remedies depend on: who owns the integration configuration, and how it is written anew. */
export type Owned = Pick<ConnectorSpec, "environment" | "configuration" | "publishUrl" | "routes">;

/**
 * What undoes a change, whoever has to do it: a deploy writes what Terraform owns, and leaves alone what
 * Queue-it owns. Without its full stop.
 */
export function driftRemedy({ cause, type }: Pick<DriftChange, "cause" | "type">, spec: Owned): string {
  if (cause === "switched") return `when the reason is gone: ${switchOnRemedy(spec.environment)}`;
  const deploy = `deploy again: npx queueit-cf deploy ${spec.environment}`;
  const isQueueIts = spec.configuration.owner !== "file";
  if (type === TYPES.value && isQueueIts) {
    const first = "before any deploy, which would write the first configuration, without actions";
    return cause === "deleted" ? `${configurationRemedy(spec)}; ${first}` : configurationRemedy(spec);
  }
  if (type === TYPES.namespace && cause === "deleted" && isQueueIts) {
    return `${deploy}; until then, isolates that start do not make anybody queue; then ${configurationRemedy(spec)}`;
  }
  if (type === TYPES.route && cause === "deleted") {
    return (
      `${deploy}; if somebody has since created another route with the same pattern, the deploy says ` +
      "how to import it"
    );
  }
  return deploy;
}
