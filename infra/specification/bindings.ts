import {
  CHAINED_WORKER_BINDING,
  CONFIGURATION_BINDING,
  HOOKS_VARIABLE,
  SECRETS,
  VARIABLES,
} from "../../worker/deployment/variables.ts";
import type { GivenName, SettledSettings } from "../environments/definition/settled-environment.ts";
import { QUEUE_IT } from "../variables/deploying.ts";
import { hooksText } from "./hooks-text.ts";
import type { Binding, SecretVariable, WorkerFile } from "./specification.ts";

type SecretName = keyof typeof SECRETS;
type OwnBinding = Binding & { readonly name: GivenName };

/** Terraform variable of each secret. A test proves that no secret takes the variable of another. */
export const SECRET_VARIABLES: Readonly<Record<SecretName, SecretVariable>> = {
  secretKey: {
    name: "queueit_secret_key",
    description: QUEUE_IT.TF_VAR_queueit_secret_key.meaning,
  },
  apiKey: {
    name: "queueit_api_key",
    description: QUEUE_IT.TF_VAR_queueit_api_key.meaning,
  },
  directPassKey: {
    name: "queueit_direct_pass_key",
    description: QUEUE_IT.TF_VAR_queueit_direct_pass_key.meaning,
  },
};

/** Name of the Terraform variable that lets example values be deployed, for the local Cloudflare only. */
export const ACCEPT_EXAMPLE_VALUES = "accept_example_values";

/** Bindings of the Worker, always in the same order: the provider compares them as a list. */
export function bindingsOf(environment: SettledSettings, { sha256, hooks }: WorkerFile): readonly Binding[] {
  const { worker } = environment;
  const namespace = { type: "kv_namespace", name: CONFIGURATION_BINDING } as const;
  const variables = plainVariables(environment, sha256).map(([name, text]) => plainText(name, text));
  const secrets = secretsOf(environment).map((secret) => secretBinding(environment, secret));
  if (worker.source === "bundled") {
    const told = hooks === undefined ? [] : [plainText(HOOKS_VARIABLE, hooksText(hooks))];
    const { then } = worker;
    const chained =
      then === undefined
        ? []
        : [{ type: "service", name: CHAINED_WORKER_BINDING, service: then.service } as const];
    return [namespace, ...variables, ...told, ...secrets, ...chained];
  }
  const bindings: readonly OwnBinding[] = [namespace, ...variables, ...secrets];
  return bindings.map((binding) => ({ ...binding, name: worker.names[binding.name] }));
}

function plainText<Name extends string>(name: Name, text: string) {
  return { type: "plain_text", name, text } as const;
}

/** Terraform variables that the environment's secrets come from; none with the Secrets Store. */
export function secretVariablesOf(environment: SettledSettings): readonly SecretVariable[] {
  if (environment.secrets.strategy === "secrets-store") return [];
  return secretsOf(environment).map((secret) => SECRET_VARIABLES[secret]);
}

/** Which secrets the Worker needs for what the environment asks of it. */
function secretsOf({ queueIt, integrationConfiguration }: SettledSettings): readonly SecretName[] {
  const usesApi = integrationConfiguration.owner === "pull" || queueIt.verifyAction !== undefined;
  return [
    "secretKey",
    ...(usesApi ? (["apiKey"] as const) : []),
    ...(queueIt.directPass === undefined ? [] : (["directPassKey"] as const)),
  ];
}

/** Defaults are written too: whoever reads a plan then sees every setting that matters. */
function plainVariables(
  { queueIt, integrationConfiguration, failure, worker }: SettledSettings,
  bundle: string,
): readonly (readonly [name: GivenName, text: string])[] {
  const { enqueueToken, verifyAction, directPass } = queueIt;
  const isOurs = worker.source === "bundled";
  const variables: readonly (readonly [GivenName, string | number | boolean | undefined])[] = [
    [VARIABLES.customerId, queueIt.customerId],
    [VARIABLES.enqueueTokenEnabled, enqueueToken !== undefined],
    [VARIABLES.enqueueTokenValidity, enqueueToken?.validityMs],
    [VARIABLES.enqueueTokenKeyEnabled, enqueueToken?.key],
    [VARIABLES.clientIp, queueIt.clientIp],
    [VARIABLES.requestBodyLimit, queueIt.requestBodyLimit],
    // Only our own Worker knows these.
    [VARIABLES.matching, isOurs ? queueIt.matching : undefined],
    [VARIABLES.preflights, isOurs ? queueIt.preflights : undefined],
    [VARIABLES.prefetches, isOurs ? queueIt.prefetches : undefined],
    [
      VARIABLES.allowedOrigins,
      isOurs && queueIt.allowedOrigins.length > 0 ? queueIt.allowedOrigins.join(" ") : undefined,
    ],
    [VARIABLES.configurationOwner, integrationConfiguration.owner],
    [VARIABLES.configurationTtl, queueIt.configurationTtlSeconds],
    [VARIABLES.failureMode, failure],
    [VARIABLES.verifyActionUrl, verifyAction?.url],
    [VARIABLES.directPassUrl, directPass?.url],
    [VARIABLES.directPassTimeout, directPass?.timeoutMs],
    // Only our own Worker answers status calls with it.
    [VARIABLES.bundle, isOurs ? bundle : undefined],
  ];
  return variables.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]));
}

function secretBinding({ secrets }: SettledSettings, secret: SecretName): OwnBinding {
  const name = SECRETS[secret];
  return secrets.strategy === "variables"
    ? { type: "secret_text", name, variable: SECRET_VARIABLES[secret].name }
    : { type: "secrets_store_secret", name, storeId: secrets.storeId, secretName: secrets.names[secret] };
}
