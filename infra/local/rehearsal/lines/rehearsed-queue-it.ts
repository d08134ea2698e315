import { type CookieValidity, signQueueToken } from "../../../queue-it/queue-token.ts";
import { checkEnqueueToken } from "../../queue-it/enqueue-token.ts";
import { readTarget, type Target } from "../../queue-it/target.ts";
import { type Ticket, WaitingLine } from "../../queue-it/waiting-line.ts";
import type { Credential } from "../judge/credential.ts";
import { parsedUrl } from "../../../url/parsed-url.ts";

/** Seconds that a token is good for, as at the local Queue-it. */
const TOKEN_LIFETIME_SECONDS = 240;

/** An event of the customer's that no environment protects. */
const OTHER_EVENT = "anotherrehearsedevent";

/** A place in a waiting room's line. */
export interface Place {
  readonly visitor: number;
  /** Id of the waiting room, as the configuration writes it. */
  readonly room: string;
  readonly ticket: Ticket;
  readonly queueId: string;
  readonly target: Target;
  readonly actionName: string | undefined;
  readonly joinedAt: number;
}

/** What Queue-it does with somebody who comes by a link of the Worker's. */
export type Entered =
  | { readonly kind: "waiting"; readonly place: Place }
  /** It became their turn while they were not looking. */
  | { readonly kind: "passed"; readonly place: Place }
  | { readonly kind: "refused"; readonly why: string }
  | { readonly kind: "unreachable" };

export interface RehearsedQueueItOptions {
  readonly customerId: string;
  readonly secretKey: string;
  readonly sites: readonly string[];
  /** Visitors let in per minute and waiting room. */
  readonly outflow: number;
  /** Whether only who brings a valid enqueue token gets a place. */
  readonly needsEnqueueToken: boolean;
  readonly cookieValidity: (room: string, actionName: string | undefined) => CookieValidity;
}

interface Room {
  readonly line: WaitingLine;
  /** In the order of their numbers; who left is among them until it would be their turn. */
  readonly waiting: Place[];
  /** How many at the beginning of `waiting` are gone. */
  gone: number;
}

/**
 * Queue-it in a rehearsal: the lines of the local Queue-it, without its pages, which no Worker sees. It knows the time
 * only from its arguments, in milliseconds since 1970.
 */
export class RehearsedQueueIt {
  readonly #options: RehearsedQueueItOptions;
  #secretKey: string;
  readonly #rooms = new Map<string, Room>();
  /** Who waits and comes back is known by a cookie of Queue-it's own. */
  readonly #held = new Map<string, Place>();
  readonly #left = new Set<Place>();
  /** Whose turn it became while they were not looking. */
  readonly #passed = new Map<string, Place>();
  #places = 0;
  isReachable = true;

  constructor(options: RehearsedQueueItOptions) {
    this.#options = options;
    this.#secretKey = options.secretKey;
  }

  get secretKey(): string {
    return this.#secretKey;
  }

  /** What it signs with from now on. */
  set secretKey(key: string) {
    this.#secretKey = key;
  }

