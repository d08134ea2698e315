import { setMaxListeners } from "node:events";
import { type Stage, type Surroundings, Visitor } from "./visitor.ts";

/** At most so many are on their way at once. */
export const MOST_VISITORS = 1000;

/** New visitors a second, so that a thousand do not come in the same moment. */
const ARRIVALS_PER_SECOND = 50;

/** Requests under way at once: a browser for each visitor would be more than this machine has room for. */
const MOST_AT_ONCE = 16;

/** Those who have left or were lost and can still be seen. */
const KEPT_AT_END = 50;

export interface CrowdParts extends Pick<Surroundings, "isQueueIt"> {
  /** Sends a request to the edge, under its real URL. */
  readonly send: (request: Request) => Promise<Response>;
}

/** What there is to see of a visitor. */
export type SeenVisitor = Pick<Visitor, "number" | "stage" | "since" | "ahead" | "why">;

/** Visitors with cookies of their own, who go from a page over the waiting room to the page. */
export class Crowd {
  readonly #parts: CrowdParts;
  readonly #under = new Map<Visitor, Promise<void>>();
  readonly #gone: Visitor[] = [];
  readonly #ended = { left: 0, lost: 0 };
  readonly #waiting: (() => void)[] = [];
  #atOnce = 0;
  #opened = 0;
  #home = sendsHome();
  #held: { readonly until: Promise<void>; readonly release: () => void } | undefined;

  constructor(parts: CrowdParts) {
    this.#parts = parts;
  }

  get isHeld(): boolean {
    return this.#held !== undefined;
  }

  /** How many are at each stage; of `left` and `lost`, all who ever were. */
  get counts(): Readonly<Record<Stage | "opened", number>> {
    const at = (stage: Stage) => [...this.#under.keys()].filter((visitor) => visitor.stage === stage).length;
    const { left, lost } = this.#ended;
    return {
      opened: this.#opened,
      arriving: at("arriving"),
      waiting: at("waiting"),
      inside: at("inside"),
      left,
      lost,
    };
  }

  /** The latest visitors, newest first. */
  latest(count: number): readonly SeenVisitor[] {
    return [...this.#gone, ...this.#under.keys()]
      .sort((one, other) => other.number - one.number)
      .slice(0, count);
  }

  /** Opens so many more, as far as there is room. Returns how many there was room for. */
  open(count: number, page: string): number {
    const opened = Math.min(count, MOST_VISITORS - this.#under.size);
    const { signal } = this.#home;
    for (let index = 0; index < opened; index += 1) {
      this.#opened += 1;
      const visitor = new Visitor(this.#opened, page, {
        isQueueIt: this.#parts.isQueueIt,
        send: (request) => this.#inTurn(() => this.#parts.send(request)),
        wait: (milliseconds) => this.#wait(milliseconds, signal),
      });
      const arrives = this.#wait((index * 1000) / ARRIVALS_PER_SECOND, signal);
      this.#under.set(
        visitor,
        arrives
          .then(() => visitor.go())
          .then(
            () => {
              this.#end(visitor);
            },
            () => {
              this.#end(visitor);
            },
          ),
      );
    }
    return opened;
  }

  /** From now on nobody asks for anything: places in line stay, and the line goes on without them. */
  hold(): void {
    if (this.#held !== undefined) return;
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    this.#held = { until, release };
  }

  /** Everybody goes on where they were. */
  release(): void {
    this.#held?.release();
    this.#held = undefined;
  }

  /** Ends all of them, and waits for what they have under way. */
  async sendHome(): Promise<void> {
    const ending = [...this.#under.values()];
    this.#home.abort();
    this.#home = sendsHome();
    this.release();
    await Promise.all(ending);
  }

  #end(visitor: Visitor): void {
    this.#under.delete(visitor);
    if (visitor.stage === "left" || visitor.stage === "lost") this.#ended[visitor.stage] += 1;
    else return;
    this.#gone.push(visitor);
    if (this.#gone.length > KEPT_AT_END) this.#gone.shift();
  }

  async #wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (milliseconds > 0) {
      await new Promise<void>((resolve) => {
        const end = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", end);
          resolve();
        };
        const timer = setTimeout(end, milliseconds).unref();
        signal.addEventListener("abort", end);
      });
    }
    while (this.#held !== undefined && !signal.aborted) await this.#held.until;
    signal.throwIfAborted();
  }

  async #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#atOnce >= MOST_AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#atOnce += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#atOnce -= 1;
      else next();
    }
  }
}

/** Every visitor who waits listens to it. */
function sendsHome(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
