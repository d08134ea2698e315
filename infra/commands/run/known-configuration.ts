import { storedConfiguration } from "../../account/stored-configuration.ts";
import { settled } from "../../environments/definition/settled.ts";
import type { NamedEnvironment } from "../../environments/environment.ts";
import { UserError } from "../../errors/user-error.ts";
import { configurationInvalid, readProjectFile } from "../../project/project-file.ts";
import { type ActionLookup, actionLookup, type ExplainedAction } from "../../plan/routing.ts";
import { type ConfigurationFile, readConfigurationFile } from "../../queue-it/configuration-file.ts";
import { counted } from "../../text/counted.ts";
import { configurationRemedy } from "../../specification/configuration-remedy.ts";
import type { Target } from "../../specification/target.ts";
import { askPage } from "../../verify/ask-pages.ts";
import { patientReach } from "../../verify/patient-reach.ts";
import { readConfigurationBytes } from "./read-configuration.ts";
import { optionalAccess, optionalSecretKey, reach } from "./workspace.ts";

/** An integration configuration that URLs are explained by. */
export interface KnownConfiguration {
  /** Where it is from, in words, with its version where that is known. */
  readonly source: string;
  readonly actionFor: ActionLookup;
}

/**
 * The configuration in a file that somebody named, or published by hand.
 *
 * @throws UserError when it cannot be read, or the Worker would not take it.
 */
export async function configurationOfFile(
  path: string,
): Promise<(named: NamedEnvironment) => KnownConfiguration> {
  const file = readConfigurationFile(await readConfigurationBytes(path));
  if (!file.ok) {
    throw configurationInvalid(
      `${JSON.stringify(path)} is not an integration configuration that the Worker accepts: ` +
        `${shortened(file.reasons)}. Fix it, or download it from Queue-it's platform again; "npx ` +
        `queueit-cf validate --configuration ${path}" lists every problem.`,
    );
  }
  return (named) => known(JSON.stringify(path), file, named);
}

/** What an environment's own file says. Any other configuration is Queue-it's, and known to the account alone. */
export function configurationOfEnvironment(named: NamedEnvironment): KnownConfiguration | undefined {
  const { integrationConfiguration: owned } = settled(named);
  if (owned.owner !== "file") return undefined;
  const bytes = readProjectFile(owned.path);
  const file = bytes && readConfigurationFile(bytes);
  return file?.ok ? known(owned.path, file, named) : undefined;
}

/**
 * What KV holds, where a token may read it; otherwise what the Worker at each of the URLs says that it does
 * there.
 *
 * @throws UserError when neither can be asked, or KV holds nothing that the Worker takes.
 */
export async function liveConfiguration(target: Target, urls: readonly URL[]): Promise<KnownConfiguration> {
  const access = optionalAccess();
  if (typeof access === "string") return askedConfiguration(target, urls, access);
  const { spec, named } = target;
  const stored = await storedConfiguration(spec, access);
  const file = stored.kind === "held" ? readConfigurationFile(stored.text) : undefined;
  if (file?.ok === true) return known("KV", file, named);
  const why =
    stored.kind === "no-namespace"
      ? `The account has no KV namespace ${spec.namespace.title}: nothing is deployed. Deploy first: npx ` +
        `queueit-cf deploy ${spec.environment}`
      : "KV holds no integration configuration that the Worker accepts " +
        `(${shortened(file?.reasons ?? ["it is not there"])}). To fix that, ${configurationRemedy(spec)}`;
  throw new UserError("live-unknown", `${why}.`);
}

async function askedConfiguration(
  target: Target,
  urls: readonly URL[],
  noAccess: string,
): Promise<KnownConfiguration> {
  const secretKey = optionalSecretKey();
  if (secretKey === undefined) {
    throw new UserError(
      "live-unknown",
      `${noAccess}, and without TF_VAR_queueit_secret_key the Worker does not report what it does. Set ` +
        "one of the two, or give the configuration with --configuration FILE.",
    );
  }
  const sites = reach();
  const questions = {
    reach: patientReach(sites),
    secretKey,
    routes: target.spec.routes,
    withoutStatus:
      settled(target.named).worker.source === "file"
        ? "this environment's Worker file does not answer status calls"
        : undefined,
  };
  try {
    const actions = new Map<string, ExplainedAction | undefined>();
    const untold: string[] = [];
    for (const { href } of urls) {
      const { status } = await askPage(href, questions);
      if (typeof status === "string") untold.push(`${href}: ${status}`);
      else actions.set(href, status.action ?? "none");
    }
    const note = untold.length === 0 ? "" : `; unknown: ${untold.join("; ")}`;
    return { source: `the Worker's own answer${note}`, actionFor: ({ href }) => actions.get(href) };
  } finally {
    await sites.close();
  }
}

function known(
  place: string,
  { json, configuration }: Extract<ConfigurationFile, { readonly ok: true }>,
  named: NamedEnvironment,
): KnownConfiguration {
  const { worker, queueIt } = settled(named);
  const count = configuration.Integrations?.length ?? 0;
  return {
    source: `${place}, version ${configuration.Version} with ${counted(count, "action")}`,
    actionFor: actionLookup(json, worker.source === "bundled" ? queueIt.matching : "as-configured"),
  };
}

/** More than that nobody reads. */
const MOST_REASONS = 3;

function shortened(reasons: readonly string[]): string {
  const more = reasons.length - MOST_REASONS;
  return [...reasons.slice(0, MOST_REASONS), ...(more > 0 ? [`${more} more`] : [])].join("; ");
}
