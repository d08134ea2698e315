import { randomBytes } from "node:crypto";
import { SECRETS } from "../../../worker/variables.ts";
import { SECRET_VARIABLES } from "../../connector/bindings.ts";
import type { SecretsStrategy } from "../../environments/environment.ts";
import type { LocalAccount } from "../cloudflare/account.ts";

/** Secrets made up for one run, so that a preview never needs or sees a real one. */
export type LocalSecrets = Readonly<Record<keyof typeof SECRETS, string>>;

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

/** Puts the secrets where the environment's Secrets Store would have them. */
export async function storeSecrets(
  account: LocalAccount,
  strategy: SecretsStrategy | undefined,
  secrets: LocalSecrets,
): Promise<void> {
  if (strategy?.strategy !== "secrets-store") return;
  for (const secret of secretNames()) {
    await account.putSecret(strategy.storeId, strategy.names?.[secret] ?? SECRETS[secret], secrets[secret]);
  }
}

function secretNames(): readonly (keyof typeof SECRETS)[] {
  return ["secretKey", "apiKey", "directPassKey"];
}
