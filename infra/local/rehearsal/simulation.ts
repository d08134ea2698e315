import { askInWords, type AskedRequest, askedRequest } from "./asked-request.ts";
import type { Arrival } from "./arrivals.ts";
import type { Stage } from "./events/stage.ts";
import type { Turn } from "./judge/credential.ts";
import { type Got, gotOf, isFailedOpen } from "./judge/decision.ts";
import { judge } from "./judge/judge.ts";
import type { Place } from "./lines/rehearsed-queue-it.ts";
import { randomOf } from "./random.ts";
import type { Recorder } from "./recorder.ts";
import type { Scenario } from "./scenario.ts";
import { Schedule } from "./schedule.ts";
import { sessionsIn } from "./visitors/jar.ts";
import { BEHAVIOURS } from "./visitors/kinds.ts";
import { Market } from "./visitors/market.ts";
import type { Ask, Reply, Step } from "./visitors/mind.ts";
import { type Visitor, visitorOf } from "./visitors/visitor.ts";
import type { RawAnswer } from "./world/world.ts";
import { parsedUrl } from "../../url/parsed-url.ts";

/** Milliseconds of simulated time in which everything happens at the same moment. */
export const TICK_MS = 250;

/** Milliseconds by which a slow site answers later. */
const SLOW_SITE_MS = 3000;
/** Milliseconds after which somebody tries again who does not reach the waiting room, or is refused there. */
const TRY_AGAIN_MS = 10_000;

/** Something that a visitor is about to do. */
type Due =
  | { readonly kind: "ask"; readonly visitor: Visitor; readonly asks: readonly Ask[] }
  | { readonly kind: "tell"; readonly visitor: Visitor; readonly reply: Reply }
  | {
      readonly kind: "impatience";
      readonly visitor: Visitor;
      readonly place: Place;
      readonly then: "leave" | "look";
    }
  | { readonly kind: "enter"; readonly visitor: Visitor; readonly step: Step & { readonly kind: "queue" } };

interface SentAsk {
  readonly visitor: Visitor;
  readonly ask: Ask;
  readonly asked: AskedRequest;
  readonly toWorker: boolean;
  readonly isHole: boolean;
}

/**
 * The visitors of a rehearsal, their lines and the judgement of each answer, tick by tick. What happens depends on the
 * scenario's seed alone: each visitor has random numbers of their own, and is told in the order of their coming.
 */
export class Simulation {
  readonly #scenario: Scenario;
  readonly #stage: Stage;
  readonly #record: Recorder;
  readonly #startMs: number;
  readonly #market = new Market();
  readonly #schedule = new Schedule<Due>();
  readonly #present = new Set<Visitor>();
  /** Who waits in a line, with the step they are in. */
  readonly #waiting = new Map<Place, Visitor>();
  #nowMs: number;
  #tick = 0;
  /** Whether this tick's requests were sent, so that what follows belongs to the next. */
  #isSent = false;
  /** Why the Worker failed last. */
  #failure = "the Worker does not say";

  constructor(scenario: Scenario, stage: Stage, record: Recorder, startMs: number) {
    this.#scenario = scenario;
    this.#stage = stage;
    this.#record = record;
    this.#startMs = startMs;
    this.#nowMs = startMs;
  }

  /** Whether anybody is there. */
  get isBusy(): boolean {
    return this.#present.size > 0;
  }

