import type { CloudflareAccess } from "../../account/read-api.ts";
import { storedConfiguration } from "../../account/stored-configuration.ts";
import { settled } from "../../environments/definition/settled.ts";
import { UserError } from "../../errors/user-error.ts";
import { configurationInvalid, readProjectFile } from "../../project/project-file.ts";
import { readConfigurationFile } from "../../queue-it/configuration-file.ts";
import type { Target } from "../../specification/target.ts";
import { patientReach } from "../../verify/patient-reach.ts";
import type { Reach } from "../../verify/reach.ts";
import type { FoundConfiguration } from "./found-configuration.ts";
import { configurationOfQueueIt } from "./from-queue-it.ts";
import { configurationOfStatus } from "./from-status.ts";
import type { Place } from "./reference.ts";

/** What the places are asked with. Nothing is asked for before it is needed. */
export interface Access {
  /** The account's management API; a text says why it cannot be asked. */
  readonly account: () => CloudflareAccess | string;
  readonly secretKey: () => string | undefined;
  readonly apiKey: () => string | undefined;
  /** The sites and Queue-it's platform. */
  readonly reach: () => Reach;
}

/**
 * The integration configuration of an environment.
 *
 * @param place Default: KV where a token may read it, else the Worker's own answer, else the environment's own file.
 * @throws UserError when it cannot be read there, or the Worker would not take it.
 */
export async function findConfiguration(
  target: Target,
  place: Place | undefined,
  access: Access,
): Promise<FoundConfiguration> {
  const asked = place ?? livePlace(target, access);
  const { source, text } = await textAt(asked, target, access);
  return found(source, text, target.named);
}

/** A configuration by its bytes, from a file or a pipe. @throws UserError when the Worker would not take it. */
export function configurationOfBytes(source: string, bytes: Uint8Array): FoundConfiguration {
  return found(source, bytes, undefined);
}

function livePlace({ named, spec }: Target, { account, secretKey }: Access): Place {
  const noAccount = account();
  if (typeof noAccount !== "string") return "kv";
  if (secretKey() !== undefined) return "status";
  if (settled(named).integrationConfiguration.owner === "file") return "file";
  throw unknown(
    `Nothing says what is live in ${spec.environment}: ${noAccount}, and without TF_VAR_queueit_secret_key the Worker ` +
      "does not tell what it has. Set one of the two, or name a file",
  );
}

function textAt(place: Place, target: Target, access: Access): Promise<{ source: string; text: string }> {
  switch (place) {
    case "kv":
      return atKv(target, access);
    case "status":
      return atStatus(target, access);
    case "queue-it":
      return atQueueIt(target, access);
    case "file":
      return Promise.resolve(atFile(target));
  }
}

async function atKv({ spec }: Target, { account }: Access): Promise<{ source: string; text: string }> {
  const api = account();
  if (typeof api === "string") throw unknown(`${api}. Set it, or read it from another place with --from`);
  const stored = await storedConfiguration(spec, api);
  if (stored.kind === "held") return { source: `KV of ${spec.environment}`, text: stored.text };
  throw unknown(
    stored.kind === "no-namespace"
      ? `The account has no KV namespace ${spec.namespace.title}: nothing is deployed. Deploy first: npx queueit-cf deploy ${spec.environment}`
      : `KV of ${spec.environment} has no integration configuration under the key info`,
  );
}

async function atStatus(target: Target, access: Access): Promise<{ source: string; text: string }> {
  const { environment } = target.spec;
  const key = access.secretKey();
  if (key === undefined) {
    throw unknown(
      "TF_VAR_queueit_secret_key is not set, and the Worker tells what it has only to who knows the secret key. Set it, " +
        "or read it from another place with --from",
    );
  }
  const reach = access.reach();
  try {
    const answer = await configurationOfStatus(target, key, patientReach(reach));
    if (typeof answer === "string") throw unknown(`The Worker of ${environment} does not tell: ${answer}`);
    return { source: `the Worker of ${environment}, asked at ${answer.page}`, text: answer.text };
  } finally {
    await reach.close();
  }
}

async function atQueueIt({ named }: Target, access: Access): Promise<{ source: string; text: string }> {
  const { customerId } = settled(named).queueIt;
  const key = access.apiKey();
  if (key === undefined) {
    throw unknown(
      "TF_VAR_queueit_api_key is not set, and Queue-it's platform hands out the configuration only to who has the API key. " +
        "Copy it from the GO platform, or read it from another place with --from",
    );
  }
  const reach = access.reach();
  try {
    return {
      source: `Queue-it's platform, customer ${customerId}`,
      text: await configurationOfQueueIt(customerId, key, reach),
    };
  } finally {
    await reach.close();
  }
}

function atFile({ named }: Target): { source: string; text: string } {
  const { integrationConfiguration: owned } = settled(named);
  const path = owned.owner === "file" ? owned.path : owned.seed;
  if (path === undefined) {
    throw unknown(
      `${named.name} has no file: Queue-it owns its integration configuration. Ask for the live one without --from`,
    );
  }
  const bytes = readProjectFile(path);
  if (bytes === undefined) throw unknown(`${path}, which ${named.name} names, cannot be read`);
  return { source: path, text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) };
}

function found(
  source: string,
  content: string | Uint8Array,
  named: FoundConfiguration["named"],
): FoundConfiguration {
  const file = readConfigurationFile(content);
  if (!file.ok) {
    const [first = "", ...more] = file.reasons;
    throw configurationInvalid(
      `${source} is not an integration configuration that the Worker accepts: ${first}` +
        `${more.length === 0 ? "" : `; and ${more.length} more`}. "queueit-cf config validate" lists every ` +
        "problem of a file.",
    );
  }
  const text = typeof content === "string" ? content : new TextDecoder().decode(content);
  return { source, configuration: file.configuration, json: file.json, text, named };
}

function unknown(message: string): UserError {
  return new UserError("configuration-unknown", `${message}.`);
}
