import { goOnUnread } from "../../console/output.ts";
import { EXIT } from "../../errors/user-error.ts";
import { secretsIn } from "../../secrets/secret-variables.ts";
import type { FailureMode } from "../../specification/switches.ts";
import { requireTyped } from "../../switch/confirm.ts";
import { proveFailure } from "../../switch/prove-failure.ts";
import { reasonOf } from "../../switch/reason.ts";
import { switchFailure } from "../../switch/switch-failure.ts";
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
import { cloudflareAccess, optionalSecretKey, reach } from "./workspace.ts";

export interface SwitchFailureCommandOptions extends PlaceOptions, SwitchOptions {
  readonly reason?: string;
}

const MEANING: Readonly<Record<FailureMode, string>> = {
  open: "visitors pass to the site",
  closed: "visitors get an error (503) instead of the page",
};

/** Changes what visitors get where the connector fails. */
export async function runSwitchFailure(
  mode: FailureMode,
  name: string | undefined,
  options: SwitchFailureCommandOptions,
): Promise<void> {
  goOnUnread();
  const { yes, json } = options;
  const console = consoleOf(options);
  const secrets = secretsIn(process.env);
  const place = await switchPlace(name, options);
  if (options.reason !== undefined) reasonOf(options.reason, secrets);
  const access = cloudflareAccess();
  const secretKey = optionalSecretKey();
  const sites = reach();
  try {
    const by = await who(place, access);
    let start = performance.now();
    const { was, changed, isNoted, seen } = await switchFailure({
      ...{ place, access, mode, by, now: new Date() },
      reason: () => reasonOf(options.reason, secrets),
      confirm: async (before) => {
        console.say(
          `Where the connector of ${place.name} fails, ${MEANING[mode]} from now on; so far: ${before}. It makes a new ` +
            "version of the Worker, of the same code and secrets.",
        );
        await requireTyped({ name: place.name, given: yes, what: `let it fail ${mode}` }, console);
        start = performance.now();
      },
    });
    console.say(
      changed
        ? `\n${place.name} fails ${mode} now, and ${was} before; switched in ${secondsSince(start)} s.` +
            (isNoted ? ` To switch it back: npx queueit-cf switch failure ${was} ${place.words}` : "")
        : `${place.name} fails ${mode} already.`,
    );
    const proved =
      secretKey === undefined
        ? []
        : await proveFailure({
            ...{ place, seen, mode, secretKey, reach: sites, patienceMs: PATIENCE_MS },
          });
    if (secretKey === undefined) {
      console.say(
        "Not checked: to have the Worker itself asked how it fails, set TF_VAR_queueit_secret_key.",
      );
      process.exitCode = EXIT.found;
    } else {
      tellProof(proved, console);
    }
    const seconds = secondsSince(start);
    if (json) {
      writeAnswer({
        action: "failure",
        ...placeJson(place),
        by,
        mode,
        was,
        changed,
        noted: isNoted,
        proved,
        seconds,
      });
    }
  } finally {
    await sites.close();
  }
}
