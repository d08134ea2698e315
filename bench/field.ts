import { CUSTOMER, SECRET } from "../test/worker/support/tokens.ts";
import { CONFIGURATION_KEY } from "../worker/deployment/variables.ts";
import { createSigner } from "../worker/encoding/hmac.ts";
import { compileConfiguration } from "../worker/isolate/compiled.ts";
import { keptIndex } from "../worker/isolate/kept-index.ts";
import type { Candidates } from "./candidates.ts";
import { configurationOf } from "./integration-configuration.ts";
import type { Variant } from "./kinds.ts";
import type { Surroundings } from "./surroundings.ts";
import { Workerd } from "./workerd.ts";

/** What is in KV when a configuration has been there for a while. */
export async function keptValues(actions: number, withBodyTrigger: boolean): Promise<Map<string, string>> {
  const text = JSON.stringify(configurationOf(actions, withBodyTrigger));
  const values = new Map([[CONFIGURATION_KEY, text]]);
  const namespace = {
    get: (key: string) => Promise.resolve(values.get(key) ?? null),
    put: (key: string, value: string) => {
      values.set(key, value);
      return Promise.resolve();
    },
  };
  await keptIndex(namespace, createSigner(SECRET)).keep(compileConfiguration(text));
  return values;
}

/** Where candidates run that have one number of actions. */
export class Field {
  readonly #values = new Map<Variant, ReadonlyMap<string, string>>();

  constructor(
    readonly candidates: Candidates,
    readonly surroundings: Surroundings,
    readonly actions: number,
  ) {}

  /** Starts a candidate in a process of its own, with what it needs in KV. */
  async start(candidate: string, variant: Variant): Promise<Workerd> {
    const { origin, kv } = this.surroundings;
    this.surroundings.store(await this.#valuesFor(variant));
    const code = this.candidates.get(candidate) ?? "";
    return Workerd.start({ code, variables: variablesFor(variant), origin, kv });
  }

  async #valuesFor(variant: Variant): Promise<ReadonlyMap<string, string>> {
    let values = this.#values.get(variant);
    if (values === undefined) {
      values = await keptValues(this.actions, variant === "body trigger");
      this.#values.set(variant, values);
    }
    return values;
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