  /**
   * Takes somebody in who follows the Worker's redirect. Who waits there already keeps the place.
   *
   * @param keepsCookies Whether Queue-it knows this visitor again.
   */
  enter(visitor: number, link: string, keepsCookies: boolean, now: number): Entered {
    if (!this.isReachable) return { kind: "unreachable" };
    const { customerId, sites, needsEnqueueToken } = this.#options;
    const url = parsedUrl(link);
    if (url === undefined) return { kind: "refused", why: "the link to the waiting room is not an address" };
    const { searchParams } = url;
    const room = searchParams.get("e") ?? "";
    if (searchParams.get("c") !== customerId || room === "")
      return { kind: "refused", why: "the link names no waiting room of this customer" };
    const target = readTarget(searchParams.get("t") ?? `https://${sites[0] ?? ""}/`, sites, (url) => url);
    if (target === undefined)
      return { kind: "refused", why: "the link leads back to a page outside the sites" };
    const token = searchParams.get("enqueuetoken") ?? undefined;
    if (needsEnqueueToken) {
      const verdict = checkEnqueueToken(token, {
        customerId,
        waitingRoomId: room,
        secretKey: this.#secretKey,
        now,
      });
      if (verdict.kind !== "valid")
        return {
          kind: "refused",
          why: `its enqueue token is ${verdict.kind === "absent" ? "missing" : "not valid"}`,
        };
    }
    const key = `${visitor} ${room}`;
    const passed = keepsCookies ? this.#passed.get(key) : undefined;
    if (passed !== undefined) {
      this.#passed.delete(key);
      return { kind: "passed", place: passed };
    }
    const held = keepsCookies ? this.#held.get(key) : undefined;
    if (held !== undefined) return { kind: "waiting", place: held };
    const { line, waiting } = this.#room(room, now);
    const actionName = searchParams.get("man") ?? undefined;
    const queueId = queueIdOf(visitor, (this.#places += 1));
    const place: Place = {
      visitor,
      room,
      ticket: line.join(now),
      queueId,
      target,
      actionName,
      joinedAt: now,
    };
    waiting.push(place);
    if (keepsCookies) this.#held.set(key, place);
    return { kind: "waiting", place };
  }

  /** Gives a place up. Nothing happens to who was let in already. */
  leave(place: Place, now: number): void {
    this.#room(place.room, now).line.leave(place.ticket, now);
    this.#left.add(place);
    this.#forget(place);
  }

  /** Keeps a turn for somebody who was let in and does not look at the moment. */
  keepTurn(place: Place): void {
    this.#passed.set(`${place.visitor} ${place.room}`, place);
  }

  /** Whose turn it has become, in the order of their numbers. Each is told once. */
  letIn(now: number): readonly Place[] {
    const passed: Place[] = [];
    for (const room of this.#rooms.values()) {
      for (;;) {
        const place = room.waiting[room.gone];
        if (place === undefined) break;
        const isLeft = this.#left.delete(place);
        if (!isLeft && !room.line.place(place.ticket, now).passed) break;
        room.gone += 1;
        if (isLeft) continue;
        this.#forget(place);
        passed.push(place);
      }
      // An array that is cut for each of thousands copies itself each time.
      if (room.gone > 1000 && room.gone * 2 > room.waiting.length) {
        room.waiting.splice(0, room.gone);
        room.gone = 0;
      }
    }
    return passed;
  }

  /** The token of somebody whose turn it is. */
  token(place: Place, now: number): Credential {
    const { room, visitor, queueId, actionName } = place;
    const expires = Math.floor(now / 1000) + TOKEN_LIFETIME_SECONDS;
    const validity = this.#options.cookieValidity(room, actionName);
    return {
      value: signQueueToken({ waitingRoomId: room, queueId, expires, validity }, this.#secretKey),
      turn: { room: room.toLowerCase(), owner: visitor, fromMs: now, untilMs: expires * 1000 },
    };
  }

  /** A token of an event that none of the sites has, signed with the same key: a customer has one for all events. */
  tokenOfAnotherEvent(visitor: number, now: number): Credential {
    const expires = Math.floor(now / 1000) + TOKEN_LIFETIME_SECONDS;
    const queueId = queueIdOf(visitor, 0);
    const fields = {
      waitingRoomId: OTHER_EVENT,
      queueId,
      expires,
      validity: { kind: "extendable" },
    } as const;
    return {
      value: signQueueToken(fields, this.#secretKey),
      turn: { room: OTHER_EVENT, owner: visitor, fromMs: now, untilMs: expires * 1000 },
    };
  }

  /** Visitors in all lines. */
  length(now: number): number {
    return [...this.#rooms.values()].reduce((sum, { line }) => sum + line.length(now), 0);
  }

  #room(name: string, now: number): Room {
    let room = this.#rooms.get(name);
    if (room === undefined) {
      room = { line: new WaitingLine(this.#options.outflow, now), waiting: [], gone: 0 };
      this.#rooms.set(name, room);
    }
    return room;
  }

  #forget(place: Place): void {
    const key = `${place.visitor} ${place.room}`;
    if (this.#held.get(key) === place) this.#held.delete(key);
  }
}

/** The form that Queue-it's own ids have. */
function queueIdOf(visitor: number, place: number): string {
  const hex = (number: number, length: number) => number.toString(16).padStart(length, "0");
  return `${hex(visitor, 8)}-0000-4000-8000-${hex(place, 12)}`;
}
