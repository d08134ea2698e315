import { html } from "hono/html";
import type { Html } from "../../charts/html.ts";
import type { PublishResult } from "../queue-it/publisher.ts";
import { clockTime, type FormOrigin, originFields } from "./form-fields.ts";
import type { DashboardCustomer, Delivery, FetchResult } from "./options.ts";

/** How the integration configuration reaches the Workers, in the words of those who bring it there. */
export function publishSection({ queueIt, deliveries }: DashboardCustomer, origin: FormOrigin): Html {
  const publishes = deliveries.some(({ owner }) => owner === "publish");
  return html`<section class="card" id="publish">
    <h2>${publishes ? "Publish now" : "How it reaches the Worker"}</h2>
    ${deliveries.map((delivery) => byItself(delivery, queueIt.getVersion(), origin))}
    ${
      publishes
        ? html`<p class="soft">
              Sends the integration configuration to the Worker, signed, as Queue-it’s platform does. Each
              isolate of the Worker notices within its time to live.
            </p>
            <form method="post" action="/publish">${originFields(origin)}<button>Publish now</button></form>
            <p data-live="publish" role="status">${publishState(queueIt)}</p>`
        : ""
    }
  </section>`;
}

/** What the Worker has, compared with what was saved. */
function publishState(queueIt: DashboardCustomer["queueIt"]): Html {
  const [version, last, accepted] = [queueIt.getVersion(), queueIt.lastPublish(), queueIt.lastAccepted()];
  const held =
    accepted === undefined
      ? "No version has been published yet."
      : `The Worker has version ${accepted.version}.`;
  if (last !== undefined && !last.accepted) {
    return html`<strong class="bad"
        >Version ${last.version} was not accepted, ${clockTime(last.at)}: ${last.answer}</strong
      >
      ${remedyFor(last)} ${held}`;
  }
  if (last?.version !== version) {
    return html`<strong class="warn">Version ${version} is saved, but not published.</strong> ${held}`;
  }
  return html`<strong class="good">${last.answer}</strong> Version ${version}, ${clockTime(last.at)}: the
    Worker has it.`;
}

function remedyFor({ answer }: PublishResult): string {
  if (answer === "Fail!") {
    return (
      "The Worker refused it: the reason is in its log, in the terminal where this was started. Fix " +
      "that, and publish again."
    );
  }
  if (answer.startsWith("No deployed environment")) {
    return "Deploy an environment whose routes send its publish address to the Worker, and publish again.";
  }
  return (
    "This is not the Worker’s own answer: check the terminal where this was started, and which route " +
    "takes the publish address."
  );
}

function byItself(delivery: Delivery, version: number, origin: FormOrigin): Html | "" {
  const { environment, owner } = delivery;
  switch (owner) {
    case "publish":
      return "";
    case "pull":
      return html`<p>
          <strong>${environment}</strong>: the Worker fetches it by itself, at <code>${delivery.cron}</code>
          (UTC). What is saved here reaches it then; there is nothing to publish.
        </p>
        <form method="post" action="/fetch">
          ${originFields(origin)}<input type="hidden" name="environment" value="${environment}" /><button>
            Fetch now
          </button>
        </form>
        <p data-live="fetch-${environment}" role="status">${fetchState(delivery.lastFetch(), version)}</p>`;
    case "file":
      return html`<p>
        <strong>${environment}</strong>: the Worker has the JSON file of this environment. What is saved here
        changes the waiting rooms only; to change the Worker, edit that file and deploy again.
      </p>`;
  }
}

function fetchState(last: FetchResult | undefined, version: number): Html | "" {
  if (last === undefined) return "";
  const since = last.version === version ? "" : `Version ${version} was saved since.`;
  return last.problem === undefined
    ? html`<strong class="good">The Worker has fetched version ${last.version}</strong>,
        ${clockTime(last.at)}. ${since}`
    : html`<strong class="bad">The Worker has not fetched version ${last.version}</strong>,
        ${clockTime(last.at)}. ${last.problem} ${since}`;
}
