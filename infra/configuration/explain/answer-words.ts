import { printable } from "../../text/printable.ts";
import { hideTokens } from "../../queue-it/hide-tokens.ts";
import type { WorkerSteps } from "./explain-request.ts";

/** What the visitor gets, in a few words, and the address that belongs to it. */
export interface AnswerWords {
  readonly words: string;
  /** Where the visitor is sent, or what the site is asked for, without the values of tokens. */
  readonly address: string | undefined;
}

/** The answer to a request that the Worker sees. */
export function answerWords({ decision, isConditional, matching, chained }: WorkerSteps): AnswerWords {
  const answering = chained === undefined ? "the site" : `the Worker ${printable(chained)}`;
  const said = unconditional(decision, matching.matched?.action.EventId ?? "", answering);
  if (!isConditional) return said;
  const otherwise = decision.kind === "to-queue-it" ? said.words : "what follows without it";
  return {
    words:
      "depends on the token or session, which is not checked: set TF_VAR_queueit_secret_key. If it is valid, the visitor " +
      `passes${chained === undefined ? "" : `, to ${answering}`}; otherwise: ${otherwise}`,
    address: said.address,
  };
}

function unconditional(
  decision: WorkerSteps["decision"],
  waitingRoom: string,
  answering: string,
): AnswerWords {
  switch (decision.kind) {
    case "to-queue-it": {
      const how = decision.isAjax
        ? "200 with the address in x-queueit-redirect, which sends the script's page to "
        : "302 to ";
      return {
        words: how + queueItPage(decision.url, waitingRoom) + cookieWords(decision.cookies),
        address: hideTokens(decision.url),
      };
    }
    case "strip-token":
      return {
        words: `302 to the same page without its token${cookieWords(decision.cookies)}`,
        address: hideTokens(decision.url),
      };
    case "pass":
      return { words: `${answering} answers${cookieWords(decision.cookies)}`, address: undefined };
    case "preflight":
      return {
        words:
          decision.allowed === undefined
            ? "the site is asked, as it is before every script's call from another origin: of its answer only the status and " +
              "the CORS headers come back"
            : `204: the connector allows scripts of ${decision.allowed} its own headers, and the site is not asked`,
        address: undefined,
      };
    case "prefetch":
      return {
        words:
          "503, which browsers drop: the page is fetched ahead, and that takes no place in the line; the visitor who then " +
          "goes there gets what any visitor gets",
        address: undefined,
      };
    case "publish-call":
      return {
        words: "the Worker takes it for a publish call of Queue-it's platform, not for a page",
        address: undefined,
      };
    case "failure":
      return { words: `the Worker fails: ${decision.detail}`, address: undefined };
  }
}

function queueItPage(url: string, waitingRoom: string): string {
  const error = /\/error\/([^?]*?)\/?\?/.exec(url)?.[1];
  if (error !== undefined) return `Queue-it's error page (${error})`;
  if (url.includes("/cancel/")) return "Queue-it's cancel page";
  return `the waiting room ${printable(waitingRoom)}`;
}

/** Names of what is set or removed; values are nobody's business. */
function cookieWords(cookies: readonly string[]): string {
  if (cookies.length === 0) return "";
  const isRemoved = (cookie: string): boolean => /^[^=]*=;/.test(cookie);
  const set = cookies.filter((cookie) => !isRemoved(cookie)).length;
  const removed = cookies.length - set;
  const words = [
    ...(set === 0 ? [] : [set === 1 ? "a session cookie" : `${set} cookies`]),
    ...(removed === 0 ? [] : [removed === 1 ? "a session cookie removed" : `${removed} cookies removed`]),
  ];
  return `, with ${words.join(" and ")}`;
}
