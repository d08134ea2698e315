import type { PlacedRoute } from "../../account/placed-routes.ts";
import { domainsOfWorker } from "../../account/domains-of-worker.ts";
import { goOnUnread } from "../../console/output.ts";
import { EXIT, UserError } from "../../errors/user-error.ts";
import { secretsIn } from "../../secrets/secret-variables.ts";
import type { SwitchedSite } from "../../specification/switches.ts";
import { siteWords, switchOnRemedy } from "../../specification/switch-words.ts";
import { requireTyped } from "../../switch/confirm.ts";
import type { SwitchPlace } from "../../switch/place.ts";
import { prove } from "../../switch/prove.ts";
import { reasonOf } from "../../switch/reason.ts";
import { switchOff } from "../../switch/switch-off.ts";
import { counted } from "../../text/counted.ts";
import { type PlaceOptions, switchPlace } from "./switch-place.ts";
import {
  consoleOf,
  PATIENCE_MS,
  placeJson,
  secondsSince,
  type SwitchOptions,
  tellProof,
  who,
  writeAnswer,
} from "./switch-session.ts";
import { cloudflareAccess, reach } from "./workspace.ts";

export interface SwitchOffCommandOptions extends PlaceOptions, SwitchOptions {
  readonly site?: string;
  readonly reason?: string;
}

/** Takes a connector off the pages of its sites. */
export async function runSwitchOff(
  name: string | undefined,
  options: SwitchOffCommandOptions,
): Promise<void> {
  goOnUnread();
  const { site, yes, json } = options;
  const console = consoleOf(options);
  const reason = reasonOf(options.reason, secretsIn(process.env));
  const place = await switchPlace(name, options);
  const access = cloudflareAccess();
  const sites = reach();
  try {
    const by = await who(place, access);
    let start = performance.now();
    const { routes, patterns, already, seen } = await switchOff({
      ...{ place, access, site, reason, by },
      now: new Date(),
      confirm: async (wanted, before) => {
        console.say(questionText(place, wanted, before));
        await requireTyped({ name: place.name, given: yes, what: "switch off" }, console);
        start = performance.now();
      },
    });
    const changed = secondsSince(start);
    console.say(
      `\n${counted(routes.length, "route")} of ${place.name} switched off in ${changed} s. To put them back exactly as they ` +
        `were: ${switchOnRemedy(place.words)}`,
    );
    const proved = await prove({
      ...{ patterns, routes: seen.routes, reach: sites, wanted: "site", patienceMs: PATIENCE_MS },
      hostnames: place.environment?.hostnames ?? [],
    });
    tellProof(proved, console);
    // The routes are off by now: what cannot be read is no reason to say nothing of it.
    const domains = await domainsOfWorker(place, access).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      console.say(`Whether a custom domain leads to the Worker is not known: ${error.message}`);
      process.exitCode = EXIT.found;
      return [];
    });
    if (domains.length > 0) {
      console.say(
        `Not switched off: ${domains.join(", ")}. All of it goes to the Worker by a custom domain, and not by a route. Remove ` +
          `that in Cloudflare's dashboard (Domains & Routes of the Worker ${place.worker}) if it has to be off too.`,
      );
      process.exitCode = EXIT.found;
    }
    const seconds = secondsSince(start);
    console.say(`Done in ${seconds} s.`);
    if (json) {
      writeAnswer({
        ...{ action: "off", ...placeJson(place), by, reason, seconds },
        routes: routes.map(({ zoneId, id, pattern }) => ({ zoneId, id, pattern })),
        already: already.map(({ host, since, by: whom, reason: why }) => ({
          host,
          since,
          by: whom,
          reason: why,
        })),
        ...{ proved, domains },
      });
    }
  } finally {
    await sites.close();
  }
}

function questionText(
  { name }: SwitchPlace,
  routes: readonly PlacedRoute[],
  already: readonly SwitchedSite[],
): string {
  const before = already.map((site) => `- ${siteWords(site)}`);
  return [
    ...(before.length === 0 ? [] : ["Switched off before:", ...before, ""]),
    ...(routes.length === 0
      ? [`No other route of ${name} leads to its Worker: there is nothing left to switch off.`]
      : [
          "From this moment, every visitor of these pages reaches the site immediately, without a waiting room, even in the " +
            "middle of a sale; and Queue-it cannot publish to them:",
          ...routes.map(({ pattern }) => `- ${pattern}`),
        ]),
    "",
  ].join("\n");
}
