import { asciiHostname } from "../../cloudflare/hostname.ts";
import { pickEnvironment } from "../../environments/definition/pick-environment.ts";
import { settled } from "../../environments/definition/settled.ts";
import type { NamedEnvironment } from "../../environments/environment.ts";
import { UserError } from "../../errors/user-error.ts";
import { readProject } from "../../project/project.ts";
import { routesOf } from "../../specification/routes-of.ts";
import { requireCleanVariables } from "../../specification/clean-variables.ts";
import { hostOf } from "../../specification/switches.ts";
import type { SwitchPlace } from "../../switch/place.ts";
import { failureVariableOf, kvBindingOf } from "../../account/connector-place.ts";

/** How a command of the switch says which connector it is about. */
export interface PlaceOptions {
  readonly account?: string;
  readonly zone?: readonly string[];
  readonly worker?: string;
}

/** Ids of accounts and zones become parts of addresses. */
const ID = /^[0-9a-f]{32}$/;

/**
 * The connector that is meant. With an environment, from its file alone: no bundle is built and no state is read.
 *
 * @throws UserError when it is not said, or the environment is not valid.
 */
export async function switchPlace(name: string | undefined, options: PlaceOptions): Promise<SwitchPlace> {
  requireCleanVariables(process.env);
  const { account, zone, worker } = options;
  const given = [account, zone, worker].filter((value) => value !== undefined).length;
  if (name !== undefined && given === 0) {
    const { environments } = await readProject().catch(withoutProject);
    return placeOf(pickEnvironment(environments, name));
  }
  if (name !== undefined || account === undefined || zone === undefined || worker === undefined) {
    throw badPlace(
      name !== undefined
        ? `Both the environment ${name} and --account, --zone or --worker are given. Give one of the two`
        : "Name the environment, or give all of --account, --zone and --worker",
    );
  }
  if (![account, ...zone].every((id) => ID.test(id))) {
    throw badPlace(
      "--account and --zone take ids of 32 hexadecimal characters, as Cloudflare's dashboard shows them on the zone's " +
        "overview",
    );
  }
  if (!/^[\w-]{1,255}$/.test(worker)) {
    throw badPlace("--worker takes the name of a Worker: letters, digits, dashes and underscores");
  }
  const zones = [...new Set(zone)];
  return {
    name: worker,
    words: ["--account", account, ...zones.flatMap((id) => ["--zone", id]), "--worker", worker].join(" "),
    accountId: account,
    zones: zones.map((id) => ({ id })),
    worker,
    environment: undefined,
  };
}

function placeOf(named: NamedEnvironment): SwitchPlace {
  const { name } = named;
  const { accountId, workerName, sites, failure, namespaceTitle, worker } = settled(named);
  const routes = sites.flatMap(routesOf);
  const zones = new Map(routes.map(({ zone }) => [JSON.stringify(zone), zone]));
  const hostsOfSite = (site: (typeof sites)[number]) =>
    routesOf(site).flatMap(({ kind, pattern }) => (kind === "protect" ? [hostOf(pattern)] : []));
  return {
    name,
    words: name,
    accountId,
    zones: [...zones.values()],
    worker: workerName,
    binding: kvBindingOf(worker),
    title: namespaceTitle,
    failureVariable: failureVariableOf(worker),
    environment: {
      name,
      failure,
      hostnames: sites.map(({ hostname }) => asciiHostname(hostname)),
      routes,
      hostsOf: new Map(sites.map((site) => [asciiHostname(site.hostname), hostsOfSite(site)])),
    },
  };
}

function withoutProject(error: unknown): never {
  if (!(error instanceof UserError)) throw error;
  throw badPlace(
    `The environments of this checkout cannot be read: ${error.message}\nWithout them, name the connector itself: ` +
      "give --account, --zone and --worker instead of the environment",
  );
}

function badPlace(what: string): UserError {
  return new UserError(
    "switch-place",
    `${what}; nothing was changed. For examples: npx queueit-cf switch off --help`,
  );
}
