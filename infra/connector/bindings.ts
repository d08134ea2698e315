import { CONFIGURATION_BINDING, SECRETS, VARIABLES } from "../../worker/variables.ts";
import type { Environment } from "../environments/environment.ts";
import type { Binding, SecretVariable, WorkerFile } from "./specification.ts";

type SecretName = keyof typeof SECRETS;

/** Terraform variable of each secret. A test proves that no secret takes the variable of another. */
export const SECRET_VARIABLES: Readonly<Record<SecretName, SecretVariable>> = {
  secretKey: {
    name: "queueit_secret_key",
    description: "Queue-it's secret key: it signs tokens, session cookies and publish calls.",
  },
  apiKey: {
    name: "queueit_api_key",
    description: "Queue-it's API key: it fetches the integration configuration and verifies queue ids.",
  },
  directPassKey: {
    name: "queueit_direct_pass_key",
    description: "Proxy key of Queue-it's direct-pass endpoint.",
  },
};

/** Bindings of the Worker, always in the same order: the provider compares them as a list. */
export function bindingsOf(environment: Environment, { sha256 }: WorkerFile): readonly Binding[] {
  const rename = renaming(environment);
  const bindings: readonly Binding[] = [
    { type: "kv_namespace", name: CONFIGURATION_BINDING },
    ...plainVariables(environment, sha256).map(([name, text]) => ({
      type: "plain_text" as const,
      name,
      text,
    })),
    ...secretsOf(environment).map((secret) => secretBinding(environment, secret)),
  ];
  return bindings.map((binding) => ({ ...binding, name: rename(binding.name) }));
}

/** Terraform variables that the environment's secrets come from; none with the Secrets Store. */
export function secretVariablesOf(environment: Environment): readonly SecretVariable[] {
  if (environment.secrets?.strategy === "secrets-store") return [];
  return secretsOf(environment).map((secret) => SECRET_VARIABLES[secret]);
}

/** Which secrets the Worker needs for what the environment asks of it. */
function secretsOf({ queueIt, integrationConfiguration }: Environment): readonly SecretName[] {
  const usesApi = integrationConfiguration?.owner === "pull" || queueIt.verifyAction !== undefined;
  return [
    "secretKey",
    ...(usesApi ? (["apiKey"] as const) : []),
    ...(queueIt.directPass === undefined ? [] : (["directPassKey"] as const)),
  ];
}

/** Defaults are written too: whoever reads a plan then sees every setting that matters. */
function plainVariables(
  environment: Environment,
  bundle: string,
): readonly (readonly [name: string, text: string])[] {
  const { queueIt, integrationConfiguration, failure = "open", worker } = environment;
  const { enqueueToken, verifyAction, directPass } = queueIt;
  const variables: readonly (readonly [string, string | number | boolean | undefined])[] = [
    [VARIABLES.customerId, queueIt.customerId],
    [VARIABLES.enqueueTokenEnabled, enqueueToken !== undefined],
    [VARIABLES.enqueueTokenValidity, enqueueToken && (enqueueToken.validityMs ?? 240_000)],
    [VARIABLES.enqueueTokenKeyEnabled, enqueueToken && (enqueueToken.key ?? false)],
    [VARIABLES.clientIp, queueIt.clientIp ?? "cf-connecting-ip"],
    [VARIABLES.requestBodyLimit, queueIt.requestBodyLimit ?? 2048],
    // Only our own Worker knows it.
    [VARIABLES.matching, worker?.source === "file" ? undefined : (queueIt.matching ?? "as-configured")],
    [VARIABLES.configurationOwner, integrationConfiguration?.owner ?? "publish"],
    [VARIABLES.configurationTtl, queueIt.configurationTtlSeconds ?? 60],
    [VARIABLES.failureMode, failure],
    [VARIABLES.verifyActionUrl, verifyAction?.url],
    [VARIABLES.directPassUrl, directPass?.url],
    [VARIABLES.directPassTimeout, directPass && (directPass.timeoutMs ?? 3000)],
    // Only our own Worker answers status calls with it.
    [VARIABLES.bundle, worker?.source === "file" ? undefined : bundle],
  ];
  return variables.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]));
}

function secretBinding({ secrets }: Environment, secret: SecretName): Binding {
  const name = SECRETS[secret];
  if (secrets?.strategy !== "secrets-store") {
    return { type: "secret_text", name, variable: SECRET_VARIABLES[secret].name };
  }
  const secretName = secrets.names?.[secret] ?? name;
  return { type: "secrets_store_secret", name, storeId: secrets.storeId, secretName };
}

function renaming({ worker }: Environment): (name: string) => string {
  const names = worker?.source === "file" ? worker.names : undefined;
  return (name) => names?.[name] ?? name;
}
