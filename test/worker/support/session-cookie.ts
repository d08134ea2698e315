import { hmac, SECRET } from "./tokens.ts";

export interface SessionFields {
  readonly room?: string;
  /** The empty string leaves it out, as the SDK does for a token without one. */
  readonly queueId?: string;
  readonly redirectType?: string;
  /** Seconds since 1970; default now. */
  readonly issued?: number;
  readonly fixedMinutes?: number;
  /** Binds the session to an address. */
  readonly ip?: string;
}

export const QUEUE_ID = "11111111-2222-3333-4444-555555555555";

/**
 * One pair of a `Cookie` header: a session cookie as the SDK issues it, the id in lower case as it was
 * signed.
 */
export function sessionCookie(fields: SessionFields = {}, secret: string = SECRET): string {
  return sessionPair(fields.room ?? "event1", sessionValue(fields, secret));
}

/** A `Cookie` header with this value as the session of a waiting room. */
export function sessionPair(room: string, value: string): string {
  return `QueueITAccepted-SDFrts345E-V3_${room}=${encodeURIComponent(value)}`;
}

/** The value of a session cookie before it is encoded, as the SDK writes it. */
export function sessionValue(fields: SessionFields = {}, secret: string = SECRET): string {
  const id = (fields.room ?? "event1").toLowerCase();
  const queueId = fields.queueId ?? QUEUE_ID;
  const redirectType = fields.redirectType ?? "queue";
  const issued = String(fields.issued ?? Math.floor(Date.now() / 1000));
  const fixed = fields.fixedMinutes === undefined ? "" : String(fields.fixedMinutes);
  const hip = fields.ip === undefined ? "" : hmac(fields.ip, secret);
  return [
    `EventId=${id}`,
    ...(queueId === "" ? [] : [`QueueId=${queueId}`]),
    ...(fixed === "" ? [] : [`FixedValidityMins=${fixed}`]),
    `RedirectType=${redirectType}`,
    `IssueTime=${issued}`,
    ...(hip === "" ? [] : [`Hip=${hip}`]),
    `Hash=${hmac(`${id}${queueId}${fixed}${redirectType}${issued}${hip}`, secret)}`,
  ].join("&");
}
