import { hmac, SECRET } from "./tokens.ts";

export interface SessionFields {
  readonly room?: string;
  /** Seconds since 1970; default now. */
  readonly issued?: number;
  readonly fixedMinutes?: number;
  /** Binds the session to an address. */
  readonly ip?: string;
}

/** One pair of a `Cookie` header: a session cookie as the SDK issues it, the id in lower case as it was signed. */
export function sessionCookie(fields: SessionFields = {}, secret: string = SECRET): string {
  const room = fields.room ?? "event1";
  const issued = String(fields.issued ?? Math.floor(Date.now() / 1000));
  const fixed = fields.fixedMinutes === undefined ? "" : String(fields.fixedMinutes);
  const hip = fields.ip === undefined ? "" : hmac(fields.ip, secret);
  const id = room.toLowerCase();
  const value = [
    `EventId=${id}`,
    "QueueId=q1",
    ...(fixed === "" ? [] : [`FixedValidityMins=${fixed}`]),
    "RedirectType=queue",
    `IssueTime=${issued}`,
    ...(hip === "" ? [] : [`Hip=${hip}`]),
    `Hash=${hmac(`${id}q1${fixed}queue${issued}${hip}`, secret)}`,
  ].join("&");
  return `QueueITAccepted-SDFrts345E-V3_${room}=${encodeURIComponent(value)}`;
}
