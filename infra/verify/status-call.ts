import { createSigner, equalInConstantTime } from "../../worker/encoding/hmac.ts";
import {
  configurationText,
  STATUS_HASH_HEADER,
  STATUS_HEADER,
  STATUS_PARAMETER,
  STATUS_TEXT_HEADER,
  statusAnswerText,
  statusCallText,
  type WorkerStatus,
} from "../../worker/status/status-protocol.ts";
import { withParameter } from "./with-parameter.ts";
import { WORKER_STATUS } from "./worker-status-format.ts";

/** A question to the Worker that only somebody with the secret key can ask. */
export interface StatusCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The answer, or undefined when it is not one of a Worker with the same secret key to this call. */
  readonly read: (answer: StatusAnswer) => WorkerStatus | undefined;
}

export interface StatusAnswer {
  readonly headers: { get(name: string): string | null };
  readonly body: string;
}

/** What a Worker with this secret key says of an integration configuration's text. */
export function configurationHash(text: string, secretKey: string): string {
  return createSigner(secretKey)(configurationText(text));
}

/**
 * Prepares a status call.
 *
 * @param pageUrl Real address of a protected page, without a fragment.
 * @param issuedAt Milliseconds since 1970; the call is good for a minute from then.
 * @param asksForText Whether the answer is to have the text of the integration configuration in it.
 */
export function statusCall(
  pageUrl: string,
  secretKey: string,
  issuedAt: number,
  asksForText = false,
): StatusCall {
  const sign = createSigner(secretKey);
  const hash = sign(statusCallText(new URL(pageUrl).host, issuedAt));
  return {
    url: withParameter(pageUrl, STATUS_PARAMETER),
    headers: {
      [STATUS_HEADER]: `${issuedAt}.${hash}`,
      ...(asksForText && { [STATUS_TEXT_HEADER]: "1" }),
    },
    read: ({ headers, body }) => {
      const wanted = sign(statusAnswerText(hash, body));
      if (!equalInConstantTime(wanted, headers.get(STATUS_HASH_HEADER) ?? "")) return undefined;
      return WORKER_STATUS.schema.parse(JSON.parse(body));
    },
  };
}
