import { CUSTOMER, SECRET } from "../test/worker/support/tokens.ts";
import type { Candidates } from "./candidates.ts";
import { configurationOf } from "./integration-configuration.ts";
import type { Variant } from "./kinds.ts";
import type { Surroundings } from "./surroundings.ts";
import { Workerd } from "./workerd.ts";

/** Where candidates run that have one number of actions. */
export class Field {
  constructor(
    readonly candidates: Candidates,
    readonly surroundings: Surroundings,
    readonly actions: number,
  ) {}

  /** Starts a candidate in a process of its own, with what it needs in KV. */
  start(candidate: string, variant: Variant): Promise<Workerd> {
    const { origin, kv } = this.surroundings;
    this.surroundings.store(JSON.stringify(configurationOf(this.actions, variant === "body trigger")));
    const code = this.candidates.get(candidate) ?? "";
    return Workerd.start({ code, variables: variablesFor(variant), origin, kv });
  }
}

function variablesFor(variant: Variant): Record<string, string> {
  return {
    QUEUEIT_CUSTOMER_ID: CUSTOMER,
    QUEUEIT_SECRET_KEY: SECRET,
    // Longer than any run, so that no turn pays for a refresh.
    QUEUEIT_CONFIG_TTL: "86400",
    QUEUEIT_ENQT_ENABLED: String(variant === "enqueue token"),
    READ_BODY: String(variant === "body trigger"),
  };
}
