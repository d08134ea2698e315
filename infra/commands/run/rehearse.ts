import { lookOf } from "../../console/colours.ts";
import { Interrupted, type Interruption, onInterruption } from "../../console/interruption.ts";
import { EXIT } from "../../errors/user-error.ts";
import { type Progress, rehearse } from "../../local/rehearsal/rehearse.ts";
import type { Rehearsal } from "../../local/rehearsal/rehearsal.ts";
import {
  readAtMost,
  readScenario,
  type ScenarioOptions,
} from "../../local/rehearsal/scenarios/read-scenario.ts";
import { verdictOf } from "../../local/rehearsal/verdict/verdict-of.ts";
import { isBroken } from "../../local/rehearsal/verdict/verdict.ts";
import { pickTarget } from "../../specification/target.ts";
import { readConfigurationBytes } from "./read-configuration.ts";
import { readStartingTargets } from "./worker-starts.ts";
import { type RehearsalReportOptions, requireRehearsalFolder, writeRehearsal } from "./write-rehearsal.ts";

export interface RehearseCommandOptions extends ScenarioOptions, RehearsalReportOptions {
  readonly scenario?: string;
  readonly atMost?: string;
  readonly configuration?: string;
}

/** Rehearses a sale, and tells what came of it. */
export async function runRehearse(name: string, options: RehearseCommandOptions): Promise<void> {
  const { scenario: named, atMost, configuration: file, out, json, ...changes } = options;
  const scenario = await readScenario(named, changes);
  const atMostMs = atMost === undefined ? undefined : readAtMost(atMost);
  const configuration =
    file === undefined ? undefined : new TextDecoder().decode(await readConfigurationBytes(file));
  const { targets } = await readStartingTargets([name]);
  const target = pickTarget(targets, name);
  await requireRehearsalFolder(out);

  const ending = new AbortController();
  let endedBy: Interruption | undefined;
  const stopListening = onInterruption((by) => {
    endedBy ??= by;
    ending.abort();
  });
  const progress = progressLine();
  let rehearsal: Rehearsal;
  try {
    const { signal } = ending;
    const { onProgress } = progress;
    rehearsal = await rehearse({ target, scenario, configuration, atMostMs, signal, onProgress });
  } finally {
    progress.end();
    stopListening();
  }
  const verdict = verdictOf(rehearsal);
  await writeRehearsal(rehearsal, verdict, { ...(out !== undefined && { out }), ...(json && { json }) });
  if (isBroken(verdict)) process.exitCode = EXIT.found;
  else if (endedBy !== undefined)
    throw new Interrupted(endedBy, "What was said is about what was seen so far.");
}

/** One line of a terminal that is written over and over; nothing where there is no terminal. */
function progressLine(): { readonly onProgress: (progress: Progress) => void; readonly end: () => void } {
  const output = process.stderr;
  if (!output.isTTY) return { onProgress: () => undefined, end: () => undefined };
  const { columns } = lookOf(output);
  return {
    onProgress: (progress) => {
      output.write(`\r\u001b[2K${progressInWords(progress).slice(0, columns - 1)}`);
    },
    end: () => {
      output.write("\r\u001b[2K");
    },
  };
}

function progressInWords({ simulatedMs, arrived, inLine, browsing, requests, breaches }: Progress): string {
  const number = (value: number) => value.toLocaleString("en");
  const minutes = Math.floor(simulatedMs / 60_000);
  const seconds = Math.floor((simulatedMs % 60_000) / 1000);
  return [
    `${minutes} min ${String(seconds).padStart(2, "0")} s of the sale`,
    `${number(arrived)} came`,
    `${number(inLine)} in line`,
    `${number(browsing)} in the shop`,
    `${number(requests)} requests`,
    ...(breaches === 0 ? [] : [`${number(breaches)} BROKEN PROMISES`]),
  ].join(", ");
}
