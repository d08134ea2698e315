import { Token } from "@queue-it/queue-token";

/** What the enqueue token in a waiting room's URL is worth. */
export type EnqueueTokenVerdict =
  | { readonly kind: "absent" }
  | { readonly kind: "valid"; readonly identifier: string; readonly expires: Date }
  | { readonly kind: "invalid"; readonly reason: string };

/** What the enqueue token has to be made for. */
export interface EnqueueTokenExpectation {
  readonly customerId: string;
  readonly waitingRoomId: string;
  readonly secretKey: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Checks an enqueue token: signature, then customer, waiting room and time. */
export function checkEnqueueToken(
  token: string | undefined,
  expected: EnqueueTokenExpectation,
): EnqueueTokenVerdict {
  if (token === undefined || token === "") return { kind: "absent" };
  const parsed = parse(token, expected.secretKey);
  if (parsed === undefined) return invalid("it was not signed with this account's secret key");
  if (parsed.CustomerId !== expected.customerId) return invalid("it was made for another customer");
  if (parsed.EventId && parsed.EventId !== expected.waitingRoomId) {
    return invalid("it was made for another waiting room");
  }
  if (parsed.Expires.getTime() < expected.now) return invalid("it has expired");
  return { kind: "valid", identifier: parsed.TokenIdentifier, expires: parsed.Expires };
}

function parse(token: string, secretKey: string): ReturnType<typeof Token.Parse> | undefined {
  try {
    return Token.Parse(token, secretKey);
  } catch {
    // The library throws a different thing for each way a token can be broken; to the visitor they are one.
    return undefined;
  }
}

function invalid(reason: string): EnqueueTokenVerdict {
  return { kind: "invalid", reason };
}
