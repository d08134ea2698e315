import { setMaxListeners } from "node:events";

/** What can be made to fail while the sites run, and how. */
export const FAULTS = {
  kv: ["slow", "down"],
  origin: ["slow", "down"],
  queueIt: ["down"],
  clock: ["an hour behind", "two minutes behind", "two minutes ahead", "an hour ahead"],
} as const;

export type FaultyPart = keyof typeof FAULTS;

/** In the order in which they are shown. */
export const PARTS = Object.keys(FAULTS) as readonly FaultyPart[];

/** The parts that are asked whether they answer. */
const WAITED_FOR = ["kv", "origin", "queueIt"] as const;

type WaitedFor = (typeof WAITED_FOR)[number];

/** `works`, or one of `FAULTS`. */
export type PartState<Part extends FaultyPart = FaultyPart> = "works" | (typeof FAULTS)[Part][number];

/** Milliseconds that something slow takes longer. */
export const SLOW_MS = 3000;

const MINUTE = 60_000;

/** Milliseconds by which the Workers' clock is ahead. */
const SKEWS: Readonly<Record<PartState<"clock">, number>> = {
  works: 0,
  "an hour behind": -60 * MINUTE,
  "two minutes behind": -2 * MINUTE,
  "two minutes ahead": 2 * MINUTE,
  "an hour ahead": 60 * MINUTE,
};

/** A stretch of time in which something failed. */
export interface FaultSpell {
  readonly part: FaultyPart;
  readonly state: PartState;
  /** Milliseconds since 1970. */
  readonly from: number;
  /** Undefined while it lasts. */
  readonly to: number | undefined;
}

const KEPT_SPELLS = 20;

type States = { readonly [Part in FaultyPart]: PartState<Part> };

const NONE: States = { kv: "works", origin: "works", queueIt: "works", clock: "works" };

/** What fails at this moment. Nothing at first: a restart ends every fault. */
export class Faults {
  #states = NONE;
  readonly #spells: FaultSpell[] = [];
  /** Ends the waits of what is slow as soon as it is not any more. */
  readonly #waits = { kv: endsWaits(), origin: endsWaits(), queueIt: endsWaits() };
  #setClock: (skewMs: number) => Promise<void> = () => Promise.resolve();

  get states(): States {
    return this.#states;
  }

  /** The latest, oldest first. */
  get spells(): readonly FaultSpell[] {
    return this.#spells;
  }

  /** Says how the Workers' clock is set. */
  setClockWith(setClock: (skewMs: number) => Promise<void>): void {
    this.#setClock = setClock;
  }

  /** Rejects, and changes nothing, where the Workers do not start with the clock. */
  async set<Part extends FaultyPart>(part: Part, state: PartState<Part>): Promise<void> {
    const wanted: Partial<States> = { [part]: state };
    if (wanted.clock !== undefined && wanted.clock !== this.#states.clock)
      await this.#setClock(SKEWS[wanted.clock]);
    // What else was switched while the Workers started stays switched.
    this.#apply({ ...this.#states, ...wanted });
  }

  async allOff(): Promise<void> {
    this.#apply({ ...NONE, clock: this.#states.clock });
    await this.set("clock", "works");
  }

  /** Lets everything go on for the end of the sites; the Workers' clock stays as it is. */
  end(): void {
    this.#states = NONE;
    for (const waits of Object.values(this.#waits)) waits.abort();
  }

  /** Whether a part answers now; of one that is slow it is known when the wait is over. */
  async stateOf(part: WaitedFor): Promise<"works" | "down"> {
    if (this.#states[part] === "slow") await this.#wait(part);
    return this.#states[part] === "down" ? "down" : "works";
  }

  #apply(states: States): void {
    const before = this.#states;
    this.#note(before, states, Date.now());
    this.#states = states;
    for (const part of WAITED_FOR) {
      if (before[part] === states[part]) continue;
      this.#waits[part].abort();
      this.#waits[part] = endsWaits();
    }
  }

  #note(before: States, after: States, now: number): void {
    for (const part of PARTS) {
      if (before[part] === after[part]) continue;
      const last = this.#spells.findLastIndex((spell) => spell.part === part && spell.to === undefined);
      const spell = this.#spells[last];
      if (spell !== undefined) this.#spells[last] = { ...spell, to: now };
      if (after[part] !== "works") this.#spells.push({ part, state: after[part], from: now, to: undefined });
    }
    this.#spells.splice(0, this.#spells.length - KEPT_SPELLS);
  }

  async #wait(part: WaitedFor): Promise<void> {
    const { signal } = this.#waits[part];
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, SLOW_MS).unref();
      signal.addEventListener("abort", end);
    });
  }
}

/** Everything that is slow at this moment listens to it. */
function endsWaits(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}

/** The words of a form; undefined where they name nothing that can be switched. */
export function readSwitch(
  part: string,
  state: string,
): { readonly part: FaultyPart; readonly state: PartState } | undefined {
  if (!Object.hasOwn(FAULTS, part)) return undefined;
  const known = part as FaultyPart;
  const states: readonly string[] = ["works", ...FAULTS[known]];
  return states.includes(state) ? { part: known, state: state as PartState } : undefined;
}
