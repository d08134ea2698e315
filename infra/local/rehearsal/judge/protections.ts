import type { Action } from "../../../../worker/configuration/integration-configuration.ts";
import { type CompiledConfiguration, compileConfiguration } from "../../../../worker/isolate/compiled.ts";
import { strictestMatch } from "../../../../worker/isolate/strictest-match.ts";
import { Visit } from "../../../../worker/visitor/visit.ts";
import { actionEffect } from "../../../queue-it/action-effect.ts";

/** What a configuration wants for a request. */
export type Protection =
  | { readonly kind: "open" }
  | {
      readonly kind: "queue";
      /** Where visitors without a turn are sent, in lower case. */
      readonly room: string;
      /** Waiting rooms whose sessions count, in lower case. */
      readonly rooms: readonly string[];
      /** How long a session lasts. */
      readonly validityMs: number;
    };

/** A request as triggers see it. */
export interface Matched {
  readonly method: string;
  /** Without queue token. */
  readonly pageUrl: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

export interface ProtectionsOptions {
  readonly matching: "as-configured" | "normalized";
  readonly requestBodyLimit: number;
}

interface Version {
  readonly compiled: CompiledConfiguration;
  /** Milliseconds since 1970 until which it may still be what an isolate has. */
  untilMs: number;
}

/** What Queue-it's platform fills in. */
const USUAL_MINUTES = 20;

const OPEN: Protection = { kind: "open" };

/**
 * Which protection a request has. After a publish call some isolates still have the version before: until all are known
 * to have the new one, either is right.
 */
export class Protections {
  readonly #options: ProtectionsOptions;
  #versions: Version[] = [];

  constructor(options: ProtectionsOptions) {
    this.#options = options;
  }

  /** A version that the Worker may have from now on. */
  add(json: string): void {
    this.#versions.push({ compiled: compileConfiguration(json), untilMs: Infinity });
  }

  /** The versions before this one are gone at that moment, at the latest. */
  settle(version: number, untilMs: number): void {
    for (const each of this.#versions)
      if (each.compiled.version < version) each.untilMs = Math.min(each.untilMs, untilMs);
  }

  /** What each version that may hold wants. */
  of(request: Matched, now: number): readonly Protection[] {
    if (this.#versions.some(({ untilMs }) => untilMs < now))
      this.#versions = this.#versions.filter(({ untilMs }) => untilMs >= now);
    return this.#versions.map(({ compiled }) => this.#protectionBy(compiled, request));
  }

  #protectionBy(compiled: CompiledConfiguration, { method, pageUrl, headers, body }: Matched): Protection {
    const { matching, requestBodyLimit } = this.#options;
    const request = { url: pageUrl, method, headers: { get: (name: string) => headers.get(name) ?? null } };
    const visit = new Visit(request, pageUrl, body.slice(0, requestBodyLimit));
    const matched = matching === "normalized" ? strictestMatch(compiled, visit) : compiled.match(visit);
    return matched === undefined || actionEffect(matched.action.ActionType) !== "Queue"
      ? OPEN
      : protectionOf(matched.action);
  }
}

function protectionOf({ EventId, InvolvedWaitingRoomIds, CookieValidityMinute }: Action): Protection {
  const room = (EventId ?? "").toLowerCase();
  return {
    kind: "queue",
    room,
    rooms: [room, ...(InvolvedWaitingRoomIds ?? []).map((each) => each.toLowerCase())],
    validityMs: (CookieValidityMinute ?? USUAL_MINUTES) * 60_000,
  };
}
