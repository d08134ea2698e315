import { randomBytes } from "node:crypto";
import type { SECRETS } from "../../../worker/deployment/variables.ts";
import { SECRET_VARIABLES } from "../../specification/bindings.ts";
import { settledSecrets } from "../../environments/definition/settled.ts";
import type { SecretsStrategy } from "../../environments/environment.ts";
import type { LocalAccount } from "../cloudflare/account/account.ts";
import type { LocalSecrets } from "../state/state-file.ts";

export function makeLocalSecrets(): LocalSecrets {
  const madeUp = () => `local-only-${randomBytes(24).toString("hex")}`;
  return { secretKey: madeUp(), apiKey: madeUp(), directPassKey: madeUp() };
}

/** The secrets as Terraform's variables. */
export function asTerraformVariables(secrets: LocalSecrets): Record<string, string> {
  return Object.fromEntries(
    secretNames().map((secret) => [SECRET_VARIABLES[secret].name, secrets[secret]] as const),
  );
}

/** Puts the secrets where the environment's Secrets Store would have them, unless it has its own. */
export async function storeSecrets(
  account: LocalAccount,
  written: SecretsStrategy | undefined,
  secrets: LocalSecrets,
): Promise<void> {
  const strategy = settledSecrets(written);
  if (strategy.strategy === "variables") return;
  const { storeId, names } = strategy;
  for (const secret of secretNames()) {
    const name = names[secret];
    const held = account.contents.secrets.some((other) => other.storeId === storeId && other.name === name);
    if (!held) await account.putSecret(storeId, name, secrets[secret]);
  }
}

function secretNames(): readonly (keyof typeof SECRETS)[] {
  return ["secretKey", "apiKey", "directPassKey"];
}
