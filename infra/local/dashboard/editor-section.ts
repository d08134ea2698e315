import { html } from "hono/html";
import { readConfigurationFile } from "../../queue-it/configuration-file.ts";
import { configurationWarnings } from "../../queue-it/configuration-warnings.ts";
import type { ConfigurationWarning } from "../../queue-it/warning.ts";
import type { Html } from "../../charts/html.ts";
import { actionFinder, wholeFile } from "./action-finder.ts";
import { type FormOrigin, originFields } from "./form-fields.ts";
import { ActionsOf, isLarge } from "./one-action.ts";
import type { DashboardCustomer } from "./options.ts";

/** What became of what was typed into the editor. */
export type EditorAnswer =
  | { readonly saved: number }
  /** It could not be taken, and is shown again. */
  | { readonly text: string; readonly reasons: readonly string[] };

export interface Edited {
  readonly answer: EditorAnswer | undefined;
  /** Whether the editor is left empty: the page that asks has its text, which may be of megabytes. */
  readonly hasText: boolean;
  /** Which action of a large configuration is edited; the first is 0. */
  readonly action: number;
  /** Words of the actions to list. */
  readonly find: string;
}

/** More reasons and warnings nobody reads at once. */
const MOST_LISTED = 30;

const actions = new WeakMap<DashboardCustomer, ActionsOf>();

/** The actions of a customer's configuration. */
export function actionsOf(customer: DashboardCustomer): ActionsOf {
  const known = actions.get(customer) ?? new ActionsOf();
  actions.set(customer, known);
  return known;
}

/**
 * The integration configuration to edit: all of it, or one action where all of it is more than a browser can edit.
 * What became of a save stands beside its button.
 */
export function editorSection(customer: DashboardCustomer, origin: FormOrigin, edited: Edited): Html {
  const { queueIt } = customer;
  const { answer, hasText, action, find } = edited;
  const json = queueIt.getConfiguration();
  const large = isLarge(json);
  const given = answer !== undefined && "text" in answer ? answer.text : undefined;
  // A file that was refused is where it came from, and no text for an editor.
  const typed = given !== undefined && large && isLarge(given) ? undefined : given;
  const shown = typed ?? (large ? (actionsOf(customer).text(json, action) ?? "") : json);
  return html`<section class="card wide" id="configuration">
    <h2>Integration configuration</h2>
    ${large ? actionFinder(customer, actionsOf(customer).list(json), { action, find, length: json.length }) : ""}
    <form method="post" action="/configuration#answer" data-editor>
      ${originFields(origin)}
      <input type="hidden" name="version" value="${queueIt.getVersion()}" />
      ${large ? html`<input type="hidden" name="action" value="${action}" />` : ""}
      <label for="json"
        >${large ? `Action ${action + 1}, as JSON.` : "Which requests have to queue, as JSON."}
        ${afterSaving(customer)}</label
      >
      <textarea
        id="json"
        name="json"
        dir="ltr"
        spellcheck="false"
        autocomplete="off"
        aria-describedby="answer"
      >
${hasText ? "" : shown}</textarea>
      <div class="row">
        <button>Save</button>
        <span class="soft" data-live="version">Version ${queueIt.getVersion()} is saved.</span>
        <span class="warn" role="status" data-edited></span>
      </div>
      <div id="answer" tabindex="-1" data-answer>${answerText(customer, answer)}</div>
      <div data-live="warnings" role="status">${warningList(customer)}</div>
    </form>
    ${wholeFile(customer, origin)}
  </section>`;
}

function afterSaving({ deliveries }: DashboardCustomer): string {
  return deliveries.some(({ owner }) => owner === "publish")
    ? "Saving increases the version; publish it afterwards."
    : "Saving increases the version.";
}

function answerText({ deliveries }: DashboardCustomer, answer: EditorAnswer | undefined): Html | "" {
  if (answer === undefined) return "";
  if ("saved" in answer) {
    const publishes = deliveries.some(({ owner }) => owner === "publish");
    return html`<p class="good" role="status">
      <strong>Saved as version ${answer.saved}.</strong> ${
        publishes
          ? html`It is not published yet: <a href="#publish">publish it</a>.`
          : html`<a href="#publish">How it reaches the Worker</a>`
      }
    </p>`;
  }
  return html`<div class="bad" role="alert">
    <strong>Not saved. The configuration that was there is still in use.</strong>
    ${problemList(answer.reasons)}
  </div>`;
}

function problemList(problems: readonly string[]): Html {
  const more = problems.length - MOST_LISTED;
  return html`<ul class="problems">
    ${problems.slice(0, MOST_LISTED).map((problem) => html`<li>${problem}</li>`)}
    ${more > 0 ? html`<li>and ${more.toLocaleString("en")} more</li>` : ""}
  </ul>`;
}

function warningList(customer: DashboardCustomer): Html | "" {
  const warnings = warningsOf(customer);
  if (warnings.length === 0) return "";
  return html`<div class="warning">
    <strong>The configuration in use works, but check this:</strong>
    ${problemList(warnings.map(({ what, remedy }) => `${what} → ${remedy}`))}
  </div>`;
}

/** The page asks every second, and a large configuration takes long to read. */
const latest = new WeakMap<
  DashboardCustomer,
  { readonly json: string; readonly warnings: readonly ConfigurationWarning[] }
>();

function warningsOf(customer: DashboardCustomer): readonly ConfigurationWarning[] {
  const json = customer.queueIt.getConfiguration();
  const known = latest.get(customer);
  if (known?.json === json) return known.warnings;
  const file = readConfigurationFile(json);
  const warnings = file.ok ? configurationWarnings(file.configuration, customer.matching) : [];
  latest.set(customer, { json, warnings });
  return warnings;
}
