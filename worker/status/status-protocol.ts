/**
 * A status call: what runs here, asked by somebody who knows the secret key. Ours, not the vendor's.
 *
 * `GET <page>?__queueit_status` (the parameter comes last) with the header `x-queueit-status: <ms since
 * 1970>.<hash>`. The answer's JSON is signed in `x-queueit-status-hash`, over the call's hash too, so that it
 * answers this call alone. Both sides use these texts; each begins with words that no token, session cookie
 * or publish call is signed over.
 */
export const STATUS_PARAMETER = "__queueit_status";
export const STATUS_HEADER = "x-queueit-status";
export const STATUS_HASH_HEADER = "x-queueit-status-hash";
/** A call with a text in this header is answered with the text of the configuration too. */
export const STATUS_TEXT_HEADER = "x-queueit-status-text";

/** Milliseconds that a call is valid for, before and after the moment it names: clocks differ. */
export const STATUS_VALIDITY_MS = 60_000;

/** What a call is signed over. The host is in it, so that a call cannot be repeated at another site. */
export function statusCallText(host: string, issuedAt: number): string {
  return `queueit-status-call\n${issuedAt}\n${host}`;
}

/** What an answer is signed over. */
export function statusAnswerText(callHash: string, body: string): string {
  return `queueit-status-answer\n${callHash}\n${body}`;
}

/** What the text of an integration configuration is signed over, so that who holds it too can tell whether it is the same. */
export function configurationText(text: string): string {
  return `queueit-status-text\n${text}`;
}

/** What a Worker says about itself. */
export interface WorkerStatus {
  /** Version of the connector. */
  readonly connector: string;
  /** SHA-256 of the bundle, as the deployment wrote it; null where it wrote none. */
  readonly bundle: string | null;
  readonly failure: "open" | "closed";
  readonly owner: "publish" | "pull" | "file";
  /** Names of the site's own hooks in the bundle; undefined where it has none. */
  readonly hooks?: readonly string[] | undefined;
  /** Whether another Worker answers what passes; undefined from a bundle that is older than this. */
  readonly chained?: boolean | undefined;
  /** The integration configuration in this isolate's memory; null when it has none. */
  readonly configuration: {
    readonly version: number;
    readonly actions: number;
    /** Hash of its text; undefined from a bundle that is older than this. */
    readonly hash?: string | undefined;
    /** Its text; null where the call does not ask for it, undefined from a bundle that is older than this. */
    readonly text?: string | null | undefined;
  } | null;
  /** What a new visitor of the page meets there; null when no action matches. */
  readonly action: {
    readonly name: string;
    readonly type: string;
    readonly waitingRoom: string;
    readonly queueDomain: string;
  } | null;
}
