import { html } from "hono/html";
import type { ShownCase } from "./guide.ts";
import type { Html } from "../../charts/html.ts";

/** What pages know of the visitor and of the Cloudflare in front of them. */
export interface SeenBy {
  /** Waiting rooms whose session cookie the browser sent. */
  readonly rooms: readonly string[];
  /** What there is to try on this site. */
  readonly cases: readonly ShownCase[];
  /** Which route and which action decide about this page. */
  readonly cause: string;
}

/** Says in plain words whether the browser holds a session cookie. */
function sessionInWords(rooms: readonly string[]): Html {
  return rooms.length === 0
    ? html`<p>Your browser holds no session cookie of a waiting room.</p>`
    : html`<p>Your browser holds the session cookie of <strong>${rooms.join(", ")}</strong>.</p>`;
}

/** The front page: what there is to try. */
export function homeMain(seen: SeenBy): Html {
  return html`<p class="lead">
      A small shop behind a virtual waiting room. Each of these shows one thing that the connector does.
    </p>
    ${sessionInWords(seen.rooms)} ${caseCards(seen.cases)}`;
}

/** What the shop says where it has nothing. */
export function nothingMain(seen: SeenBy): Html {
  if (seen.cases.length === 0) {
    return html`<p class="lead">
        The shop has nothing at this address or anywhere else on this host: no environment mentions it.
      </p>
      <p>${seen.cause}</p>`;
  }
  return html`<p class="lead">The shop has nothing at this address; it has these.</p>
    <p>${seen.cause}</p>
    ${caseCards(seen.cases)}`;
}

/** The health check as a person sees it. */
export function healthMain(seen: SeenBy): Html {
  return html`<section class="card">
    <h2>ok</h2>
    <p>The shop answers every health check with this one word.</p>
    <p>${seen.cause}</p>
    ${sessionInWords(seen.rooms)}
  </section>`;
}

/** A page of the environment's own routes and coverage. */
export function environmentMain(seen: SeenBy & { readonly search: string }): Html {
  return html`<section class="card">
    <h2>This is what your shop would show here</h2>
    <p>${seen.cause}</p>
    ${sessionInWords(seen.rooms)}
    ${seen.search === "" ? "" : html`<p>The shop was asked with the query <code>${seen.search}</code>.</p>`}
  </section>`;
}

/** Stands before a page of the demo that this environment's routes and actions do not fit. */
export function notAsDescribed(cause: string): Html {
  return html`<section class="card">
    <h2>Not in this environment</h2>
    <p>
      This page belongs to a case that the environment's routes and actions do not set up: it may not do what
      it says. ${cause}
    </p>
  </section>`;
}

function caseCards(cases: readonly ShownCase[]): Html {
  return html`<ul class="cards">
    ${cases.map(
      ({ label, path, explains, cause }) =>
        html`<li class="card">
          <h2><a href="${path}">${label}</a></h2>
          <p>${explains} ${cause}</p>
        </li>`,
    )}
  </ul>`;
}

/** The protected page. */
export function ticketsMain(
  seen: SeenBy & { readonly search: string; readonly visits: number; readonly served: number },
): Html {
  return html` <section class="card">
    ${
      seen.rooms.length === 0
        ? html`<h2>You are in, without a session cookie</h2>
            <p>
              Nothing made you queue. ${seen.cause} The dashboard shows the integration configuration, and
              whether the Worker has accepted it.
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
      <a href="/tickets?seat=B7">Another seat</a> does not make you queue now;
      <a href="/leave">leaving</a> ends that.
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
      ${orderForm("vip", "VIP upgrade", "Has to queue: the configuration reads the form to find VIP orders.")}
    </div>`;
}

/** What the shop says to an order. */
export function orderedMain(order: { readonly item: string; readonly bytes: number }): Html {
  return html`<section class="card">
    <h2 class="good">Ordered: ${order.item}</h2>
    <p>
      The shop received the whole form, ${order.bytes} bytes, even though the Worker may have had to read it
      first.
    </p>
  </section>`;
}

/** The checkout as the waiting room gives it back: browsers return with GET, so the form is empty. */
export function checkoutMain(rooms: readonly string[]): Html {
  return html`<p class="lead">
      ${
        rooms.length === 0
          ? "You came here without a waiting room."
          : "You are back from the waiting room. A browser comes back without the form it had sent: send it once more, this time it goes through."
      }
    </p>
    ${sessionInWords(rooms)}
    <div class="cards">
      ${orderForm("vip", "VIP upgrade", rooms.length === 0 ? "" : "Goes straight through now.")}
    </div>`;
}

/** The page after leaving. */
export function leftMain({ rooms, cases, cause }: SeenBy): Html {
  const queueing = cases.find(({ queues }) => queues);
  return html`<p class="lead">
      ${
        rooms.length === 0
          ? html`A page that queues sends you to the end of the line. ${cause}`
          : html`Nothing was given up: your session continues. ${cause}`
      }
    </p>
    ${sessionInWords(rooms)}
    ${
      queueing === undefined
        ? ""
        : html`<p><a class="button" href="${queueing.path}">Queue again: ${queueing.label}</a></p>`
    }`;
}

function orderForm(item: string, label: string, explains: string): Html {
  return html`<form class="card" method="post" action="/checkout">
    <h2>${label}</h2>
    <p>${explains}</p>
    <input type="hidden" name="item" value="${item}" />
    <button>Buy ${label}</button>
  </form>`;
}
