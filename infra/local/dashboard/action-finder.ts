import { html } from "hono/html";
import type { Html } from "../../charts/html.ts";
import { type FormOrigin, originFields } from "./form-fields.ts";
import type { ListedAction } from "./one-action.ts";
import type { DashboardCustomer } from "./options.ts";
import { addressOf } from "./tabs.ts";

const MOST_FOUND = 20;

export interface Found {
  /** The one that is edited. */
  readonly action: number;
  /** Words to look for; empty for those around the one that is edited. */
  readonly find: string;
  /** Characters of the whole configuration. */
  readonly length: number;
}

/** Finds the action to edit in a configuration that is too large for an editor. */
export function actionFinder(
  { customerId }: DashboardCustomer,
  listed: readonly ListedAction[],
  { action, find, length }: Found,
): Html {
  const wanted = find.toLowerCase();
  const found =
    find === ""
      ? listed.slice(Math.max(0, Math.min(action - 5, listed.length - 10))).slice(0, 10)
      : listed.filter(({ words }) => words.toLowerCase().includes(wanted));
  const more = found.length - MOST_FOUND;
  return html`<p>
      It has ${listed.length.toLocaleString("en")} actions in ${length.toLocaleString("en")} characters, more
      than a browser can edit at once: choose one of them here, or download all of it below.
    </p>
    <form method="get" action="/configuration" role="search" class="fields">
      <input type="hidden" name="customer" value="${customerId}" />
      <p class="grow">
        <label for="find">Number, name, type or waiting room of an action</label>
        <input id="find" name="find" type="search" value="${find}" autocomplete="off" spellcheck="false" />
      </p>
      <p class="at-end"><button>Find</button></p>
    </form>
    <ul class="found">
      ${found.length === 0 ? html`<li>No action is like that.</li>` : ""}
      ${found.slice(0, MOST_FOUND).map(
        ({ index, words }) =>
          html`<li>
            <a
              href="${addressOf("configuration", customerId, { action: String(index), find })}"
              ${index === action ? html`aria-current="true"` : ""}
              >${words}</a
            >
          </li>`,
      )}
    </ul>
    ${more > 0 ? html`<p class="soft">and ${more.toLocaleString("en")} more</p>` : ""}`;
}

/** The whole configuration as a file, out and in again. */
export function wholeFile({ customerId }: DashboardCustomer, origin: FormOrigin): Html {
  return html`<details id="whole-file">
    <summary>The whole configuration as a file</summary>
    <p>
      <a href="/configuration.json?${new URLSearchParams({ customer: customerId }).toString()}" download
        >Download it</a
      >, change it in your own editor, and save it from there:
    </p>
    <form method="post" action="/configuration#answer" enctype="multipart/form-data" data-file>
      ${originFields(origin)}
      <label for="file">File with the integration configuration</label>
      <input id="file" name="json" type="file" accept="application/json,.json" required />
      <button class="plain">Save the file</button>
    </form>
  </details>`;
}
