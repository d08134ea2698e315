import { html } from "hono/html";
import type { Html } from "../queue-it/page.ts";
import { type FormOrigin, originFields } from "./form-fields.ts";
import type { DashboardCustomer } from "./options.ts";

/** Visitors per minute at the right end of the slider. */
export const HIGHEST_OUTFLOW = 120;

/** Imaginary visitors whom the button puts in each line. */
export const CROWD = 20;

/** The lines, and how fast they go. */
export function lineSection({ queueIt }: DashboardCustomer, origin: FormOrigin): Html {
  const outflow = queueIt.getOutflow();
  return html`<section class="card" id="lines">
    <h2>Waiting rooms</h2>
    <form method="post" action="/outflow">
      ${originFields(origin)}
      <label for="perMinute"
        >Visitors let in per minute: <output data-outflow for="perMinute">${outflow}</output></label
      >
      <input
        id="perMinute"
        name="perMinute"
        type="range"
        min="0"
        max="${HIGHEST_OUTFLOW}"
        value="${outflow}"
      />
      <button data-without-script class="plain">Set</button>
    </form>
    <p class="soft">In each waiting room; at 0 the line stands still.</p>
    <ul data-live="lines">
      ${queueIt
        .getLines()
        .map(
          ({ waitingRoomId, length }) =>
            html`<li>
              <strong>${waitingRoomId}</strong>: ${length === 0 ? "nobody waits" : `${length} in line`}
            </li>`,
        )}
    </ul>
    <form method="post" action="/crowd">
      ${originFields(origin)}
      <button class="plain" data-done="${CROWD} more visitors are in every line.">
        Put a crowd of ${CROWD} in every line
      </button>
      <p class="done" role="status" data-done-here></p>
    </form>
  </section>`;
}
