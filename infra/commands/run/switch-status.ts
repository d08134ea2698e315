import { seeConnector } from "../../account/read-switches.ts";
import { deepWithoutSecrets } from "../../console/without-secrets.ts";
import { EXIT } from "../../errors/user-error.ts";
import { toJson } from "../../plan/report/json.ts";
import { switchLines, switchOnRemedy } from "../../specification/switch-words.ts";
import { currentMode } from "../../account/read-switches.ts";
import { leadingRoutes } from "../../switch/place.ts";
import { SWITCH_STATUS } from "../../switch/switch-status-format.ts";
import { inFormat } from "../../json/format.ts";
import { type PlaceOptions, switchPlace } from "./switch-place.ts";
import { placeJson } from "./switch-session.ts";
import { terminal } from "./terminal.ts";
import { cloudflareAccess } from "./workspace.ts";

export interface SwitchStatusCommandOptions extends PlaceOptions {
  readonly json?: true;
}

/** Says what of a connector is switched. */
export async function runSwitchStatus(
  name: string | undefined,
  options: SwitchStatusCommandOptions,
): Promise<void> {
  const place = await switchPlace(name, options);
  const seen = await seeConnector(place, cloudflareAccess());
  const { switches, bindings } = seen;
  const lines = switchLines(switches);
  const leading = leadingRoutes(seen, place).map(({ pattern }) => pattern);
  const mode = currentMode(bindings, place.failureVariable);
  if (options.json) {
    const { sites, failure } = switches;
    const answer = inFormat(SWITCH_STATUS, {
      ...{ ...placeJson(place), switched: lines.length > 0 },
      ...{ sites, failure },
      ...{ failureMode: mode, leading },
    });
    process.stdout.write(toJson(deepWithoutSecrets(answer)));
  } else {
    terminal.say(
      [
        ...(lines.length === 0
          ? [`Nothing of ${place.name} is switched.`]
          : lines.map((line) => `- ${line}`)),
        `Routes that lead to the Worker ${place.worker}: ${leading.length === 0 ? "none" : leading.join(", ")}`,
        `Where the connector fails: ${mode ?? "not known"}`,
        ...(switches.sites.length === 0 ? [] : [`To switch on again: ${switchOnRemedy(place.words)}`]),
        ...(switches.failure === undefined
          ? []
          : [`To fail as before: npx queueit-cf switch failure ${switches.failure.was} ${place.words}`]),
      ].join("\n"),
    );
  }
  if (lines.length > 0) process.exitCode = EXIT.found;
}
