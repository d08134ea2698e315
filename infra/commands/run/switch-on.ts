import { goOnUnread } from "../../console/output.ts";
import { EXIT } from "../../errors/user-error.ts";
import { siteWords, switchOnRemedy } from "../../specification/switch-words.ts";
import { requireTyped } from "../../switch/confirm.ts";
import type { SwitchPlace } from "../../switch/place.ts";
import { prove } from "../../switch/prove.ts";
import type { Restoration } from "../../switch/restoration.ts";
import { switchOn } from "../../switch/switch-on.ts";
import { counted } from "../../text/counted.ts";
import { type PlaceOptions, switchPlace } from "./switch-place.ts";
import {
  consoleOf,
  PATIENCE_MS,
  placeJson,
  secondsSince,
  type SwitchOptions,
  tellProof,
  writeAnswer,
} from "./switch-session.ts";
import { cloudflareAccess, reach } from "./workspace.ts";

export interface SwitchOnCommandOptions extends PlaceOptions, SwitchOptions {
  readonly site?: string;
  readonly leaveOthers?: true;
}

/** Puts the routes of a connector back as they were. */
export async function runSwitchOn(name: string | undefined, options: SwitchOnCommandOptions): Promise<void> {
  goOnUnread();
  const { site, yes, json, leaveOthers } = options;
  const console = consoleOf(options);
  const place = await switchPlace(name, options);
  const access = cloudflareAccess();
  const sites = reach();
  try {
    let start = performance.now();
    const restored = await switchOn({
      ...{ place, access, site, leavesOthers: leaveOthers === true },
      confirm: async (off, restorations) => {
        console.say(
          [
            ...off.map((one) => `- ${siteWords(one)}`),
            "",
            `These lead to the Worker again, as they did then:`,
            ...restorations.map((one) => `- ${restorationWords(one)}`),
            "",
          ].join("\n"),
        );
        await requireTyped({ name: place.name, given: yes, what: "switch on" }, console);
        start = performance.now();
      },
    });
    const { restorations, kept, seen } = restored;
    const back = restorations.filter(({ step }) => step !== "leave");
    const changed = secondsSince(start);
    if (restored.sites.length === 0) {
      console.say(`Nothing of ${place.name} is switched off.`);
    } else {
      console.say(`\n${counted(back.length, "route")} of ${place.name} as they were, in ${changed} s.`);
    }
    const proved = await prove({
      patterns: back.map(({ route }) => route.pattern),
      // A route that was made anew is not among those that were seen.
      routes: [...seen.routes, ...madeRoutes(restorations)],
      ...{ reach: sites, wanted: "connector", patienceMs: PATIENCE_MS },
      hostnames: place.environment?.hostnames ?? [],
    });
    tellProof(proved, console);
    if (kept.length > 0) {
      console.say(keptText(place, kept));
      process.exitCode = EXIT.found;
    }
    const seconds = secondsSince(start);
    console.say(`Done in ${seconds} s.`);
    if (json) {
      writeAnswer({
        ...{ action: "on", ...placeJson(place), seconds },
        routes: restorations.map(({ route, step, found }) => ({ ...route, step, found })),
        ...{ stillOff: kept, proved },
      });
    }
  } finally {
    await sites.close();
  }
}

function madeRoutes(restorations: readonly Restoration[]) {
  return restorations.flatMap(({ step, route }) =>
    step === "make" ? [{ ...route, id: route.id ?? "", script: route.script }] : [],
  );
}

function restorationWords({ route, step, found }: Restoration): string {
  const what = {
    write: "",
    make: "made again: ",
    none: "leads to its Worker already: ",
    leave: "left alone: ",
  }[step];
  return `${what}${route.pattern}${found === undefined ? "" : ` (${found})`}`;
}

function keptText({ words }: SwitchPlace, hosts: readonly string[]): string {
  return (
    `\n${hosts.join(", ")} still counts as switched off, since a route of it belongs to another Worker now and was not ` +
    `touched. Ask who gave it to that Worker. To have the connector back there, set that route to no Worker in Cloudflare's ` +
    `dashboard and run this again; if it is right as it is: ${switchOnRemedy(words)} --leave-others`
  );
}
