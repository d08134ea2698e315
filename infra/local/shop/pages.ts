import { html } from "hono/html";
import { DEMO_CASES } from "./cases.ts";
import type { Html } from "./page.ts";

/** Says in plain words whether the browser holds a session cookie. */
function sessionInWords(rooms: readonly string[]): Html {
  return rooms.length === 0
    ? html`<p>Your browser holds no session cookie of a waiting room.</p>`
    : html`<p>Your browser holds the session cookie of <strong>${rooms.join(", ")}</strong>.</p>`;
}

/** The open front page: what there is to try. */
export function homeMain(rooms: readonly string[]): Html {
  return html`<p class="lead">
      A small shop behind a virtual waiting room. This page is open to all; each of these shows one thing that
      the connector does.
    </p>
    ${sessionInWords(rooms)}
    <ul class="cards">
      ${DEMO_CASES.map(
        ({ label, path, explains }) =>
          html`<li class="card">
            <h2><a href="${path}">${label}</a></h2>
            <p>${explains}</p>
          </li>`,
      )}
    </ul>`;
}

/** The protected page. */
export function ticketsMain(seen: {
  readonly rooms: readonly string[];
  readonly search: string;
  readonly visits: number;
  readonly served: number;
}): Html {
  return html` <section class="card">
    ${
      seen.rooms.length === 0
        ? html`<h2>You are in, without a session cookie</h2>
            <p>
              Nothing protects this page right now: look at the integration configuration in the dashboard.
            </p>`
        : html`<h2 class="good">You are in</h2>`
    }
    ${sessionInWords(seen.rooms)}
    ${seen.search === "" ? "" : html`<p>The shop was asked with the query <code>${seen.search}</code>.</p>`}
    <p>
      You have been here ${seen.visits === 1 ? "once" : `${seen.visits} times`}; the shop has answered
      ${seen.served} ${seen.served === 1 ? "request" : "requests"} for this page.
    </p>
    <p>
      <a href="/tickets?seat=B7">Another seat</a> needs no queueing now; <a href="/leave">leaving</a> ends
      that.
    </p>
  </section>`;
}

/** The open page with the AJAX call. */
export function stockMain(rooms: readonly string[]): Html {
  return html`<p class="lead">
      The button asks the shop’s API with AJAX. The answer to a visitor who has to queue is not a redirect,
      which a script could not follow, but the waiting room’s address in a header.
    </p>
    <section class="card">
      ${sessionInWords(rooms)}
      <button data-stock type="button">How many are left?</button>
      <output></output>
      <noscript><p>The button needs JavaScript.</p></noscript>
    </section>`;
}

/** The open page with the two order forms. */
export function basketMain(): Html {
  return html`<p class="lead">Both forms go to the same address; only what is in them differs.</p>
    <div class="cards">
      ${orderForm("poster", "Poster", "Goes straight through to the shop.")}
      ${orderForm("vip", "VIP upgrade", "Has to queue: the configuration looks into the form for VIP orders.")}
    </div>`;
}

/** What the shop says to an order. */
export function orderedMain(order: { readonly item: string; readonly bytes: number }): Html {
  return html`<section class="card">
    <h2 class="good">Ordered: ${order.item}</h2>
    <p>
      The shop received the whole form, ${order.bytes} bytes, even if the Worker had to look into it first.
    </p>
  </section>`;
}

/** The checkout as the waiting room gives it back: browsers return with GET, so the form is empty. */
export function checkoutMain(rooms: readonly string[]): Html {
  return html`<p class="lead">
      You are back from the waiting room. A browser comes back without the form it had sent: send it once
      more, this time it goes through.
    </p>
    ${sessionInWords(rooms)}
    <div class="cards">${orderForm("vip", "VIP upgrade", "Goes straight through now.")}</div>`;
}

/** The page after leaving. */
export function leftMain(rooms: readonly string[]): Html {
  return html`<p class="lead">
      ${
        rooms.length === 0
          ? "You hold no place any more: a protected page sends you to the end of the line."
          : "You still hold a session cookie: look at the integration configuration in the dashboard."
      }
    </p>
    ${sessionInWords(rooms)}
    <p><a class="button" href="/tickets">Queue again for tickets</a></p>`;
}

function orderForm(item: string, label: string, explains: string): Html {
  return html`<form class="card" method="post" action="/checkout">
    <h2>${label}</h2>
    <p>${explains}</p>
    <input type="hidden" name="item" value="${item}" />
    <button>Buy ${label}</button>
  </form>`;
}