  /** Visitors in lines, and with a session, at this moment. */
  state(): { readonly inLine: number; readonly browsing: number } {
    let browsing = 0;
    for (const { jar, place } of this.#present) {
      if (place === undefined && jar.all.some(({ turn }) => turn !== undefined && turn.untilMs > this.#nowMs))
        browsing += 1;
    }
    return { inLine: this.#waiting.size, browsing };
  }

  /** Lets somebody come at this tick. */
  arrive({ number, kind }: Arrival): void {
    const behaviour = BEHAVIOURS[kind];
    const random = randomOf(this.#scenario.seed, number);
    const { pages } = this.#stage.prepared;
    const visitor = visitorOf(number, kind, behaviour, (jar) =>
      behaviour.visit({
        number,
        random,
        pages,
        market: this.#market,
        moments: this.#scenario.events.map(({ atMs }) => this.#startMs + atMs),
        endMs: this.#startMs + this.#scenario.durationMs,
        tries: (trick) => {
          this.#record.tried(trick);
        },
        tokenOfAnotherEvent: () => this.#stage.queueIt.tokenOfAnotherEvent(number, this.#nowMs),
        now: () => this.#nowMs,
        sessions: () => jar.all,
      }),
    );
    this.#present.add(visitor);
    this.#record.arrived(visitor);
    this.#go(visitor, undefined);
  }

  /** Begins a tick: from now on it is this late. */
  begin(tick: number): void {
    this.#tick = tick;
    this.#isSent = false;
    this.#nowMs = this.#startMs + tick * TICK_MS;
  }

  /** Does everything that is due at this tick. */
  async run(clockMs: number | undefined): Promise<void> {
    for (const place of this.#stage.queueIt.letIn(this.#nowMs)) this.#letIn(place);
    const sent: SentAsk[] = [];
    const waits: { readonly visitor: Visitor; readonly from: number; readonly count: number }[] = [];
    // What is due may lead to more that is due now.
    for (let due = this.#schedule.take(this.#tick); due.length > 0; due = this.#schedule.take(this.#tick)) {
      for (const item of due) {
        switch (item.kind) {
          case "ask":
            waits.push({ visitor: item.visitor, from: sent.length, count: item.asks.length });
            for (const ask of item.asks) sent.push(this.#asked(item.visitor, ask));
            break;
          case "tell":
            this.#go(item.visitor, item.reply);
            break;
          case "enter":
            this.#enter(item.visitor, item.step);
            break;
          case "impatience":
            this.#loosePatience(item);
            break;
        }
      }
    }
    this.#isSent = true;
    const got = await this.#send(sent, clockMs);
    for (const { visitor, from, count } of waits) this.#answered(visitor, got.slice(from, from + count));
  }

  /** Counts those who are still there when it is over. */
  end(): void {
    for (const visitor of this.#present) if (this.#isKept(visitor)) this.#record.kept(visitor);
  }

  /** Tells a visitor, and does what they do next. */
  #go(visitor: Visitor, reply: Reply): void {
    const next = visitor.mind.next(reply);
    if (next.done === true) {
      this.#present.delete(visitor);
      if (next.value === "left") this.#record.left(visitor);
      else if (this.#isKept(visitor)) this.#record.kept(visitor);
      return;
    }
    const step = next.value;
    switch (step.kind) {
      case "ask":
        this.#in(step.afterMs, { kind: "ask", visitor, asks: step.asks });
        break;
      case "queue":
        this.#in(0, { kind: "enter", visitor, step });
        break;
    }
  }

  /** Puts something on the schedule: at this tick at the earliest, or the next once this one's requests are out. */
  #in(ms: number, due: Due): void {
    const earliest = this.#isSent ? this.#tick + 1 : this.#tick;
    this.#schedule.add(Math.max(earliest, this.#tick + Math.ceil(ms / TICK_MS)), due);
  }

  #isKept({ served, behaviour }: Visitor): boolean {
    return behaviour.isToBeServed && !served;
  }

  #enter(visitor: Visitor, step: Step & { readonly kind: "queue" }): void {
    const entered = this.#stage.queueIt.enter(visitor.number, step.link, step.keepsCookies, this.#nowMs);
    const told = (got: string) => {
      this.#tell(visitor, "follows the link to the waiting room", got);
    };
    switch (entered.kind) {
      case "unreachable":
        told("cannot reach it");
        this.#in(TRY_AGAIN_MS, { kind: "enter", visitor, step });
        return;
      case "refused":
        told(`is refused: ${entered.why}`);
        if (visitor.behaviour.isToBeServed)
          this.#broke("place", visitor, `could not get a place in the line: ${entered.why}`);
        this.#in(TRY_AGAIN_MS, { kind: "tell", visitor, reply: { kind: "refused" } });
        return;
      case "passed":
        told("is let in");
        this.#giveToken(visitor, entered.place);
        return;
      case "waiting": {
        const { place } = entered;
        told(`waits in ${place.room}`);
        visitor.place = place;
        visitor.isLooking = true;
        visitor.waitsSince ??= this.#sinceStart();
        if (!visitor.firstNumbers.has(place.room)) visitor.firstNumbers.set(place.room, place.ticket.number);
        this.#waiting.set(place, visitor);
        const { patienceMs, then } = step;
        if (patienceMs < this.#scenario.durationMs)
          this.#in(patienceMs, { kind: "impatience", visitor, place, then });
      }
    }
  }

  #loosePatience({ visitor, place, then }: Due & { readonly kind: "impatience" }): void {
    if (visitor.place !== place || !visitor.isLooking) return;
    visitor.isLooking = false;
    if (then === "leave") {
      this.#tell(visitor, "loses patience", "leaves the line");
      this.#stage.queueIt.leave(place, this.#nowMs);
      this.#waiting.delete(place);
      visitor.place = undefined;
      visitor.waitsSince = undefined;
      visitor.firstNumbers.delete(place.room);
      this.#record.leftLine();
    }
    this.#go(visitor, { kind: then === "leave" ? "left" : "waits" });
  }

  #letIn(place: Place): void {
    const visitor = this.#waiting.get(place);
    this.#waiting.delete(place);
    if (visitor?.place !== place) return;
    visitor.place = undefined;
    this.#record.letIn(visitor, this.#sinceStart());
    visitor.waitsSince = undefined;
    if (!visitor.isLooking) {
      this.#stage.queueIt.keepTurn(place);
      return;
    }
    visitor.isLooking = false;
    this.#tell(visitor, "waits", "is let in");
    this.#giveToken(visitor, place);
  }

  #giveToken(visitor: Visitor, place: Place): void {
    const token = this.#stage.queueIt.token(place, this.#nowMs);
    const first = visitor.firstNumbers.get(place.room) ?? place.ticket.number;
    const behind = place.ticket.number - first;
    if (behind > this.#scenario.orderTolerance)
      this.#broke("order", visitor, `was let in ${behind} places behind their first number`);
    visitor.firstNumbers.delete(place.room);
    if (visitor.number % 16 === 0) this.#market.addToken(token);
    this.#in(0, { kind: "tell", visitor, reply: { kind: "let-in", token, place } });
  }

  #asked(visitor: Visitor, ask: Ask): SentAsk {
    const asked = askedRequest(ask, visitor);
    const { isOn, prepared } = this.#stage;
    const url = parsedUrl(asked.sent.url);
    return {
      visitor,
      ask,
      asked,
      toWorker: isOn && url !== undefined && prepared.toWorker(url),
      isHole: isOn && url !== undefined && prepared.isHole(url),
    };
  }

  async #send(asks: readonly SentAsk[], clockMs: number | undefined): Promise<readonly Got[]> {
    if (asks.length === 0) return [];
    const { world } = this.#stage;
    const { answers, lines } = await world.send(
      asks.map(({ visitor, asked, toWorker }) => ({
        ...asked.sent,
        isolate: toWorker ? visitor.number % world.isolates : undefined,
      })),
      clockMs,
    );
    for (const [, line] of lines) this.#failure = failureIn(line) ?? this.#failure;
    return asks.map((ask, index) => {
      const answer = answers[index];
      if (answer === undefined) throw new Error("A request has no answer.");
      return this.#judged(ask, answer);
    });
  }

  #judged({ visitor, ask, asked, toWorker, isHole }: SentAsk, answer: RawAnswer): Got {
    const { prepared, protections, faults, rotatedAtMs } = this.#stage;
    const now = this.#nowMs;
    const got = gotOf(answer, prepared.pages.hosts);
    const given = sessionsIn(answer.cookies, now);
    const failedOpen = isFailedOpen(answer);
    const judgement = judge({
      now,
      visitor: visitor.number,
      isHonest: visitor.kind !== "attacker",
      protections: toWorker ? protections.of(asked.matched, now) : undefined,
      isHole,
      token: ask.token?.credential,
      sessions: asked.sessions,
      got,
      failedOpen,
      gaveSession: given.some(({ value }) => value !== ""),
      isFaultDue: faults.isDue(now),
      failsClosed: prepared.failsClosed,
      rotatedAtMs,
    });
    const { counted, breach, session } = judgement;
    for (const set of given) {
      const turn: Turn | undefined = session && {
        room: set.room,
        owner: session.owner,
        fromMs: now,
        untilMs: now + session.validityMs,
      };
      if (visitor.behaviour.keepsCookies) visitor.jar.take(asked.host, set, turn);
      if (visitor.number % 16 === 1 && set.value !== "" && session?.owner === visitor.number)
        this.#market.addSession({ value: set.value, room: set.room, turn });
    }
    this.#record.asked(visitor, counted);
    if (failedOpen) this.#record.failedOpen(visitor, this.#failure);
    if (judgement.borrowed && judgement.served) this.#record.borrowed(visitor);
    if (judgement.served && !judgement.borrowed && !visitor.served) {
      visitor.served = true;
      this.#record.served(visitor);
    }
    this.#tell(visitor, askInWords(ask), gotInWords(got, failedOpen, given.length > 0));
    if (breach !== undefined) this.#broke(breach.promise, visitor, `${breach.what}: ${askInWords(ask)}`);
    return got;
  }

