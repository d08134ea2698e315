import { CUSTOMER, SECRET } from "../test/worker/support/tokens.ts";
import type { Candidates } from "./candidates.ts";
import { configurationOf } from "./integration-configuration.ts";
import type { Variant } from "./kinds.ts";
import type { Surroundings } from "./surroundings.ts";
import { Workerd } from "./workerd.ts";

/** The running candidates for one number of actions, each in a process of its own, started when first needed. */
export class Field {
  readonly #runners = new Map<string, Promise<Workerd>>();

  constructor(
    readonly candidates: Candidates,
    readonly surroundings: Surroundings,
    readonly actions: number,
  ) {}

  /** @param name Tells processes of one candidate apart. */
  runner(candidate: string, variant: Variant, name = candidate): Promise<Workerd> {
    const bare = candidate.startsWith("bare-");
    const key = bare ? `${candidate} ${name}` : `${candidate} ${variant}`;
    let runner = this.#runners.get(key);
    if (runner === undefined) this.#runners.set(key, (runner = this.#start(candidate, variant)));
    return runner;
  }

  /** KV answers what this candidate's requests need; to be called before each turn. */
  prepare(variant: Variant): void {
    this.surroundings.store(JSON.stringify(configurationOf(this.actions, variant === "body trigger")));
  }

  async close(): Promise<void> {
    for (const runner of this.#runners.values()) {
      await (await runner).end();
    }
  }

  #start(candidate: string, variant: Variant): Promise<Workerd> {
    const { origin, kv } = this.surroundings;
    const code = this.candidates.get(candidate) ?? "";
    return Workerd.start({ code, variables: variablesFor(variant), origin, kv });
  }
}

export function variablesFor(variant: Variant): Record<string, string> {
  return {
    QUEUEIT_CUSTOMER_ID: CUSTOMER,
    QUEUEIT_SECRET_KEY: SECRET,
    // Longer than any run, so that no turn pays for a refresh.
    QUEUEIT_CONFIG_TTL: "86400",
    QUEUEIT_ENQT_ENABLED: String(variant === "enqueue token"),
    READ_BODY: String(variant === "body trigger"),
  };
}
