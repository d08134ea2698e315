import { z } from "zod";
import { jsonOf } from "../../json/json-of.ts";
import type { ConfigurationFile } from "../../queue-it/configuration-file.ts";
import { configurationWarnings } from "../../queue-it/configuration-warnings.ts";
import { cookieDomains } from "./cookie-domain.ts";
import type { DeploymentFacts } from "./deployment-facts.ts";
import { type Finding, readPlace } from "./finding.ts";
import { missingSettings } from "./missing-settings.ts";
import { neverTrue } from "./never-true.ts";
import { notRouted } from "./not-routed.ts";
import { shadowed } from "./shadowed.ts";

export interface Surroundings {
  /** Which spellings of a URL triggers are tried on. */
  readonly matching: "as-configured" | "normalized";
  /** Undefined where no environment was named: what depends on one is then not looked for. */
  readonly facts: DeploymentFacts | undefined;
}

/**
 * Everything in a configuration that the Worker refuses, or that is legal and probably wrong, in its order.
 *
 * @param text What the file holds, for the names of actions in a configuration that is refused.
 */
export function findingsIn(
  file: ConfigurationFile,
  { matching, facts }: Surroundings,
  text: string,
): readonly Finding[] {
  if (!file.ok) return file.reasons.map((reason) => refusal(reason, actionsIn(text)));
  const { configuration } = file;
  const warnings = configurationWarnings(configuration, matching).map(({ code, what, remedy }): Finding => ({
    severity: "warning",
    code,
    ...readPlace(what, configuration),
    remedy,
  }));
  const said = new Set(warnings.map(({ place }) => JSON.stringify(place)));
  const found = [
    ...warnings,
    // A condition that is said to be dead already needs no second sentence.
    ...neverTrue(configuration).filter(({ place }) => !said.has(JSON.stringify(place))),
    ...shadowed(configuration),
    ...cookieDomains(configuration, facts),
    ...(facts === undefined
      ? []
      : [...missingSettings(configuration, facts), ...notRouted(configuration, facts)]),
  ];
  return found.sort((a, b) => orderOf(a) - orderOf(b));
}

function refusal(reason: string, named: Parameters<typeof readPlace>[1]): Finding {
  const { place, what } = readPlace(reason, named);
  return {
    severity: "refused",
    code: "refused",
    place,
    // What is said of the whole file begins with its verb.
    what: /^(?:is|cannot) /.test(what) && place.action === undefined ? `the file ${what}` : what,
    remedy: "fix it, or download the configuration from Queue-it's platform again",
  };
}

const withActions = z.object({
  Integrations: z.array(z.object({ Name: z.unknown(), EventId: z.unknown() }).partial().catch({})),
});

/** Its actions, where it is JSON and has a list of them; each of them may be anything. */
function actionsIn(text: string): Parameters<typeof readPlace>[1] {
  const { data } = withActions.safeParse(jsonOf(text.replace(/^\uFEFF/, "")));
  return { Integrations: data?.Integrations ?? [] };
}

function orderOf({ severity, place }: Finding): number {
  return (severity === "refused" ? 0 : 1e9) + (place.action ?? 1e8) * 1000 + (place.trigger ?? 0);
}
