import { html } from "hono/html";
import type { Html } from "../../charts/html.ts";
import { MOST_VISITORS, type SeenVisitor } from "../visitors/crowd.ts";
import type { Stage } from "../visitors/visitor.ts";
import { clockTime, type FormOrigin, originFields } from "./form-fields.ts";
import type { DashboardCustomer } from "./options.ts";

const SHOWN = 12;

const STAGES: Readonly<Record<Stage, string>> = {
  arriving: "on the way",
  waiting: "in line",
  inside: "on the site",
  left: "has left, after a look around",
  lost: "got no further",
};

/** Visitors with cookies of their own, to be opened one by one or by the thousand. */
export function visitorsSection(customer: DashboardCustomer, origin: FormOrigin): Html {
  const { visitors, links } = customer;
  return html`<section class="card" id="visitors">
    <h2>Visitors</h2>
    <form method="post" action="/visitors">
      ${originFields(origin)}
      <div class="fields">
        <p class="grow">
          <label for="visited">Page they want to see</label>
          <input
            id="visited"
            name="url"
            value="${links()[0]?.url ?? ""}"
            dir="ltr"
            autocomplete="off"
            spellcheck="false"
          />
        </p>
      </div>
      <div class="row">
        ${[1, 20, MOST_VISITORS].map(
          (count) =>
            html`<button
              class="plain"
              name="count"
              value="${count}"
              data-done="${count === 1 ? "One visitor is" : `${count.toLocaleString("en")} visitors are`} on the way."
            >
              Open ${count === 1 ? "one" : count.toLocaleString("en")}
            </button>`,
        )}
      </div>
      <p class="done" role="status" data-done-here></p>
    </form>
    <p class="soft">
      Each has cookies of its own and goes where a browser would: the page, the waiting room, the page again
      with the token, some more pages, and home. At most ${MOST_VISITORS.toLocaleString("en")} at once.
    </p>
    <form method="post" action="/visitors/hold" class="row" data-live="visitors-held">
      ${originFields(origin)}
      <button class="plain" id="hold" name="hold" value="${visitors.isHeld ? "no" : "yes"}">
        ${visitors.isHeld ? "Let the visitors go on" : "Pause the visitors"}
      </button>
      <button class="plain" id="home" name="hold" value="home">Send all home</button>
      ${
        visitors.isHeld
          ? html`<span class="warn"
              ><strong class="warn">Paused.</strong> They ask for nothing; the line goes on.</span
            >`
          : ""
      }
    </form>
    <div data-live="visitors">${figures(visitors.counts)} ${visitorTable(visitors.latest(SHOWN))}</div>
  </section>`;
}

function figures(counts: DashboardCustomer["visitors"]["counts"]): Html {
  const shown = [
    ["opened", counts.opened],
    ["on the way", counts.arriving],
    ["in line", counts.waiting],
    ["on the site", counts.inside],
    ["have left", counts.left],
    ["got no further", counts.lost],
  ] as const;
  return html`<dl class="figures">
    ${shown.map(
      ([name, count]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${count.toLocaleString("en")}</dd>
        </div>`,
    )}
  </dl>`;
}

function visitorTable(visitors: readonly SeenVisitor[]): Html | "" {
  if (visitors.length === 0) return "";
  return html`<details id="latest-visitors">
    <summary>The latest ${visitors.length === 1 ? "one" : visitors.length}</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Latest visitors">
      <table>
        <thead>
          <tr>
            <th scope="col">Visitor</th>
            <th scope="col">Where</th>
            <th scope="col">Since</th>
          </tr>
        </thead>
        <tbody>
          ${visitors.map(
            ({ number, stage, ahead, since, why }) =>
              html`<tr>
                <td>${number}</td>
                <td>
                  ${STAGES[stage]}${stage === "waiting" && ahead !== undefined ? `, ${ahead} ahead` : ""}${
                    why === undefined ? "" : html`: <bdi class="bad">${why}</bdi>`
                  }
                </td>
                <td>${clockTime(since)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
