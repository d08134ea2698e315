import { createHmac } from "node:crypto";

/** What a queue token says, before it is signed. */
export interface QueueTokenFields {
  readonly waitingRoomId: string;
  readonly queueId: string;
  /** Last second in which the token is accepted, in seconds since 1970. */
  readonly expires: number;
  /** How long the session cookie made from this token lives. */
  readonly validity: CookieValidity;
}

/** `extendable`: renewed by every page. `fixed`: ends after so many minutes, whatever the visitor does. */
export type CookieValidity =
  { readonly kind: "extendable" } | { readonly kind: "fixed"; readonly minutes: number };

/**
 * The queue token a visitor carries back to the site: `key_value` pairs joined by `~`, the last of them the
 * hex HMAC-SHA256 of all before it (`QueueParameterHelper` of @queue-it/connector-javascript 5.0.1).
 *
 * A fixed validity in minutes (`cv`) makes the connector's cookie fixed, so an extendable one must not carry
 * it.
 */
export function signQueueToken(fields: QueueTokenFields, secretKey: string): string {
  const validity =
    fields.validity.kind === "extendable" ? "ce_true" : `ce_false~cv_${fields.validity.minutes}`;
  const unsigned = `e_${fields.waitingRoomId}~q_${fields.queueId}~ts_${fields.expires}~${validity}~rt_queue`;
  return `${unsigned}~h_${createHmac("sha256", secretKey).update(unsigned).digest("hex")}`;
}
