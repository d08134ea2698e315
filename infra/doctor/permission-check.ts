import type { CloudflareAccess } from "../account/read-api.ts";
import { dashboardName, permissionGroup, type PermissionName } from "../cloudflare/permission-groups.ts";
import { type NeededName, neededPermissions } from "../specification/needed-permissions.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { type ApiAnswer, answerWords, askCloudflare, isRefused } from "./ask-cloudflare.ts";
import { type Finding, findingsOf } from "./finding.ts";
import type { KnownToken } from "./token-check.ts";
import { excessOf, holds, names, readPolicies } from "./token-policies.ts";
import { ownPath } from "../text/own-path.ts";

export interface PermissionQuestions {
  readonly spec: ConnectorSpec;
  readonly access: CloudflareAccess;
  readonly token: KnownToken;
  /** Ids of the environment's zones, as far as they are known. */
  readonly zoneIds: readonly string[];
  /** Whether this is a Cloudflare on this machine, whose token may do everything on purpose. */
  readonly isLocal: boolean;
}

/** What the token may do, beside what the environment needs. */
export async function checkPermissions(questions: PermissionQuestions): Promise<readonly Finding[]> {
  const { spec, access, token } = questions;
  const needed = neededPermissions([spec]);
  const policies = await readPolicies(access, token);
  if (policies === undefined) return probed(questions, needed);
  const { ok, warning, notTried } = findingsOf("permissions");
  const heldAt = (name: PermissionName) =>
    resourcesOf(name, questions).map((resource) => holds(policies, name, resource));
  const missing = needed.filter(
    (name) => heldAt(name).includes(false) || !policies.some((policy) => names(policy, name)),
  );
  // Its zone is only known by a name that the token cannot look up.
  const unknown = needed.filter((name) => !missing.includes(name) && heldAt(name).length === 0);
  const held = needed.filter((name) => !missing.includes(name) && !unknown.includes(name));
  const excess = excessOf(policies, needed);
  return [
    ...missing.map(isMissing),
    ...unknown.map((name) => notTried(`whether the token has ${name} for the zone, whose id is not known`)),
    ...(held.length > 0 ? [ok(`the token has ${held.join(", ")}`)] : []),
    ...(excess.length === 0
      ? [ok("the token may do nothing that is not needed")]
      : questions.isLocal
        ? [ok("the token may do more than is needed, on this machine alone")]
        : [
            warning(
              `the token may do more than is needed: ${excess.join(", ")}. Whoever gets it can do that too`,
              "make a token without these permissions",
            ),
          ]),
  ];
}

function isMissing(name: PermissionName): Finding {
  return findingsOf("permissions").problem(
    `the token lacks ${name}`,
    `edit it in the dashboard: add ${dashboardName(permissionGroup(name))}, for this account and its zones`,
  );
}

function resourcesOf(name: PermissionName, { spec: { accountId }, zoneIds }: PermissionQuestions) {
  return permissionGroup(name).scope === "zone"
    ? zoneIds.map((zoneId) => ({ kind: "zone", accountId, zoneId }) as const)
    : [{ kind: "account", accountId } as const];
}

/** An id that Cloudflare gives to nothing: its own are random. */
const NOTHING = "0".repeat(32);
/** Not an object that any of these calls takes. */
const IMPOSSIBLE = JSON.stringify([null]);

type Probe = readonly [path: string, method: "GET" | "PUT" | "PATCH"];

/**
 * A call for each permission. Those that change something are asked to change what does not exist, and with a body that
 * is not valid: twice impossible. Cloudflare refuses who may not do it first (403), anybody else for the call (400, 404).
 */
function probesOf(name: NeededName, { spec, zoneIds }: PermissionQuestions): readonly Probe[] {
  const account = `/accounts/${spec.accountId}`;
  switch (name) {
    case "Workers Scripts Write":
      return [[`${account}/workers/scripts/queueit-cf-doctor-${NOTHING}/schedules`, "PUT"]];
    case "Workers KV Storage Write":
      return [[`${account}/storage/kv/namespaces/${NOTHING}`, "PUT"]];
    case "Workers Routes Write":
      return zoneIds.map((zone) => [`/zones/${zone}/workers/routes/${NOTHING}`, "PUT"] as const);
    case "Secrets Store Write":
      return [[`${account}/secrets_store/stores/${NOTHING}/secrets/${NOTHING}`, "PATCH"]];
    case "Zone Read":
      return [["/zones?per_page=5", "GET"]];
  }
}

async function probed(
  questions: PermissionQuestions,
  needed: readonly NeededName[],
): Promise<readonly Finding[]> {
  const { ok, notTried } = findingsOf("permissions");
  const found = await Promise.all(
    needed.map(async (name): Promise<Finding> => {
      const probes = probesOf(name, questions);
      if (probes.length === 0) return notTried(`whether the token has ${name}: no zone of it is known`);
      for (const [path, method] of probes) {
        const body = method === "GET" ? {} : { body: IMPOSSIBLE };
        const answer = await askCloudflare(questions.access, path, { method, ...body });
        if (isRefused(answer)) return isMissing(name);
        if (!isTold(answer, method)) {
          return notTried(`whether the token has ${name}: Cloudflare answered ${answerWords(answer)}`);
        }
      }
      return ok(`the token has ${name}${name.endsWith("Write") ? TRIED : ""}`);
    }),
  );
  return [
    ...found,
    notTried(
      "what the token may do beside that: it may not read its own permissions",
      `compare them in the dashboard with the table of ${ownPath("README.md")}, or add Read for API Tokens (User, or Account) to it`,
    ),
  ];
}

const TRIED = " (an impossible change was refused for what it was, and not to the token)";

function isTold({ status }: ApiAnswer, method: Probe[1]): boolean {
  return method === "GET" ? status === 200 : [400, 404, 405, 409, 422].includes(status);
}
