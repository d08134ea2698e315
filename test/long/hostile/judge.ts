import { referenceDecision, withoutToken } from "../../worker/differential/reference.ts";
import type { Decision } from "../../../worker/request-flow.ts";
import type { Delivered } from "./delivery-probe.ts";

/** What came of a request. */
export interface Seen {
  /** As latin1. */
  readonly answer: string;
  /** How often the site was asked. */
  readonly asked: number;
}

/** Whether somebody got past the queue: to the site, or to a session. */
export function isPast({ answer, asked }: Seen): boolean {
  return asked > 0 || /^set-cookie: QueueITAccepted[^=]*=[^;]/im.test(headOf(answer));
}

/** Whether the answer does not show by itself that nothing is wrong: a visitor who is held is held. */
export function needsLook(seen: Seen): boolean {
  return isPast(seen) || !isOurs(seen) || faultOfAnswer(seen) !== undefined;
}

/**
 * What is wrong with what came of a request; undefined for nothing.
 * @param delivered What the runtime made of it; undefined when it refused it.
 */
export async function faultOf(
  seen: Seen,
  delivered: Delivered | undefined,
  configurationJson: string,
): Promise<string | undefined> {
  const fault = faultOfAnswer(seen);
  const isTurnedAway = delivered !== undefined && seen.asked === 0 && isPrefetch(delivered);
  if (fault !== undefined && !(fault === OWN_ERROR && isTurnedAway)) return fault;
  if (delivered === undefined) return seen.asked > 0 ? "The site got what the runtime refuses." : undefined;
  if (!isOurs(seen)) return "The Worker was asked, and did not answer.";
  if (!isPast(seen) || isBrowsersQuestion(seen, delivered)) return undefined;
  return (await isLetInBySdk(delivered, configurationJson)) ? undefined : "The SDK would have held it.";
}

const OWN_ERROR = "The connector answered with an error of its own.";

/** Who fetches ahead may be turned away. */
function isPrefetch({ headers }: Delivered): boolean {
  return ["sec-purpose", "purpose", "x-purpose", "x-moz"].some((name) =>
    ["prefetch", "preview"].some((word) => headers[name]?.toLowerCase().startsWith(word) === true),
  );
}

/** Headers of a request that no browser sends with a preflight. */
const OF_VISITORS =
  /^(?:cookie|authorization|content-type|x-queueit(?:token|-ajaxpageurl)|x-(?:http-)?method(?:-override)?)$/;

/** A preflight, and the site's answer to it without a page and without a cookie. */
function isBrowsersQuestion({ answer }: Seen, { method, headers, body }: Delivered): boolean {
  const { origin = "", "access-control-request-method": asked = "" } = headers;
  const isQuestion = method === "OPTIONS" && body === "" && origin !== "" && /^[A-Z-]+$/.test(asked);
  if (!isQuestion || Object.keys(headers).some((name) => OF_VISITORS.test(name))) return false;
  return answer.endsWith("\r\n\r\n") && !/^(?:set-cookie|location|content-type):/im.test(answer);
}

function faultOfAnswer(seen: Seen): string | undefined {
  const head = headOf(seen.answer);
  if (seen.asked > 1) return "The site was asked more than once.";
  if (/^x-queueit-failed:/im.test(head)) return "The connector failed because of a request.";
  if (isOurs(seen) && /^http\/1\.1 5\d\d/i.test(head)) return OWN_ERROR;
  return undefined;
}

function isOurs({ answer }: Seen): boolean {
  return /^x-queueit-connector: cloudflare\r?$/im.test(headOf(answer));
}

function headOf(answer: string): string {
  const end = answer.indexOf("\r\n\r\n");
  return end === -1 ? answer : answer.slice(0, end + 2);
}

/**
 * Whether the SDK lets it in, in one reading of the address at least. Where the query begins and ends is not the
 * SDK's business: the reference finds a token behind any question mark or ampersand, and in a fragment, which no browser sends.
 */
async function isLetInBySdk(delivered: Delivered, configurationJson: string): Promise<boolean> {
  const { url } = delivered;
  const [withoutFragment = ""] = url.split("#", 1);
  const [path = "", ...query] = withoutFragment.split("?");
  const oneQuery = path.replaceAll("&", "%26") + (query.length === 0 ? "" : `?${query.join("%3F")}`);
  // Whoever would be let in without a token may bring one that is not looked at, such as one of 3,000 characters.
  const headers = { ...delivered.headers, "x-queueittoken": "" };
  const readings = [...new Set([url, withoutFragment, oneQuery])].map((one) => ({ ...delivered, url: one }));
  for (const reading of [...readings, { ...delivered, url: withoutToken(url).url, headers }]) {
    const kind = await kindOf(reading, configurationJson);
    if (kind === "pass" || kind === "strip-token") return true;
  }
  return false;
}

/** What the SDK decides; `undefined` where a token makes it throw, which lets nobody in. */
async function kindOf(
  delivered: Delivered,
  configurationJson: string,
): Promise<Decision["kind"] | undefined> {
  try {
    return (await referenceDecision(delivered, configurationJson)).kind;
  } catch {
    return undefined;
  }
}
