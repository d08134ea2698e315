import { domainToUnicode } from "node:url";
import { html } from "hono/html";
import type { EnqueueTokenVerdict } from "./enqueue-token.ts";
import type { Html } from "../../charts/html.ts";
import { page, technicalDetails } from "./page.ts";
import type { Visitor } from "./visitors.ts";
import type { Place } from "./waiting-line.ts";

/**
 * The page a visitor sees while waiting. It updates by script, and without scripts by loading itself again.
 */
export function waitingPage(visitor: Visitor, place: Place): Html {
  return page({
    title: place.ahead === 0 ? "You are next in line" : `${place.ahead} ahead of you`,
    head: html`<noscript><meta http-equiv="refresh" content="2" /></noscript>
      <script src="/assets/waiting-room.js" defer></script>`,
    main: html`<div data-status="/place/${visitor.queueId}/status">
      <p class="room">Waiting room ${visitor.waitingRoomId}</p>
      <h1>You are in line</h1>
      <p>
        Many people want the same page of <strong>${domainToUnicode(visitor.target.hostname)}</strong>. Keep
        this page open: it updates by itself and takes you there when it is your turn.
      </p>
      <dl class="figures">
        <div>
          <dt>People ahead of you</dt>
          <dd data-show="ahead">${place.ahead}</dd>
        </div>
        <div>
          <dt>Expected wait</dt>
          <dd data-show="wait" aria-live="polite">${waitInWords(place.waitMs)}</dd>
        </div>
      </dl>
      <progress
        aria-label="How much of your wait is over"
        max="1"
        value="${place.progress.toFixed(3)}"
      ></progress>
      <p class="bad" role="alert" data-lost hidden>
        The waiting room does not answer. The figures above may be old; this page continues by itself as soon
        as it answers again.
      </p>
      <form method="post" action="/place/${visitor.queueId}/leave">
        <button class="plain">Leave the line</button>
      </form>
      ${technicalDetails([
        ["Queue id", visitor.queueId],
        ["You go back to", visitor.target.url],
        ["Enqueue token", enqueueTokenInWords(visitor.enqueueToken)],
        ["Action", visitor.sent.actionName],
        ["Configuration version", visitor.sent.configurationVersion],
        ["SDK", visitor.sent.sdkVersion],
        ["Connector", visitor.sent.connectorVersion],
        ["Why the session ended", visitor.sent.invalidCookieReason],
      ])}
    </div>`,
  });
}

/** A wait as a person says it. */
export function waitInWords(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return "Paused";
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 1) return "Now";
  if (seconds < 100) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}

function enqueueTokenInWords(verdict: EnqueueTokenVerdict): string {
  switch (verdict.kind) {
    case "absent":
      return "none was sent";
    case "valid":
      return `valid (${verdict.identifier})`;
    case "invalid":
      return `not valid: ${verdict.reason}`;
  }
}
