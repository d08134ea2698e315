import { equalInConstantTime, type Signer } from "../encoding/hmac.ts";

/**
 * What the name of every session cookie begins with; the waiting room's id follows (SDK 5.0.1, getCookieKey).
 */
export const SESSION_COOKIE_BEGINNING = "QueueITAccepted-SDFrts345E-V3_";

/** A value that the SDK takes for a session cookie of somebody else: found, never valid, and removed. */
const NO_SESSION = "no-session";

/** Seconds by which the clock that issued a session may be ahead of the one that reads it. */
const CLOCK_DIFFERENCE = 60;

const QUEUE_ID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";
const REDIRECT_TYPE = "(?:queue|safetynet|afterevent|disabled|directlink|idle|timeout)";
const END = "&IssueTime=(\\d{10})(?:&Hip=[0-9a-f]{64})?&Hash=[0-9a-f]{64}";

/** Fields whose lengths and alphabets leave one way only to cut the text that the SDK signs. */
const PLAIN = new RegExp(
  `^EventId=([^&=]+)&QueueId=${QUEUE_ID}(?:&FixedValidityMins=\\d{1,5})?&RedirectType=${REDIRECT_TYPE}${END}$`,
);
/** Any others, which is why they are signed once more as they stand. */
const SEALED = new RegExp(
  `^(EventId=([^&=]+)(?:&QueueId=[^&=]+)?(?:&FixedValidityMins=\\d+)?&RedirectType=[^&=]*${END})&Seal=([0-9a-f]{64})$`,
);

/**
 * What the SDK gets to see of a cookie. A session cookie has to have the form that the SDK itself writes.
 *
 * The SDK 5.0.1 signs the fields of a session cookie joined without separators, and takes an issue time that
 * is not a number for one that never ends. Whoever passed once could move characters from one field to the
 * next, keep the hash, and have a session that lasts for ever, or one of another waiting room.
 *
 * A session of the future is not shown at all, so that it stays in the browser until a clock that went back
 * is right.
 */
export function presentCookie(name: string, value: string | undefined, sign: Signer): string | undefined {
  if (!value || !name.startsWith(SESSION_COOKIE_BEGINNING)) return value;
  const room = name.slice(SESSION_COOKIE_BEGINNING.length).toLowerCase();
  const issued = issueTimeOf(value, room, sign);
  if (issued === undefined) return NO_SESSION;
  return issued <= Date.now() / 1000 + CLOCK_DIFFERENCE ? value : undefined;
}

/**
 * Seals a session cookie that cannot be told apart by its form, such as one without queue id: `sale2` without
 * queue id and `sale` with a fixed validity of 2 minutes are the same text to the SDK. Gives others as they
 * are.
 */
export function sealSession(value: string, sign: Signer): string {
  if (!value.startsWith("EventId=") || PLAIN.test(value)) return value;
  return `${value}&Seal=${sign(sealText(value))}`;
}

/** When a session of a waiting room was issued, in seconds since 1970; undefined when it is none. */
function issueTimeOf(value: string, room: string, sign: Signer): number | undefined {
  const plain = PLAIN.exec(value);
  if (plain !== null) return plain[1] === room ? Number(plain[2]) : undefined;
  const [, sealed = "", event, issued, seal = ""] = SEALED.exec(value) ?? [];
  return event === room && equalInConstantTime(sign(sealText(sealed)), seal) ? Number(issued) : undefined;
}

/** Its first line keeps it apart from every other text that is signed with the secret key. */
function sealText(value: string): string {
  return `queueit-session\n${value}`;
}
