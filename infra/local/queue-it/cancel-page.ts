import { html } from "hono/html";
import type { Html } from "../../charts/html.ts";
import { page, technicalDetails } from "./page.ts";

/** A waiting room that was left, with the place that was given up, if there was one. */
export interface LeftRoom {
  readonly waitingRoomId: string;
  readonly queueId: string | undefined;
}

/** Reads `room~queueId_room~queueId`, the list in the connector's redirect. */
export function readLeftRooms(list: string): readonly LeftRoom[] {
  return list
    .split("_")
    .filter((entry) => entry !== "")
    .map((entry) => {
      const [waitingRoomId = "", queueId] = entry.split("~");
      return { waitingRoomId, queueId };
    });
}

/**
 * Confirms to a visitor that the place in line is given up.
 *
 * @param backUrl Address of the page to go back to, as the browser reaches it.
 */
export function cancelPage(rooms: readonly LeftRoom[], backUrl: string | undefined): Html {
  const held = rooms.filter((room) => room.queueId !== undefined);
  return page({
    title: held.length === 0 ? "You held no place" : "You left the waiting room",
    main: html`${held.length === 0 ? NOTHING_HELD : givenUp(held)}
    ${backUrl === undefined ? "" : html`<p><a class="button" href="${backUrl}">Back to the site</a></p>`}
    ${technicalDetails(rooms.map((room) => [room.waitingRoomId, room.queueId ?? "no place was held"]))}`,
  });
}

const NOTHING_HELD = html`<h1>You held no place</h1>
  <p>The site did not name a place of yours in any waiting room, so nothing was given up.</p>`;

function givenUp(held: readonly LeftRoom[]): Html {
  return html`<h1>You left the waiting room</h1>
    <p>The site has ended your session, and your place was given up. To come in again, you queue again.</p>
    <ul>
      ${held.map(({ waitingRoomId }) => html`<li>Waiting room <strong>${waitingRoomId}</strong></li>`)}
    </ul>`;
}

/**
 * Confirms to a visitor who was still waiting that the place in line is given up.
 *
 * @param left.frontPage Address of the site's front page, as the browser reaches it.
 * @param left.queueAgain Relative link to the end of the line.
 */
export function leftLinePage(left: {
  readonly waitingRoomId: string;
  readonly frontPage: string;
  readonly queueAgain: string;
}): Html {
  return page({
    title: "You left the line",
    main: html`<h1>You left the line</h1>
      <p>
        Your place in the waiting room <strong>${left.waitingRoomId}</strong> was given up; everybody behind
        you has moved up.
      </p>
      <p class="choices">
        <a class="button" href="${left.frontPage}">To the site’s front page</a>
        <a href="${left.queueAgain}">Queue again, at the end of the line</a>
      </p>`,
  });
}
