import { ownPath } from "../../../text/own-path.ts";

/**
 * A refusal in Cloudflare's own terms. Codes and sentences marked "seen" were read in public reports of the
 * real API; the others are the nearest known ones.
 */
export class CloudflareError extends Error {
  override readonly name = "CloudflareError";

  constructor(
    /** Cloudflare's numeric error code. */
    readonly code: number,
    /** HTTP status of the management API for this refusal. */
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Every refusal of the local account. */
export const refusals = {
  /** Seen. */
  namespaceTitleTaken: () =>
    new CloudflareError(10014, 400, "a namespace with this account ID and title already exists"),
  namespaceTitleMissing: () => new CloudflareError(10019, 400, "a namespace title is required"),
  /** Seen. */
  namespaceNotFound: () => new CloudflareError(10013, 404, "namespace not found"),
  keyNotFound: () => new CloudflareError(10009, 404, "get: 'key not found'"),
  /** Cloudflare's limits for keys: 1 to 512 bytes, neither "." nor "..". */
  keyNotValid: (key: string, why: string) =>
    new CloudflareError(10033, 400, `KV key ${quote(key)} is not valid: ${why}`),
  /** Seen. */
  scriptNotFound: () => new CloudflareError(10007, 404, "This Worker does not exist on your account."),
  scriptNameNotValid: (name: string) =>
    new CloudflareError(10016, 400, `Script name ${quote(name)} is not valid.`),
  scriptInUse: (user: string) =>
    new CloudflareError(
      10064,
      400,
      `This Worker is used by ${user}. Delete that first, or delete the Worker with force.`,
    ),
  /** Seen; the message is the runtime's. */
  scriptDoesNotStart: (reason: string) => new CloudflareError(10021, 400, reason),
  /** Seen. */
  bindingNamespaceNotValid: (id: string) =>
    new CloudflareError(
      10042,
      400,
      `KV namespace '${id}' is not valid. Please verify the namespace_id in your configuration.`,
    ),
  /** Seen. */
  bindingServiceNotFound: (name: string, service: string) =>
    new CloudflareError(
      10143,
      400,
      `Service binding '${name}' references Worker '${service}' which was not found.`,
    ),
  /** Seen. */
  bindingEnvironmentNotFound: (name: string, service: string, environment: string) =>
    new CloudflareError(
      10144,
      400,
      `Could not resolve service binding '${name}'. Target environment '${environment}' not found for target script '${service}'. Please verify the target and try again.`,
    ),
  /** Seen. */
  scriptBound: (name: string, users: readonly string[]) =>
    new CloudflareError(
      10142,
      400,
      `Cannot delete service '${name}' because it is still referenced by service bindings in Workers ${users.map((user) => `'${user}'`).join(", ")}. Please remove bindings pointing to it and try again.`,
    ),
  /** Seen. */
  bindingNameMissing: (index: number) =>
    new CloudflareError(10052, 400, `Binding at index ${index} must have a name.`),
  bindingNameNotValid: (name: string, why: string) =>
    new CloudflareError(10021, 400, `Binding name ${quote(name)} is not valid: ${why}.`),
  /** Seen. */
  bindingNameTaken: (name: string) =>
    new CloudflareError(
      10053,
      400,
      `Binding name '${name}' already in use. Please use a different name and try again.`,
    ),
  bindingTextTooLong: (name: string) =>
    new CloudflareError(10054, 400, `Text binding '${name}' is too large: the limit is 5 kB.`),
  /** The code is seen for Workers; for the others it is the nearest known one. */
  accountFull: (limit: string) =>
    new CloudflareError(10037, 400, `You have exceeded the limit of ${limit}. Delete some first.`),
  tooManyBindings: (limit: number, which: "bindings" | "text bindings") =>
    new CloudflareError(10055, 400, `Too many ${which}: the limit is ${limit} for each Worker.`),
  /** Seen. */
  routeScriptNotFound: () =>
    new CloudflareError(
      10019,
      400,
      "Cannot configure a route for a Worker which does not exist. Please ensure this Worker exists and try again.",
    ),
  /** Measured with the provider: HTTP 409. */
  routePatternTaken: (pattern: string) =>
    new CloudflareError(10020, 409, `A route with the same pattern already exists: ${pattern}`),
  routePatternNotValid: (problem: string) =>
    new CloudflareError(10022, 400, `Invalid route pattern: ${problem}`),
  routeNotFound: () => new CloudflareError(10009, 404, "route not found"),
  zoneNotFound: (id: string) =>
    new CloudflareError(
      7003,
      404,
      `Could not route to /zones/${id}, perhaps your object identifier is invalid?`,
    ),
  zoneTaken: (name: string) => new CloudflareError(1061, 400, `${name} already exists`),
  /** Codes seen; wrangler explains the first in its own words. */
  secretWhileNewestNotDeployed: () =>
    new CloudflareError(
      10215,
      400,
      "Secret edit failed: the latest version of this Worker is not deployed. Deploy it first, or change the secret in a new version (wrangler versions secret put).",
    ),
  settingsWhileNewestNotDeployed: () =>
    new CloudflareError(
      10214,
      400,
      "Settings edit failed: the latest version of this Worker is not deployed. Deploy it first.",
    ),
  /** Seen in wrangler, which reads the names that follow the colon. */
  secretsChangedSince: (names: readonly string[]) =>
    new CloudflareError(
      10220,
      400,
      `This version cannot be deployed again without force. The following secrets have changed: ${names.join(", ")}`,
    ),
  /** Cloudflare's limits on the paid plan. */
  scriptTooLarge: (limit: string) =>
    new CloudflareError(10027, 413, `Your Worker exceeded the size limit of ${limit}.`),
  moduleNameNotValid: (name: string) =>
    new CloudflareError(
      10021,
      400,
      `Module name ${quote(name)} is not valid: it may have 1 to 512 characters, none of them a control character.`,
    ),
  versionNotFound: () => new CloudflareError(10007, 404, "Version not found."),
  versionNotKept: () =>
    new CloudflareError(
      10021,
      400,
      `The local Cloudflare no longer has the content of this version: upload it again. See ${ownPath("docs/local-cloudflare.md")}.`,
    ),
  domainNotFound: () => new CloudflareError(10007, 404, "custom domain not found"),
  domainTaken: (hostname: string) =>
    new CloudflareError(100117, 409, `Hostname '${hostname}' is already in use by another Worker.`),
  hostnameNotValid: (hostname: string, problem: string) =>
    new CloudflareError(100114, 400, `Hostname ${quote(hostname)} ${problem}.`),
  domainNotInZone: (hostname: string) =>
    new CloudflareError(100114, 400, `No zone of this account has the hostname ${hostname}.`),
  storeNotFound: () => new CloudflareError(1001, 404, "store_not_found"),
  storeNameTaken: () => new CloudflareError(1003, 409, "store_name_already_exists"),
  secretNotFound: () => new CloudflareError(1001, 404, "secret_not_found"),
  secretNameTaken: () => new CloudflareError(1003, 409, "secret_name_already_exists"),
  tokenNotFound: () => new CloudflareError(1001, 404, "Token not found"),
  /** Cloudflare's own failures have no code that is known; 10001 is what this account answers to its own. */
  notKept: (reason: string) => new CloudflareError(10001, 500, `Nothing was changed. ${reason}`),
  notTakenBack: () =>
    new CloudflareError(
      10001,
      500,
      "The change could not be saved, and the Workers as they were before did not start again: what answers now is gone at the next start. End the local Cloudflare, make room on the disk, then start it again.",
    ),
  cronNotValid: (cron: string) => new CloudflareError(10100, 400, `invalid cron string: ${quote(cron)}`),
} as const;

/** A name as a message repeats it: what is longer is cut, what cannot be shown is escaped. */
function quote(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
