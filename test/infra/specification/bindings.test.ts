import { describe, expect, it } from "vitest";
import { bindingsOf } from "../../../infra/specification/bindings.ts";
import { settledSettings } from "../../../infra/environments/definition/settled.ts";
import type { Environment } from "../../../infra/environments/environment.ts";
import { readSettings } from "../../../worker/deployment/settings.ts";
import { SECRETS, VARIABLES } from "../../../worker/deployment/variables.ts";
import { SOUND } from "../environments/sound-environment.ts";
import { SPEC } from "./specs.ts";

/** Without these the Worker does not run, or does not do what was asked: they have no default. */
const NO_DEFAULT: readonly string[] = [
  VARIABLES.customerId,
  VARIABLES.verifyActionUrl,
  VARIABLES.directPassUrl,
  VARIABLES.allowedOrigins,
  VARIABLES.bundle,
];

/** The variables of an environment, and secrets beside them. */
function variablesOf(environment: Environment): Readonly<Record<string, string>> {
  const bindings = bindingsOf(settledSettings(environment), SPEC.worker.file);
  const plain = bindings.flatMap((binding) =>
    binding.type === "plain_text" ? [[binding.name, binding.text] as const] : [],
  );
  const secrets = Object.values(SECRETS).map((name) => [name, "fake-secret"] as const);
  return Object.fromEntries([...plain, ...secrets]);
}

const { customerId } = SOUND.queueIt;
const BARE = variablesOf(SOUND);
const WITH_FEATURES = variablesOf({
  ...SOUND,
  queueIt: {
    customerId,
    enqueueToken: {},
    verifyAction: { url: "https://verify.dk" },
    directPass: { url: "https://pass.dk" },
  },
});

/** Every variable with a default, and an environment that sets it to that. */
const DEFAULTS = Object.values(VARIABLES)
  .filter((name) => !NO_DEFAULT.includes(name))
  .map((name) => [name, name in BARE ? BARE : WITH_FEATURES] as const);

describe("a default of an environment", () => {
  it.each(DEFAULTS)("is the Worker's own for %s", async (name, variables) => {
    expect(variables).toHaveProperty(name);
    const told = await readSettings(variables);
    const left = await readSettings({ ...variables, [name]: undefined });
    expect(told.problems).toEqual([]);
    // The secrets, which are read when they are needed, are none of the variables.
    expect(JSON.stringify(left)).toBe(JSON.stringify(told));
  });

  it("would be told from another one, for every variable", async () => {
    const other = variablesOf({
      ...SOUND,
      failure: "closed",
      integrationConfiguration: { owner: "pull" },
      queueIt: {
        customerId,
        enqueueToken: { validityMs: 30_000, key: true },
        clientIp: "none",
        requestBodyLimit: 0,
        matching: "normalized",
        preflights: "queue",
        prefetches: "queue",
        allowedOrigins: ["https://www.dk"],
        configurationTtlSeconds: 10,
        verifyAction: { url: "https://verify.dk" },
        directPass: { url: "https://pass.dk", timeoutMs: 800 },
      },
    });
    for (const [name] of DEFAULTS) {
      const told = await readSettings(other);
      const left = await readSettings({ ...other, [name]: undefined });
      expect(left, name).not.toEqual(told);
    }
  });
});
