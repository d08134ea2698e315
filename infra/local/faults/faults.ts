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
  #changed = new AbortController();
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
    await this.#change({ ...this.#states, [part]: state });
  }

  async allOff(): Promise<void> {
    await this.#change(NONE);
  }

  /** Whether a part answers now; of one that is slow it is known when the wait is over. */
  async stateOf(part: "kv" | "origin" | "queueIt", signal?: AbortSignal): Promise<"works" | "down"> {
    if (this.#states[part] === "slow") await this.#wait(signal);
    return this.#states[part] === "down" ? "down" : "works";
  }

  async #change(states: States): Promise<void> {
    if (states.clock !== this.#states.clock) await this.#setClock(SKEWS[states.clock]);
    this.#note(this.#states, states, Date.now());
    this.#states = states;
    this.#changed.abort();
    this.#changed = new AbortController();
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

  async #wait(signal: AbortSignal | undefined): Promise<void> {
    const ends = AbortSignal.any([this.#changed.signal, ...(signal === undefined ? [] : [signal])]);
    if (ends.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, SLOW_MS).unref();
      ends.addEventListener(
        "abort",
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    });
  }
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
