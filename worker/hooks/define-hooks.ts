/**
 * What a site may decide for itself, in a file of its own that the bundle takes in: `docs/hooks.md` shows how.
 * Each hook may return its answer or a promise of one, which has {@link HOOK_LIMIT_MS} milliseconds. A hook that
 * throws, takes longer, or returns anything else than is written here changes nothing: the request goes on as if
 * there were no hook, and the log says so.
 */
export interface WorkerHooks {
  /** Before the connector looks at a request: leave it alone, answer it, or note facts. */
  readonly beforeMatching?: (request: HookRequest) => Awaitable<BeforeMatching | undefined>;
  /** After the connector decided, and before anybody is asked: see it, or change a way to the waiting room. */
  readonly afterDecision?: (
    decision: DecisionSeen,
    request: HookRequest,
  ) => Awaitable<WaitingRoomChange | undefined>;
  /** Before an answer goes out: set or remove headers of it. */
  readonly onResponse?: (answer: AnswerSeen, request: HookRequest) => Awaitable<HeaderChanges | undefined>;
}

/** Types a file of hooks. Returns its argument unchanged. */
export function defineHooks(hooks: WorkerHooks): WorkerHooks {
  return hooks;
}

type Awaitable<Value> = Value | Promise<Value>;

/** A request as a hook sees it: all of it but its body, which is the site's. Changes to it change nothing. */
export interface HookRequest {
  readonly method: string;
  /** As the visitor asked for it, with a queue token where it has one. */
  readonly url: string;
  readonly headers: HookHeaders;
  /** What Cloudflare knows of the request; empty where it says nothing. */
  readonly cf: CloudflareProperties;
}

export interface HookHeaders {
  get(name: string): string | null;
  has(name: string): boolean;
}

/**
 * `request.cf`, as far as it is of use here. `botManagement` is there only in zones with Enterprise Bot
 * Management, where it is not an estimate of this Worker's but Cloudflare's own.
 */
export interface CloudflareProperties {
  readonly botManagement?: {
    /** Whether Cloudflare proved that it is the bot it says it is. */
    readonly verifiedBot?: boolean;
    /** 1 (a bot, for certain) to 99 (a person). */
    readonly score?: number;
  };
  /** Kind of a verified bot, for example `Search Engine Crawler`; empty for others. */
  readonly verifiedBotCategory?: string;
  readonly tlsClientAuth?: {
    /** `SUCCESS` where the client has a certificate that the zone trusts. */
    readonly certVerified?: string;
    readonly certRevoked?: "0" | "1";
    readonly certFingerprintSHA256?: string;
  };
  /** ISO 3166-1, two letters. */
  readonly country?: string;
  readonly asn?: number;
  readonly [name: string]: unknown;
}

/**
 * Names of what a request turned out to be, for the log, which counts each once a minute. Small letters, digits
 * and dashes, at most 40: no value of a visitor fits in.
 */
export type Facts = readonly string[];

export type BeforeMatching =
  /** The request goes to the site as it came, without the queue. */
  | { readonly leaveAlone: true; readonly answer?: never; readonly facts?: Facts }
  /** The hook answers. Nobody may keep the answer, and it has no session cookie. */
  | { readonly answer: Response; readonly leaveAlone?: never; readonly facts?: Facts }
  /** Nothing but facts. */
  | { readonly facts: Facts; readonly leaveAlone?: never; readonly answer?: never };

/** What the connector decided. */
export type DecisionSeen = { readonly facts: Facts } & (
  | {
      /** To Queue-it: to the waiting room, its error page or its cancel page. */
      readonly kind: "to-queue-it";
      readonly url: string;
      /** Whether a script asks, which cannot follow a redirect to another site. */
      readonly isAjax: boolean;
    }
  /** To the same page, without the queue token in its address. */
  | { readonly kind: "strip-token" }
  /** A browser asks whether a script may make a call: the site answers, or the connector for its own headers. */
  | { readonly kind: "preflight" }
  /** A browser fetches a page ahead that queues, and is told not to. */
  | { readonly kind: "prefetch" }
  /** On to the site. */
  | {
      readonly kind: "pass";
      /** Whether an endpoint failed that should have been asked about this visitor. */
      readonly failedOpen: boolean;
    }
);

/** Of a way to Queue-it: how the waiting room looks there, or an answer that goes out in place of a redirect. */
export type WaitingRoomChange =
  | {
      /** Language of the waiting room, for example `de-DE`. */
      readonly language?: string;
      /** Name of a layout of the waiting room, as in Queue-it's platform. */
      readonly layout?: string;
      readonly answer?: never;
    }
  | {
      /** For a client that follows no redirect. Nobody may keep it. */
      readonly answer: InPlaceOfRedirect;
      readonly language?: never;
      readonly layout?: never;
    };

export interface InPlaceOfRedirect {
  /** 200 to 299 or 400 to 599, one that has a body. */
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** A hook on the response sets them. */
  readonly headers?: never;
}

/** An answer before it goes out. */
export interface AnswerSeen {
  /** Who made it. */
  readonly by: "site" | "connector" | "hook";
  readonly status: number;
  readonly headers: HookHeaders;
  readonly facts: Facts;
}

export interface HeaderChanges {
  /** By name in small letters; null removes a header. */
  readonly headers: Readonly<Record<Lowercase<string>, string | null>> & Forbidden;
}

/** What no hook may touch: who may keep an answer, sessions, where a redirect leads, and the body's own headers. */
type Forbidden = Partial<
  Readonly<
    Record<
      | "set-cookie"
      | "clear-site-data"
      | "location"
      | "pragma"
      | "expires"
      | "age"
      | "date"
      | "vary"
      | "edge-control"
      | "content-length"
      | "content-encoding"
      | "content-range"
      | "transfer-encoding"
      | "connection"
      | "upgrade",
      never
    >
  >
> &
  Readonly<
    Record<
      | `${string}cache-control`
      | `surrogate-${string}`
      | `x-accel-${string}`
      | `x-queueit-${string}`
      | `access-control-${string}`
      | `sec-websocket-${string}`
      // Names are in small letters, so that none gets around these.
      | `${string}${Capital}${string}`,
      never
    >
  >;

type Capital =
  | ("A" | "B" | "C" | "D" | "E" | "F" | "G" | "H" | "I" | "J" | "K" | "L" | "M")
  | ("N" | "O" | "P" | "Q" | "R" | "S" | "T" | "U" | "V" | "W" | "X" | "Y" | "Z");
