import { logWarning } from "../runtime/log.ts";
import { decodeUtf8, readLimited } from "../runtime/read-limited.ts";
import { encode } from "../encoding/percent-encoding.ts";

/** Answer of an endpoint of Queue-it that decides about one visitor. */
export type RemoteAnswer =
  | { readonly kind: "answered"; readonly body: unknown }
  /** The endpoint did not take the request (4xx): visitors must not gain anything by what they send. */
  | { readonly kind: "refused"; readonly status: number };

export interface RemoteCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** Real answers have a few hundred bytes; an isolate's memory is for all its visitors. */
const LONGEST_ANSWER_BYTES = 65_536;

/** Longest text of a visitor that is passed on in a call. */
const MAX_VISITOR_TEXT = 2048;

/**
 * Posts JSON and reads the JSON that comes back.
 * @throws Error when the endpoint is out of reach, takes too long, answers 5xx, over 64 KiB or something that is not JSON.
 */
export async function callRemote(call: RemoteCall): Promise<RemoteAnswer> {
  const response = await fetch(call.url, {
    method: "POST",
    headers: { ...call.headers, "content-type": "application/json" },
    body: JSON.stringify(call.body),
    redirect: "manual",
    signal: AbortSignal.timeout(call.timeoutMs),
  });
  if (response.status >= 400 && response.status < 500) {
    await response.body?.cancel();
    return { kind: "refused", status: response.status };
  }
  if (!response.ok) throw new Error(`The endpoint answered ${response.status}.`);
  const bytes = await readLimited(response.body, LONGEST_ANSWER_BYTES);
  if (bytes === undefined) throw new Error("The endpoint's answer is too long.");
  return { kind: "answered", body: JSON.parse(decodeUtf8(bytes) ?? "") };
}

/** Logs that an endpoint did not take a request, which counts as a no. */
export function logRefusal(endpoint: "verify-action" | "direct-pass", status: number): void {
  logWarning({ event: "endpoint-refused", reason: endpoint, detail: `It answered ${status}.` });
}

/**
 * Caps a text that a visitor sent, so that its length cannot make the endpoint refuse or fail; nor can half of a
 * character, at which many a JSON parser does.
 */
export function capped(text: string): string {
  return text.slice(0, MAX_VISITOR_TEXT).toWellFormed();
}

/**
 * Fills `{name}` places of a configured address with percent-encoded values.
 * The vendor's addresses are not public, so what goes where is the setting's business.
 */
export function fillAddress(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name];
    return value === undefined ? place : encode(value);
  });
}
