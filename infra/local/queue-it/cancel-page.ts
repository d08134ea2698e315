import { html } from "hono/html";
import { type Html, page, technicalDetails } from "./page.ts";

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
    title: "You left the waiting room",
    main: html`<h1>You left the waiting room</h1>
      <p>
        Your place was given up and your session on the site has ended. To come in again, you queue again.
      </p>
      <ul>
        ${held.map((room) => html`<li>Waiting room <strong>${room.waitingRoomId}</strong></li>`)}
      </ul>
      ${backUrl === undefined ? "" : html`<p><a class="button" href="${backUrl}">Back to the site</a></p>`}
      ${technicalDetails(rooms.map((room) => [room.waitingRoomId, room.queueId ?? "no place was held"]))}`,
  });
}
