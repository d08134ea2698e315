import type { CloudflareAccess } from "../account/read-api.ts";
import { currentMode, seeConnector, type SeenConnector } from "../account/read-switches.ts";
import { deleteNote, writeNote } from "../account/switch-notes.ts";
import { writeVariable } from "../account/worker-bindings.ts";
import { WriteRefused } from "../account/write-api.ts";
import { whileDoing } from "../console/interruption.ts";
import { UserError } from "../errors/user-error.ts";
import type { FailureMode } from "../specification/switches.ts";
import { VARIABLES } from "../../worker/deployment/variables.ts";
import { unfinished } from "./change-routes.ts";
import type { SwitchPlace } from "./place.ts";
import { requireNotes } from "./switch-off.ts";

export interface SwitchFailureOptions {
  readonly place: SwitchPlace;
  readonly access: CloudflareAccess;
  readonly mode: FailureMode;
  /** Called where a note is to be left. @throws UserError when there is no reason to put into it. */
  readonly reason: () => string;
  readonly by: string;
  readonly now: Date;
  /** @throws UserError when it is not confirmed. */
  readonly confirm: (was: FailureMode) => Promise<void>;
}

export interface SwitchedFailureMode {
  readonly was: FailureMode;
  /** False where the Worker failed so already. */
  readonly changed: boolean;
  /** Whether a note says that it is not as it was deployed. */
  readonly isNoted: boolean;
  readonly seen: SeenConnector;
}

/**
 * Changes what visitors get where the connector fails: a new version of the Worker with the same code and secrets. The
 * note of it goes where it is as deployed again.
 *
 * @throws UserError when the Worker has no such variable, it is not confirmed, or Cloudflare refuses a part of it.
 */
export async function switchFailure(options: SwitchFailureOptions): Promise<SwitchedFailureMode> {
  const { place, access, mode, confirm, by, now } = options;
  const seen = requireNotes(await seeConnector(place, access), place);
  const { failure } = seen.switches;
  const was = currentMode(seen.bindings, place.failureVariable);
  if (was === undefined || seen.bindings === undefined) throw unknownMode(place);
  const { bindings } = seen;
  // What it fails like with nothing switched: the file says so, or else whoever switched first.
  const deployed = place.environment?.failure ?? failure?.was ?? was;
  const isBack = mode === deployed;
  const reason = isBack ? undefined : options.reason();
  if (mode === was && isBack === (failure === undefined))
    return { was, changed: false, isNoted: !isBack, seen };
  await confirm(was);
  const again = "Run the same command again: it goes on from there.";
  return whileDoing(`Whether ${place.name} fails ${mode} by now is not known. ${again}`, async () => {
    try {
      if (reason !== undefined && failure?.mode !== mode) {
        const note = { kind: "failure" as const, mode, was: failure?.was ?? deployed, reason, by };
        await writeNote(seen.notes, { ...note, since: now.toISOString() }, access);
      }
      const name = place.failureVariable ?? VARIABLES.failureMode;
      if (mode !== was) await writeVariable(place, bindings, { name, text: mode }, access);
      for (const key of isBack ? (failure?.keys ?? []) : []) await deleteNote(seen.notes, key, access);
    } catch (error) {
      if (!(error instanceof WriteRefused)) throw error;
      const refused = [
        { what: `failure mode ${mode} of the Worker ${place.worker}`, refusal: error.message },
      ];
      throw unfinished("Cloudflare did not confirm it:", refused, again);
    }
    return { was, changed: mode !== was, isNoted: !isBack, seen };
  });
}

function unknownMode({ worker, failureVariable = VARIABLES.failureMode }: SwitchPlace): UserError {
  return new UserError(
    "switch-failure-unknown",
    `The Worker ${worker} has no variable ${failureVariable} that says open or closed, so its failure mode cannot be ` +
      "switched, and nothing was changed. Check the Worker's name. Where it has names of its own for its variables, name " +
      "the environment instead of --account, --zone and --worker; otherwise deploy the environment with this project first.",
  );
}
