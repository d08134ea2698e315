import { SECRETS } from "../../worker/deployment/variables.ts";
import { SECRET_VARIABLES } from "../specification/bindings.ts";
import type { DeployedBinding } from "../account/deployed-worker.ts";
import type { SecretsStrategy } from "../environments/environment.ts";
import { type AdoptionFinding, note, stop } from "./finding.ts";
import type { FoundNames } from "./worker-names.ts";

type SecretName = keyof typeof SECRETS;

/** What becomes of the secrets, whose values nobody reads. @param pasted Names of secrets in the source. */
export function secretFindings(
  names: FoundNames,
  secrets: SecretsStrategy,
  pasted: readonly string[],
): readonly AdoptionFinding[] {
  const held = (Object.keys(SECRETS) as SecretName[]).flatMap((secret) => {
    const binding = names.get(SECRETS[secret]);
    return binding === undefined ? [] : [{ secret, binding }];
  });
  const ofType = (wanted: string) => held.filter(({ binding }) => binding.type === wanted);
  const isMissing = !names.has(SECRETS.secretKey);
  return [
    ...(secrets.strategy === "secrets-store"
      ? held.flatMap(({ binding }) => elsewhere(binding, secrets.storeId))
      : ofType("secret_text").map(unreadable)),
    ...(secrets.strategy === "variables" ? ofType("secrets_store_secret").map(mixed) : []),
    ...ofType("plain_text").map(inClear),
    ...(pasted.length > 0 ? [inSource(pasted)] : []),
    ...(isMissing && pasted.length === 0
      ? [
          note(
            "No secret key was found among the Worker's bindings.",
            `set ${variableOf("secretKey")} to the one of Queue-it's GO platform`,
          ),
        ]
      : []),
  ];
}

interface Held {
  readonly secret: SecretName;
  readonly binding: DeployedBinding;
}

function variableOf(secret: SecretName): string {
  return `TF_VAR_${SECRET_VARIABLES[secret].name}`;
}

function unreadable({ secret, binding: { name } }: Held): AdoptionFinding {
  const effect =
    secret === "secretKey"
      ? "with another value every session ends, everybody queues again, and Queue-it's publish calls are refused"
      : "with another value its calls are refused";
  return note(
    `Cloudflare does not tell the value of ${name}, and the first deploy uploads it again: ${effect}.`,
    `set ${variableOf(secret)} to the very value of Queue-it's GO platform. Or keep it out of Terraform: put it into ` +
      'a Secrets Store, and write secrets: { strategy: "secrets-store", … } into the file',
  );
}

function inClear({ secret, binding: { name } }: Held): AdoptionFinding {
  return note(
    `${name} is a variable in clear: whoever reads the Worker's settings reads it. It becomes a secret with the ` +
      "first deploy.",
    `set it as ${variableOf(secret)}, and consider a new key: this one may have been seen`,
  );
}

function inSource(pasted: readonly string[]): AdoptionFinding {
  return note(
    `The Worker's source has ${pasted.join(" and ")} written into it: whoever reads the source reads it.`,
    `set the secret key as ${variableOf("secretKey")}, and consider a new key: this one may have been seen`,
  );
}

/** One store has all of an environment's secrets. */
function elsewhere({ type, name, storeId }: DeployedBinding, wanted: string): readonly AdoptionFinding[] {
  if (type === "plain_text" || (type === "secrets_store_secret" && storeId === wanted)) return [];
  const place =
    type === "secret_text" ? "a secret of the Worker itself" : `in the Secrets Store ${storeId ?? ""}`;
  return [
    stop(
      `The secret key is in the Secrets Store ${wanted}, and ${name} is ${place}: an environment has all of its ` +
        "secrets in one place.",
      `put ${name} into the store of the secret key, bind the Worker to it there, then adopt again`,
    ),
  ];
}

function mixed({ binding: { name } }: Held): AdoptionFinding {
  return stop(
    `${name} is in a Secrets Store, and the secret key is not: an environment has all of its secrets in one place.`,
    "put the secret key into the same store, bind the Worker to it there, then adopt again",
  );
}
