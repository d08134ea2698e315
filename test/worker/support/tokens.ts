import { createHmac } from "node:crypto";

/** The fake account of the tests. None of these is a real secret. */
export const CUSTOMER = "testcustomer";
export const SECRET = "obviously-fake-secret-key-for-tests";
export const API_KEY = "obviously-fake-api-key-for-tests";

/** HMAC-SHA256 by Node's own crypto, so that the Worker's is checked against another implementation. */
export function hmac(text: string, secret: string = SECRET): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

export interface TokenFields {
  readonly room?: string;
  /** The empty string leaves it out, as Queue-it's safety net does. */
  readonly queueId?: string;
  /** Seconds since 1970; default an hour from now. */
  readonly expires?: number;
  readonly redirectType?: string;
  readonly validityMinutes?: number;
  /** Binds the token to an address. */
  readonly ip?: string;
}

/** A queue token as Queue-it's platform signs it. */
export function queueToken(fields: TokenFields = {}, secret: string = SECRET): string {
  const parts = [
    `e_${fields.room ?? "event1"}`,
    ...(fields.queueId === "" ? [] : [`q_${fields.queueId ?? "11111111-2222-3333-4444-555555555555"}`]),
    `ts_${fields.expires ?? Math.floor(Date.now() / 1000) + 3600}`,
    "ce_true",
    ...(fields.validityMinutes === undefined ? [] : [`cv_${fields.validityMinutes}`]),
    `rt_${fields.redirectType ?? "queue"}`,
    ...(fields.ip === undefined ? [] : [`hip_${hmac(fields.ip, secret)}`]),
  ];
  const unsigned = parts.join("~");
  return `${unsigned}~h_${hmac(unsigned, secret)}`;
}

/** Body of a publish call for a configuration. */
export function publishBody(configuration: unknown, secret: string = SECRET): string {
  const text = typeof configuration === "string" ? configuration : JSON.stringify(configuration);
  const integrationInfo = Buffer.from(text, "utf8").toString("hex");
  return JSON.stringify({ hash: hmac(integrationInfo, secret), integrationInfo });
}
