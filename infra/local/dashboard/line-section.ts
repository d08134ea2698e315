import { html } from "hono/html";
import type { Html } from "../../charts/html.ts";
import { type FormOrigin, originFields } from "./form-fields.ts";
import type { DashboardCustomer } from "./options.ts";

/** Visitors per minute at the right end of the slider. */
export const HIGHEST_OUTFLOW = 120;

/** Imaginary visitors whom the button puts in each line. */
export const CROWD = 20;

/** A configuration may have thousands of waiting rooms: those with the longest lines are listed. */
const MOST_LINES = 20;

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
    <form method="post" action="/line" data-live="line-held">
      ${originFields(origin)}
      <button class="plain" id="line-held" name="line" value="${outflow === 0 ? "go" : "pause"}">
        ${outflow === 0 ? "Let the lines go on" : "Pause the lines"}
      </button>
      ${outflow === 0 ? html`<strong class="warn">Nobody is let in.</strong>` : ""}
    </form>
    <div data-live="lines">${lineList(queueIt.getLines())}</div>
    <form method="post" action="/crowd">
      ${originFields(origin)}
      <button class="plain" data-done="${CROWD} more visitors are in every line.">
        Put a crowd of ${CROWD} in every line
      </button>
      <p class="done" role="status" data-done-here></p>
    </form>
    <p class="soft">Of a crowd there are only numbers in line: nobody of them asks for a page.</p>
  </section>`;
}

function lineList(lines: ReturnType<DashboardCustomer["queueIt"]["getLines"]>): Html {
  const longest =
    lines.length <= MOST_LINES ? lines : lines.toSorted((one, other) => other.length - one.length);
  const more = lines.length - MOST_LINES;
  return html`<ul>
      ${longest
        .slice(0, MOST_LINES)
        .map(
          ({ waitingRoomId, length }) =>
            html`<li>
              <strong>${waitingRoomId}</strong>: ${length === 0 ? "nobody waits" : `${length} in line`}
            </li>`,
        )}
    </ul>
    ${more > 0 ? html`<p class="soft">and ${more.toLocaleString("en")} more, with lines no longer than these</p>` : ""}`;
}