  #answered(visitor: Visitor, got: readonly Got[]): void {
    const isLate = this.#stage.isSiteSlow && got.some(({ kind }) => kind === "page");
    if (isLate) this.#in(SLOW_SITE_MS, { kind: "tell", visitor, reply: got });
    else this.#go(visitor, got);
  }

  #broke(promise: "turn" | "order" | "place" | "answered", visitor: Visitor, what: string): void {
    this.#record.broke(promise, visitor, this.#sinceStart(), what);
  }

  #tell(visitor: Visitor, asked: string, got: string): void {
    visitor.story.tell({ atMs: this.#sinceStart(), asked, got });
  }

  #sinceStart(): number {
    return this.#nowMs - this.#startMs;
  }
}

function gotInWords(got: Got, failedOpen: boolean, setCookie: boolean): string {
  const more = setCookie ? ", with a session cookie" : "";
  switch (got.kind) {
    case "page":
      return failedOpen ? "sees the page, because the Worker failed" : `sees the page${more}`;
    case "site-error":
      return "gets the site's own error";
    case "to-queue-it":
      return {
        wait: "is sent to the waiting room",
        error: "is sent to an error page of Queue-it",
        cancel: "is sent to leave",
      }[got.what];
    case "same-page":
      return `is sent to the same page without token${more}`;
    case "our-error":
      return "gets an error of the Worker's";
    case "other":
      return `gets status ${got.status}`;
  }
}

/** The reason in a line of the Worker's log that tells of a failure. */
function failureIn(line: string): string | undefined {
  if (line.startsWith("threw ")) return "unexpected-error";
  return /"event":"failed-(?:open|closed)","reason":"([a-z-]+)"/.exec(line)?.[1];
}
