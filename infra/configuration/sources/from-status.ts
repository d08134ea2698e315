import type { Target } from "../../specification/target.ts";
import { LIMITS } from "../../files/read-up-to.ts";
import { reasonOf } from "../../verify/check.ts";
import type { Reach } from "../../verify/reach.ts";
import { statusCall } from "../../verify/status-call.ts";
import { statusPages } from "../../verify/status-pages.ts";

/** Pages of a site that is down are not worth half a minute each. */
const MOST_PAGES = 3;

/** What the Worker at one of the pages has in memory. */
export interface StatusConfiguration {
  readonly page: string;
  readonly text: string;
}

/**
 * Asks the Worker of an environment for its integration configuration.
 *
 * @returns The configuration, or why there is none.
 */
export async function configurationOfStatus(
  target: Target,
  secretKey: string,
  reach: Reach,
): Promise<StatusConfiguration | string> {
  if (target.named.environment.worker?.source === "file")
    return "this environment's Worker file does not answer status calls";
  const pages = statusPages(target).slice(0, MOST_PAGES);
  if (pages.length === 0) return "no protected route takes a query string, which a status call needs";
  const reasons: string[] = [];
  for (const page of pages) {
    const answer = await ask(page, secretKey, reach).catch(reasonOf);
    if (typeof answer !== "string") return answer;
    reasons.push(answer);
  }
  return [...new Set(reasons)].join("; ");
}

async function ask(page: string, secretKey: string, reach: Reach): Promise<StatusConfiguration | string> {
  const call = statusCall(page, secretKey, Date.now(), true);
  // JSON in JSON: each of its characters may take two.
  const answer = await reach.get(call.url, call.headers, 2 * LIMITS.configuration);
  const status = call.read(answer);
  if (status === undefined) {
    return (
      `the Worker at ${page} gave no answer that is signed with this secret key (it answered ${answer.status}): its ` +
      "key is another one, no route brings the page to it, or the clock of this machine is wrong"
    );
  }
  if (status.configuration === null) return `the Worker at ${page} has no integration configuration`;
  const { text } = status.configuration;
  return typeof text === "string"
    ? { page, text }
    : `the Worker at ${page} runs an older bundle, which does not tell its configuration: deploy, or use --from kv`;
}
