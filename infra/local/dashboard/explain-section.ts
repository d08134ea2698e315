import { html } from "hono/html";
import type { ExplainedRequest } from "../../configuration/explain/explain-request.ts";
import { explainedSteps } from "../../configuration/explain/explained-steps.ts";
import type { Html } from "../../charts/html.ts";
import { type FormOrigin, originFields } from "./form-fields.ts";
import type { DashboardCustomer } from "./options.ts";
import type { TriedFields } from "./tried-request.ts";

/** What was typed into the box, and what came of it: a text says why nothing did. */
export interface Tried {
  readonly fields: TriedFields;
  readonly answer: ExplainedRequest | string;
}

/** A box to try a request: what would happen to it, step by step. The site is not asked. */
export function explainSection(
  customer: DashboardCustomer,
  origin: FormOrigin,
  tried: Tried | undefined,
): Html {
  const { url, method, headers, body } = tried?.fields ?? {
    url: customer.links()[0]?.url ?? "",
    method: "GET",
    headers: "",
    body: "",
  };
  return html`<section class="card wide" id="explain">
    <h2>Explain a request</h2>
    <form method="post" action="/explain#explained" data-explain>
      ${originFields(origin)}
      <div class="fields">
        <p class="grow">
          <label for="tried-url">Address</label>
          <input id="tried-url" name="url" value="${url}" dir="ltr" autocomplete="off" spellcheck="false" />
        </p>
        <p>
          <label for="tried-method">Method</label>
          <input
            id="tried-method"
            name="method"
            value="${method}"
            size="7"
            autocomplete="off"
            spellcheck="false"
          />
        </p>
      </div>
      <details ${headers === "" && body === "" ? "" : "open"}>
        <summary>Cookies, headers and body</summary>
        <label for="tried-headers">Headers, one a line, such as <code>Cookie: vip=1</code></label>
        <textarea id="tried-headers" name="headers" class="short" dir="ltr" spellcheck="false">
${headers}</textarea>
        <label for="tried-body">Body</label>
        <textarea id="tried-body" name="body" class="short" dir="ltr" spellcheck="false">${body}</textarea>
      </details>
      <div class="row"><button>Explain</button><span class="soft">Nothing is sent to the site.</span></div>
    </form>
    <div id="explained" tabindex="-1" role="status" aria-label="Explanation" data-explained>
      ${tried === undefined ? "" : explanation(tried.answer)}
    </div>
  </section>`;
}

function explanation(answer: ExplainedRequest | string): Html {
  if (typeof answer === "string") return html`<p class="bad">${answer}</p>`;
  return html`<dl class="explained">
    ${explainedSteps(answer, false).map(
      ({ title, lines }) =>
        html`<div>
          <dt>${title}</dt>
          ${lines.map((line) => html`<dd>${line}</dd>`)}
        </div>`,
    )}
  </dl>`;
}
