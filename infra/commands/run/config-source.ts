import {
  configurationOfBytes,
  findConfiguration,
  type Access,
} from "../../configuration/sources/find-configuration.ts";
import type { FoundConfiguration } from "../../configuration/sources/found-configuration.ts";
import { type Place, readReference, type Reference } from "../../configuration/sources/reference.ts";
import { UserError } from "../../errors/user-error.ts";
import { LIMITS, readStreamUpTo } from "../../files/read-up-to.ts";
import { loadEnvironments } from "../../project/load-environments.ts";
import { readTarget } from "../../project/targets.ts";
import { deployable } from "../../specification/target.ts";
import { readConfigurationBytes } from "./read-configuration.ts";
import { optionalAccess, optionalSecretKey, reach } from "./workspace.ts";

/** How this process reaches the places of configurations. */
export const ACCESS: Access = {
  account: optionalAccess,
  secretKey: optionalSecretKey,
  apiKey: () => {
    const key = process.env["TF_VAR_queueit_api_key"] ?? "";
    return key === "" ? undefined : key;
  },
  reach,
};

/**
 * The configuration that somebody named.
 *
 * @param text What was typed; undefined where nothing was.
 * @param place Of the option `--from`.
 * @param beside Environment of another reference, for one that names none.
 * @throws UserError
 */
export async function namedConfiguration(
  text: string | undefined,
  place: Place | undefined,
  beside?: string,
): Promise<FoundConfiguration> {
  const reference = readReference(text ?? (await onlyEnvironment()));
  if (reference.kind !== "environment") {
    if (place !== undefined) {
      throw unclear(`--from ${place} goes with an environment, and ${JSON.stringify(text)} is a file`);
    }
    return configurationOfBytes(nameOf(reference), await bytesOf(reference));
  }
  const environment = reference.environment ?? beside ?? (await onlyEnvironment());
  const target = deployable(await readTarget(environment), process.env);
  return findConfiguration(target, reference.place ?? place, ACCESS);
}

/** The bytes of a file, or of what is piped in. @throws UserError when they cannot be read. */
export async function bytesOf(
  reference: Exclude<Reference, { readonly kind: "environment" }>,
): Promise<Uint8Array> {
  return reference.kind === "stdin"
    ? readStreamUpTo(process.stdin, LIMITS.configuration)
    : readConfigurationBytes(reference.path);
}

export function nameOf(reference: Exclude<Reference, { readonly kind: "environment" }>): string {
  return reference.kind === "stdin" ? "standard input" : JSON.stringify(reference.path);
}

/** The environment where there is one only. @throws UserError otherwise. */
export async function onlyEnvironment(): Promise<string> {
  const names = (await loadEnvironments()).map(({ name }) => name);
  const [first, ...more] = names;
  if (first !== undefined && more.length === 0) return first;
  throw unclear(`Name one of the environments: ${names.join(", ")}`);
}

function unclear(message: string): UserError {
  return new UserError(
    "configuration-reference",
    `${message}. A configuration is named by an environment (staging), a place (kv:staging, status:staging, ` +
      "file:staging, queue-it:staging), a file, or - for standard input.",
  );
}
