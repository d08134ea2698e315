import { settledOwner, settledSecrets } from "../environments/definition/settled.ts";
import type {
  Backend,
  IntegrationConfigurationOwner,
  SecretsStrategy,
  Site,
} from "../environments/environment.ts";
import { UserError } from "../errors/user-error.ts";
import { accountOf } from "./account-answer.ts";
import { askBackend, askOwner, askSecrets } from "./ask-parts.ts";
import { asAnswer, checkCustomer, checkPath, eachListed, listed } from "./flags.ts";
import { hostnamesOf, type Place, placesOf, zonesOf } from "./place-answers.ts";
import { neededBypasses } from "./needed-bypasses.ts";
import { siteOfHost, type Sources } from "./sources.ts";

/** Everything that an environment is written from. */
export interface Answers {
  readonly name: string;
  readonly accountId: string;
  readonly sites: readonly [Site, ...Site[]];
  readonly customerId: string;
  readonly owner: IntegrationConfigurationOwner;
  readonly secrets: SecretsStrategy;
  readonly backend: Backend;
  readonly promotedFrom: string | undefined;
  readonly failure: "open" | "closed";
  /** What a person has to know of them. */
  readonly notes: readonly string[];
}

/** @throws UserError that names everything that is missing, or what the account has not. */
export async function answersOf(sources: Sources): Promise<Answers> {
  const { name, flags, existing, questions } = sources;
  const notes: string[] = [];
  const missing: string[] = name === undefined ? ["the environment's name, such as staging"] : [];

  const accountId = await accountOf(sources, missing);
  const zones = await zonesOf(sources, accountId, notes);
  const hostnames = await hostnamesOf(sources, zones, missing);
  const places = await placesOf(sources, hostnames, zones, missing);
  const customerId =
    flags.customerId ??
    (await questions?.text({
      message: "Queue-it customer id, as in <customer id>.queue-it.net:",
      initial: existing?.queueIt.customerId,
      check: asAnswer(checkCustomer),
    })) ??
    existing?.queueIt.customerId;
  if (customerId === undefined) missing.push("--customer-id ID (as in <customer id>.queue-it.net)");
  const promotedFrom = await promotedFromOf(sources, missing);
  if (name === undefined || accountId === undefined || customerId === undefined || missing.length > 0)
    throw incomplete(missing);

  const sites = await sitesOf(sources, places, notes);
  const [site, ...others] = sites;
  if (site === undefined) throw incomplete(["--hostname HOST"]);
  const owner = flags.owner ?? (await askOwner(questions, existing?.integrationConfiguration));
  const secrets = flags.secrets ?? (await askSecrets(questions, existing?.secrets));
  const backend = flags.backend ?? (await askBackend(questions, existing?.backend));
  const failure =
    flags.failure ??
    (await questions?.choice<"open" | "closed">({
      message: "What do visitors get while the connector itself fails?",
      choices: [
        { value: "open", name: "open: the site, without a waiting room" },
        { value: "closed", name: "closed: a neutral page with status 503" },
      ],
      initial: existing?.failure,
    })) ??
    existing?.failure ??
    "open";
  return {
    name,
    accountId,
    sites: [site, ...others],
    customerId,
    owner: owner ?? existing?.integrationConfiguration ?? settledOwner(),
    secrets: secrets ?? existing?.secrets ?? settledSecrets(),
    backend: backend ?? existing?.backend ?? { type: "local" },
    promotedFrom: promotedFrom === false ? undefined : promotedFrom,
    failure,
    notes,
  };
}

function incomplete(missing: readonly string[]): UserError {
  return new UserError(
    "init-incomplete",
    `Nobody can be asked here, and these are missing: ${missing.join("; ")}. Nothing was written. Give them, or ` +
      "run it in a terminal: npx queueit-cf init",
  );
}

async function promotedFromOf(
  { flags, existing, earlier: { possible, usual }, questions }: Sources,
  missing: string[],
): Promise<string | false | undefined> {
  if (flags.promotedFrom !== undefined) return flags.promotedFrom;
  if (questions !== undefined && possible.length > 0) {
    const chosen = await questions.choice({
      message: "Environment that has to run a bundle before this one may:",
      choices: [...possible, NONE].map((value) => ({ value, name: value })),
      initial: (existing === undefined && usual !== false ? usual : existing?.promotedFrom) ?? NONE,
    });
    return chosen === NONE ? false : chosen;
  }
  if (existing !== undefined) return existing.promotedFrom;
  if (usual === undefined)
    missing.push(`--promoted-from NAME (one of ${possible.join(", ")}) or --no-promoted-from`);
  return usual;
}

/** No environment has brackets in its name. */
const NONE = "(none)";

async function sitesOf(
  { flags, existing, questions, bypassesOf }: Sources,
  places: readonly Place[],
  notes: string[],
): Promise<readonly Site[]> {
  const sites: Site[] = [];
  let protect = flags.protect;
  for (const { hostname, zone } of places) {
    const known = siteOfHost(existing, hostname);
    protect ??=
      questions &&
      listed(
        await questions.text({
          message: 'Paths that the Worker sees, with commas between ("/*" for all):',
          initial: (known?.protect ?? ["/*"]).join(", "),
          check: eachListed(checkPath, 1),
        }),
      );
    const seen = protect ?? known?.protect ?? ["/*"];
    sites.push({ ...zone, hostname, protect: seen, ...(await bypassOf(hostname, known, seen)) });
  }
  return sites;

  async function bypassOf(
    hostname: string,
    known: Site | undefined,
    seen: readonly string[],
  ): Promise<Pick<Site, "bypass">> {
    if (flags.bypass !== undefined) return flags.bypass === false ? {} : { bypass: flags.bypass };
    if (known !== undefined && questions === undefined) return known.bypass ? { bypass: known.bypass } : {};
    const proposed = known === undefined ? await bypassesOf(hostname) : undefined;
    if (proposed !== undefined) notes.push(`Bypasses of ${hostname}: ${proposed.because}.`);
    const usual = known?.bypass ?? neededBypasses(hostname, seen, proposed?.entries ?? []);
    const paths = usual.filter((entry) => typeof entry === "string");
    // What goes to another Worker is written by hand, and stays.
    const others = usual.filter((entry) => typeof entry !== "string");
    const answered =
      questions === undefined
        ? paths
        : listed(
            await questions.text({
              message: `Static paths of ${hostname} that skip the Worker, with commas between ("none" for none)${
                proposed === undefined ? "" : `; ${proposed.because}`
              }:`,
              initial: paths.length === 0 ? NO_PATHS : paths.join(", "),
              check: (text) => (text.trim() === NO_PATHS ? undefined : eachListed(checkPath, 1)(text)),
            }),
          ).filter((entry) => entry !== NO_PATHS);
    const entries = [...answered, ...others];
    return entries.length === 0 ? {} : { bypass: entries };
  }
}

const NO_PATHS = "none";
