import { join } from "node:path";
import { projectRoot } from "../../files/project-root.ts";
import { bundleStoreOf, requireStateLock } from "../../bundles/bundle-store.ts";
import type { BundleStore } from "../../bundles/stored-bundles.ts";
import { existingObjects } from "../../account/existing-objects.ts";
import type { CloudflareAccess } from "../../account/read-api.ts";
import { accountWorkers } from "../../account/account-workers.ts";
import { routesInZones } from "../../account/routes-of-zones.ts";
import { requireLocalCloudflare } from "../../account/local-cloudflare.ts";
import type { ZoneRoute } from "../../cloudflare/zone-route.ts";
import { requireCredentials } from "../../bundles/require-credentials.ts";
import { importsOf } from "../../connector/imports.ts";
import { LOCAL_FOLDER, isOnThisMachine } from "../../specification/state-apart.ts";
import { namedWorkers } from "../../specification/named-workers.ts";
import type { Target } from "../../specification/target.ts";
import type { OpenStack } from "../../terraform/stack.ts";
import { findTerraform } from "../../terraform/binary.ts";
import { terraformStacks } from "../../terraform/terraform-stacks.ts";
import { UserError } from "../../errors/user-error.ts";
import { reachLocalEdge } from "../../local/server/reach-local-edge.ts";
import { type Reach, reachInternet } from "../../verify/reach.ts";
import { terminal } from "./terminal.ts";
import { parsedUrl } from "../../url/parsed-url.ts";
import type { Variables } from "../../variables/command-variables.ts";

const variables: Variables = process.env;

/** Whether this process deploys to a Cloudflare on this machine. */
export function isLocal(): boolean {
  return isOnThisMachine(variables.CLOUDFLARE_BASE_URL);
}

/** Where the bundles of a target are kept. @throws UserError when the credentials of a bucket are missing. */
export function bundleStore({ spec }: Pick<Target, "spec">): Promise<BundleStore> {
  return bundleStoreOf(spec.backend, { projectRoot: projectRoot(), variables });
}

/**
 * Tries the lock of a target's state before it is trusted.
 *
 * @throws UserError when it would not lock.
 */
export async function requireLock({ spec }: Pick<Target, "spec">): Promise<void> {
  if (await requireStateLock(spec.backend, { variables })) return;
  terminal.progress(
    "Did not try whether the bucket of the state locks: to have it tried, set AWS_ACCESS_KEY_ID and " +
      "AWS_SECRET_ACCESS_KEY.",
  );
}

/**
 * Terraform's stacks, in the folder that `cdktf` uses too. @throws UserError when something they need is
 * missing.
 */
export async function terraform({ spec }: Pick<Target, "spec">): Promise<OpenStack> {
  const binary = await findTerraform(variables);
  if (isLocal()) await requireLocalCloudflare(variables.CLOUDFLARE_BASE_URL ?? "");
  await requireCredentials(spec.backend, variables);
  return terraformStacks({
    binary,
    projectRoot: projectRoot(),
    outputFolder: join(projectRoot(), outputFolder()),
    isPrivate: isLocal(),
    variables,
    progress: terminal.progress,
  });
}

/**
 * The same for what plans: such a plan also reads, in the state of the environment that this one is promoted from, which
 * bundle runs there.
 *
 * @throws UserError
 */
export async function terraformToPlan(target: Pick<Target, "spec">): Promise<OpenStack> {
  const open = await terraform(target);
  const { promotedFrom } = target.spec;
  if (promotedFrom !== undefined) await requireCredentials(promotedFrom.backend, variables);
  return open;
}

function outputFolder(): string {
  return isLocal() ? LOCAL_FOLDER : "cdktf.out";
}

/**
 * Commands that import what the account has of the objects at these addresses into the state.
 *
 * @throws UserError when Cloudflare does not tell.
 */
export async function importCommands(
  { spec }: Target,
  addresses: ReadonlySet<string>,
): Promise<readonly string[]> {
  const { file } = await findTerraform(variables);
  const folder = join(outputFolder(), "stacks", spec.environment);
  return importsOf(spec, await existingObjects(spec, cloudflareAccess()))
    .filter(({ to }) => addresses.has(to))
    .map(({ to, id }) => `${file} -chdir=${folder} import ${to} ${id}`);
}

