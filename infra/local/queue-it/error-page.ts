import { html } from "hono/html";
import type { Html } from "../../charts/html.ts";
import { page, technicalDetails } from "./page.ts";

/**
 * Error codes of the connector's redirects (`InvalidTokenErrorCode` and `ErrorCode` of the SDK 5.0.1), in
 * words.
 */
const EXPLANATIONS: ReadonlyMap<string, string> = new Map([
  [
    "hash",
    "The queue token was changed on its way, or signed with a secret key other than the site's. If " +
      "everybody sees this, compare the secret keys of the Worker and of Queue-it.",
  ],
  [
    "timestamp",
    "The queue token was used too late. A token is good for a few minutes only, so that nobody can save " +
      "or sell it. Old bookmarks and links lead here.",
  ],
  [
    "eventid",
    "The queue token is from another waiting room. Each waiting room lets visitors into its own pages only.",
  ],
  [
    "ip",
    "The queue token was given to another internet address. This happens when a link is shared, or when a " +
      "phone changes between networks.",
  ],
  ["qidlimit", "This place in line has been used as often as it may be, for example for one order."],
  [
    "connector/sessionstate",
    "The session that let you in could not be read any more, for example because its cookie was changed.",
  ],
]);

/** Whether the connector sends visitors to the error page with this code. */
export function isKnownError(code: string): boolean {
  return EXPLANATIONS.has(code);
}

/**
 * The page for a visitor whose token or session was refused.
 *
 * @param queueAgain Relative link into the waiting room.
 */
export function errorPage(error: {
  readonly code: string;
  readonly waitingRoomId: string | undefined;
  readonly targetUrl: string | undefined;
  readonly actionName: string | undefined;
  readonly token: string | undefined;
  readonly queueAgain: string | undefined;
}): Html {
  return page({
    title: "You could not be let in",
    main: html`<h1>You could not be let in</h1>
      <p>${EXPLANATIONS.get(error.code) ?? "The site refused the queue token for an unknown reason."}</p>
      ${error.queueAgain === undefined ? "" : html`<p><a class="button" href="${error.queueAgain}">Queue again</a></p>`}
      ${technicalDetails([
        ["Error code", error.code],
        ["Waiting room", error.waitingRoomId],
        ["You wanted", error.targetUrl],
        ["Action", error.actionName],
        ["Queue token", error.token],
      ])}`,
  });
}

/**
 * A page that says that a request cannot be served, and what to do.
 *
 * @param shop Address of the site's front page, as the browser reaches it.
 */
export function refusalPage(title: string, explanation: string, shop: string): Html {
  return page({
    title,
    main: html`<h1>${title}</h1>
      <p>${explanation}</p>
      <p><a class="button" href="${shop}">To the shop</a></p>`,
  });
}
