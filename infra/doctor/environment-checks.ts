import type { CloudflareAccess } from "../account/read-api.ts";
import { settled } from "../environments/definition/settled.ts";
import { uncleanVariables } from "../specification/clean-variables.ts";
import type { Target } from "../specification/target.ts";
import type { Reach } from "../verify/reach.ts";
import { checkAccountPlan } from "./account-plan-check.ts";
import type { DoctorCheck } from "./diagnose.ts";
import { checkDns } from "./dns-check.ts";
import { type Finding, findingsOf } from "./finding.ts";
import { checkPermissions } from "./permission-check.ts";
import { checkQueueIt } from "./queue-it-check.ts";
import { checkRoutes } from "./routes-check.ts";
import { checkPromotionState, checkState } from "./state-check.ts";
import type { KnownToken } from "./token-check.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { withSwitches } from "../specification/with-switches.ts";
import { connectorPlace, failureVariableOf } from "../account/connector-place.ts";
import { seeConnector } from "../account/read-switches.ts";
import { checkSwitch } from "./switch-check.ts";
import { checkVariables } from "./variables-check.ts";
import { checkConfiguration, checkWorker } from "./worker-check.ts";
import { checkZones, type SeenZone } from "./zone-check.ts";
import type { Variables } from "../variables/command-variables.ts";

export interface EnvironmentQuestions {
  readonly target: Target;
  readonly variables: Variables;
  readonly projectRoot: string;
  readonly isLocal: boolean;
  /** How the account is asked; a text says why it cannot be. */
  readonly account: { readonly access: CloudflareAccess; readonly token: KnownToken } | string;
  /** How Queue-it is reached. */
  readonly reach: Pick<Reach, "get">;
}

/** Everything about one environment, in the order in which it is told. */
export function environmentChecks(questions: EnvironmentQuestions): readonly DoctorCheck[] {
  const { target, variables, account, reach, isLocal } = questions;
  const { spec, named } = target;
  const { sites, queueIt } = settled(named);
  const { TF_VAR_queueit_api_key: given } = variables;
  // What is not a clean value is sent to nobody, and has a finding of its own.
  const isSent = uncleanVariables({ TF_VAR_queueit_api_key: given }).length === 0;
  const apiKey = (isSent ? given : undefined) ?? "";
  const state = { spec, projectRoot: questions.projectRoot, variables, isLocal };
  const seen =
    typeof account === "string"
      ? Promise.reject(new Error(account))
      : seeConnector(connectorPlace(target), account.access);
  // Waited for below; until then a failure is nobody's.
  seen.catch(() => undefined);
  return [
    // First, since it changes what everything else means.
    ...(typeof account === "string"
      ? []
      : [{ name: "switch", run: async () => checkSwitch(spec.environment, await seen) }]),
    { name: "variables", run: () => Promise.resolve(checkVariables(spec, variables)) },
    ...exampleValues(spec.exampleValues, isLocal),
    ...(typeof account === "string" ? [notAsked(account)] : accountChecks(account)),
    { name: "state", run: () => checkState(state) },
    { name: "promotion-state", run: () => checkPromotionState(state) },
    {
      name: "queue-it",
      run: () => checkQueueIt(queueIt.customerId, apiKey === "" ? undefined : apiKey, reach),
    },
  ];

  /** As a deploy would have it now. */
  async function deployedSpec(): Promise<ConnectorSpec> {
    const known = await seen.catch(() => undefined);
    const variable = failureVariableOf(settled(named).worker);
    return known === undefined ? spec : withSwitches(spec, known.switches, variable);
  }

  function accountChecks({ access, token }: Exclude<typeof account, string>): readonly DoctorCheck[] {
    const hostnames = [...new Set(sites.map(({ hostname }) => hostname))];
    // Several checks need to know the zones, which are asked for once.
    const asked = checkZones(spec, access);
    // Waited for below; until then a failure is nobody's.
    asked.catch(() => undefined);
    const onZones = async (run: (zones: readonly SeenZone[]) => Promise<readonly Finding[]>) =>
      run((await asked).zones);
    return [
      { name: "zone", run: async () => (await asked).findings },
      {
        name: "permissions",
        run: () =>
          onZones((zones) => {
            // One that the token cannot see is one that it has no permission on.
            const written = spec.routes.flatMap(({ zone }) => ("id" in zone ? [zone.id] : []));
            const zoneIds = [...new Set([...written, ...zones.map(({ id }) => id)])];
            return checkPermissions({ spec, access, token, zoneIds, isLocal });
          }),
      },
      { name: "dns", run: () => onZones((zones) => checkDns(hostnames, zones, access)) },
      {
        name: "routes",
        run: () => onZones(async (zones) => checkRoutes(await deployedSpec(), zones, access)),
      },
      { name: "worker", run: () => checkWorker(spec, access) },
      { name: "configuration", run: () => checkConfiguration(spec, access) },
      { name: "account-plan", run: () => checkAccountPlan(spec.accountId, access) },
    ];
  }
}

function exampleValues(values: readonly string[], isLocal: boolean): readonly DoctorCheck[] {
  const { problem } = findingsOf("example-values");
  if (values.length === 0 || isLocal) return [];
  const run = () =>
    Promise.resolve(
      values.map((value) =>
        problem(
          `an example value is still there: ${value}`,
          "write your own value into the file of the environment",
        ),
      ),
    );
  return [{ name: "example-values", run }];
}

const OF_THE_ACCOUNT =
  "permissions, zone, hostnames, routes of other Workers, the Worker, KV and the plan of the account";

function notAsked(why: string): DoctorCheck {
  const finding = findingsOf("account").notTried(
    `${OF_THE_ACCOUNT}: ${why}`,
    "fix that, then run this again",
  );
  return { name: "account", run: () => Promise.resolve([finding]) };
}
