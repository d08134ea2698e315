import { counted } from "../../../text/counted.ts";
import type { Rehearsal } from "../rehearsal.ts";
import { costOf } from "./cost.ts";
import { fixesOf } from "./fixes/fixes-of.ts";
import { lineSummary } from "./line-summary.ts";
import { promisesOf } from "./promises.ts";
import { trafficOf } from "./traffic.ts";
import { notTried } from "./tried.ts";
import type { PromiseVerdict, Verdict } from "./verdict.ts";

/** Judges a rehearsal: what was promised, what it would cost, and what to fix before the sale. */
export function verdictOf(rehearsal: Rehearsal): Verdict {
  const { environment, worker, bundleHash, scenario, startedAt, tookMs, simulatedMs, endedBy, failedOpen } =
    rehearsal;
  const promises = promisesOf(rehearsal);
  return {
    environment,
    worker,
    bundleHash,
    scenario,
    startedAt,
    tookMs,
    simulatedMs,
    endedBy,
    headline: headlineOf(promises),
    promises,
    fixes: fixesOf(rehearsal),
    waits: rehearsal.kinds.flatMap(({ kind, waits }) => (waits === undefined ? [] : [{ kind, ...waits }])),
    line: lineSummary(rehearsal),
    failedOpen,
    traffic: trafficOf(rehearsal),
    cost: costOf(rehearsal),
    notTried: notTried(rehearsal),
  };
}

function headlineOf(promises: readonly PromiseVerdict[]): string {
  const inState = (wanted: PromiseVerdict["state"]) => promises.filter(({ state }) => state === wanted);
  const broken = inState("broken");
  if (broken.length > 0) {
    return `${counted(broken.length, "promise")} broken: ${broken.map(({ title }) => lowerFirst(title)).join("; ")}.`;
  }
  const [kept, open] = [inState("kept").length, inState("not-tried").length];
  const untried = open === 0 ? "" : `, ${open} not tried`;
  const excepted = inState("excepted");
  if (excepted.length > 0) {
    const names = excepted.map(({ title }) => lowerFirst(title)).join("; ");
    return `No promise broken, but the connector failed, so there are exceptions: ${names}${untried}.`;
  }
  if (kept === 0) return "Nothing was shown: no promise was tried.";
  return open === 0 ? "All promises kept." : `${counted(kept, "promise")} kept${untried}.`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