/**
 * How the management API is reached. An API key instead of a token may do far more than read, so it is not
 * used here.
 *
 * @throws UserError when there is no token.
 */
export function cloudflareAccess(): CloudflareAccess {
  const { CLOUDFLARE_API_TOKEN: token = "" } = variables;
  if (token !== "") return { token, baseUrl: cloudflareBaseUrl() };
  throw new UserError(
    "token-missing",
    "Set CLOUDFLARE_API_TOKEN to a token that can read the routes of the environment's zones: routes created " +
      "by hand are not in Terraform's state.",
  );
}

/** Where the management API is: the local one's, or Cloudflare's. */
export function cloudflareBaseUrl(): string {
  const { CLOUDFLARE_BASE_URL: named = "" } = variables;
  return named === "" ? "https://api.cloudflare.com/client/v4" : named.replace(/\/+$/, "");
}

/** How the management API is reached, or why it cannot be asked. */
export function optionalAccess(): CloudflareAccess | string {
  return (variables.CLOUDFLARE_API_TOKEN ?? "") === ""
    ? "CLOUDFLARE_API_TOKEN is not set, so what the account holds cannot be read"
    : cloudflareAccess();
}

/** Every route of the zones of a target, or why they cannot be read. */
export async function zoneRoutesOf({ spec }: Pick<Target, "spec">): Promise<readonly ZoneRoute[] | string> {
  const access = optionalAccess();
  if (typeof access === "string") return `${access}.`;
  return routesInZones(spec, access).catch((error: unknown) => {
    if (error instanceof UserError) return error.message;
    throw error;
  });
}

/**
 * Names of the account's Workers, or why they cannot be read. None where the target names no Worker but its own: nobody
 * has to know them then.
 */
export async function accountWorkersOf({ spec }: Pick<Target, "spec">): Promise<readonly string[] | string> {
  if (namedWorkers(spec).length === 0) return [];
  const access = optionalAccess();
  if (typeof access === "string") return `${access}.`;
  return accountWorkers(spec.accountId, access).catch((error: unknown) => {
    if (error instanceof UserError) return error.message;
    throw error;
  });
}

/** How the sites are reached. @throws UserError when they are local, and nobody says where. */
export function reach(): Reach {
  if (!isLocal()) return reachInternet();
  const address = variables.QUEUEIT_LOCAL_EDGE ?? "";
  const port = Number(parsedUrl(address)?.port ?? 0);
  if (port > 0) return reachLocalEdge(port);
  throw new UserError(
    "local-edge",
    "CLOUDFLARE_BASE_URL points to a local Cloudflare, but QUEUEIT_LOCAL_EDGE does not say where its sites " +
      'are. Paste all the lines that "npx queueit-cf local" prints.',
  );
}

/**
 * The secret key of the environment that another one is promoted from: QUEUEIT_SECRET_KEY_<NAME>, for example
 * QUEUEIT_SECRET_KEY_STAGING, where the two have different ones; otherwise the same.
 *
 * @throws UserError when neither is set.
 */
export function secretKeyOf(environment: string): string {
  const key = variables[`QUEUEIT_SECRET_KEY_${environment.toUpperCase().replaceAll("-", "_")}`] ?? "";
  return key === "" ? secretKey() : key;
}

/** The secret key, where it is set. */
export function optionalSecretKey(): string | undefined {
  const key = variables.TF_VAR_queueit_secret_key;
  return key === "" ? undefined : key;
}

/**
 * The secret key, which status calls and tokens are signed with.
 *
 * @throws UserError when it is not set.
 */
export function secretKey(): string {
  const key = optionalSecretKey();
  if (key !== undefined) return key;
  throw new UserError(
    "secret-key-missing",
    "Set TF_VAR_queueit_secret_key to Queue-it's secret key, even if the Worker gets it from the Secrets Store: " +
      "the sites say what they run only to a caller who knows it.",
  );
}
