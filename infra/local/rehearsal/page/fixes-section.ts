import { html } from "hono/html";
import type { Html } from "../../../charts/html.ts";
import { printable } from "../../../text/printable.ts";
import type { Fix, Verdict } from "../verdict/verdict.ts";

/** What to do before the sale, the gravest first. */
export function fixesSection({ fixes }: Verdict): Html {
  return html`<section class="card" aria-labelledby="fixes">
    <h2 id="fixes">What to fix</h2>
    ${
      fixes.length === 0
        ? html`<p>Nothing was found in what was tried.</p>`
        : html`<ol class="fixes">
            ${fixes.map(fixItem)}
          </ol>`
    }
  </section>`;
}

function fixItem({ level, title, explanation, remedy }: Fix): Html {
  return html`<li>
    <h3><span class="level ${level}">${level}</span> ${printable(title)}</h3>
    <p>${printable(explanation)}</p>
    <p class="remedy">${printable(remedy)}</p>
  </li>`;
}
