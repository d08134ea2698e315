import { html } from "hono/html";
import { readConfigurationFile } from "../../queue-it/configuration-file.ts";
import { configurationWarnings } from "../../queue-it/configuration-warnings.ts";
import type { ConfigurationWarning } from "../../queue-it/warning.ts";
import type { Html } from "../queue-it/page.ts";
import { type FormOrigin, originFields } from "./form-fields.ts";
import type { DashboardCustomer } from "./options.ts";

/** What became of what was typed into the editor. */
export type EditorAnswer =
  | { readonly saved: number }
  /** It could not be taken, and is shown again. */
  | { readonly text: string; readonly reasons: readonly string[] };

/** The integration configuration to edit. What became of a save stands beside its button. */
export function editorSection(
  customer: DashboardCustomer,
  origin: FormOrigin,
  { answer, hasText }: { readonly answer: EditorAnswer | undefined; readonly hasText: boolean },
): Html {
  const { queueIt } = customer;
  const typed = answer !== undefined && "text" in answer ? answer.text : undefined;
  return html`<section class="card wide" id="configuration">
    <h2>Integration configuration</h2>
    <form method="post" action="/configuration#answer" data-editor>
      ${originFields(origin)}
      <input type="hidden" name="version" value="${queueIt.getVersion()}" />
      <label for="json">Which requests have to queue, as JSON. ${afterSaving(customer)}</label>
      <textarea
        id="json"
        name="json"
        dir="ltr"
        spellcheck="false"
        autocomplete="off"
        aria-describedby="answer"
      >
${hasText ? "" : (typed ?? queueIt.getConfiguration())}</textarea>
      <div class="row">
        <button>Save</button>
        <span class="soft" data-live="version">Version ${queueIt.getVersion()} is saved.</span>
        <span class="warn" role="status" data-edited></span>
      </div>
      <div id="answer" tabindex="-1" data-answer>${answerText(customer, answer)}</div>
      <div data-live="warnings" role="status">${warningList(customer)}</div>
    </form>
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
    <ul class="problems">
      ${answer.reasons.map((reason) => html`<li>${reason}</li>`)}
    </ul>
  </div>`;
}

function warningList(customer: DashboardCustomer): Html | "" {
  const warnings = warningsOf(customer);
  if (warnings.length === 0) return "";
  return html`<div class="warning">
    <strong>The configuration in use works, but check this:</strong>
    <ul class="problems">
      ${warnings.map(({ what, remedy }) => html`<li>${what} → ${remedy}</li>`)}
    </ul>
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
