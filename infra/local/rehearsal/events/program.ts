import type { OpenEvent, Recorder } from "../recorder.ts";
import type { ScenarioEvent } from "../scenario.ts";
import { eventInWords, lengthOf, perform, undo } from "./perform.ts";
import type { Stage } from "./stage.ts";

/** Milliseconds of simulated time after which it is told what an event has done to sessions. */
const AFTERMATH_MS = 60_000;

/** What happens meanwhile, as the scenario has it. */
export class Program {
  readonly #coming: ScenarioEvent[];
  readonly #stage: Stage;
  readonly #record: Recorder;
  readonly #open: { readonly event: ScenarioEvent; readonly entry: OpenEvent; readonly before: number }[] =
    [];
  readonly #happened: OpenEvent[] = [];
  /** The entry of the publish call that spreads now. */
  #spreading: OpenEvent | undefined;
  readonly #aftermath: { readonly entry: OpenEvent; readonly atMs: number; readonly before: number }[] = [];

  constructor(events: readonly ScenarioEvent[], stage: Stage, record: Recorder) {
    this.#coming = events.toSorted((a, b) => a.atMs - b.atMs);
    this.#stage = stage;
    this.#record = record;
  }

  get happened(): readonly OpenEvent[] {
    return this.#happened;
  }

  get isOver(): boolean {
    return (
      this.#coming.length === 0 &&
      this.#open.length === 0 &&
      this.#aftermath.length === 0 &&
      this.#spreading === undefined
    );
  }

  /** @param now The same moment in milliseconds since 1970. */
  async run(atMs: number, now: number): Promise<void> {
    for (const { event, entry, before } of this.#open.filter(
      ({ entry }) => (entry.toMs ?? Infinity) <= atMs,
    )) {
      undo(event, this.#stage);
      this.#open.splice(
        this.#open.findIndex((each) => each.entry === entry),
        1,
      );
      entry.outcome = this.#outcomeOf(event, before);
    }
    for (const { entry, before } of this.#aftermath.filter((each) => each.atMs <= atMs)) {
      this.#aftermath.splice(0, 1);
      entry.outcome = [entry.outcome, this.#placesLost(before)]
        .filter((words) => words !== undefined)
        .join("; ");
    }
    for (let next = this.#coming[0]; next !== undefined && next.atMs <= atMs; next = this.#coming[0]) {
      this.#coming.shift();
      await this.#begin(next, atMs, now);
    }
  }

  async lookAfter(now: number): Promise<void> {
    if (this.#spreading === undefined) return;
    const outcome = await this.#stage.lookAfter(now);
    if (outcome === undefined) return;
    this.#spreading.outcome = outcome;
    delete this.#spreading.isUnfinished;
    this.#spreading = undefined;
  }

  async #begin(event: ScenarioEvent, atMs: number, now: number): Promise<void> {
    const lasts = lengthOf(event);
    const toMs = lasts === undefined ? undefined : atMs + lasts;
    const entry: OpenEvent = { what: eventInWords(event), fromMs: atMs, toMs, outcome: undefined };
    this.#happened.push(entry);
    entry.outcome = await perform(event, this.#stage, now);
    if (toMs !== undefined) this.#open.push({ event, entry, before: this.#counted(event) });
    if (event.kind === "publish" || event.kind === "protect") {
      entry.isUnfinished = true;
      // What comes meanwhile takes its place, and is everywhere when that one is.
      if (this.#spreading !== undefined) delete this.#spreading.isUnfinished;
      this.#spreading = entry;
    }
    if (event.kind === "deploy" || event.kind === "rotate-secret" || event.kind === "restart-isolates")
      this.#aftermath.push({ entry, atMs: atMs + AFTERMATH_MS, before: this.#record.breachCount("place") });
  }

  #counted(event: ScenarioEvent): number {
    return this.#record.count(event.kind === "origin" ? "siteErrors" : "failedOpen");
  }

  #outcomeOf(event: ScenarioEvent, before: number): string | undefined {
    const more = this.#counted(event) - before;
    if (event.kind !== "origin") return `${counted(more, "request")} passed by failing open`;
    return event.how === "down" ? `${counted(more, "request")} got the site's own error` : undefined;
  }

  #placesLost(before: number): string {
    const lost = this.#record.breachCount("place") - before;
    return lost === 0
      ? "nobody lost a session or a place"
      : `${counted(lost, "time")} somebody lost a session or a place`;
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
