import { html } from "hono/html";
import type { Html } from "../../../charts/html.ts";
import { duration } from "../../../text/duration.ts";
import { figure } from "../../../text/figures.ts";
import { printable } from "../../../text/printable.ts";
import type { Breach } from "../rehearsal.ts";
import { STATES } from "../verdict/sentences.ts";
import type { PromiseVerdict, Verdict } from "../verdict/verdict.ts";

/** Stories on one page: each may have a hundred steps. The JSON has all that there are. */
const MOST_STORIES = 20;

/** What was promised, and how it went. */
export function promisesSection({ promises }: Verdict): Html {
  return html`<section class="card" aria-labelledby="promises">
    <h2 id="promises">Promises</h2>
    <ul class="promises">
      ${promises.map(promiseItem)}
    </ul>
  </section>`;
}

function promiseItem({ state, title, sentence, stories, breaches }: PromiseVerdict): Html {
  const rest = breaches - Math.min(stories.length, MOST_STORIES);
  return html`<li class="promise ${state}">
    <h3>${title}</h3>
    <p class="state">${STATES[state]}</p>
    <p>${sentence}</p>
    ${stories.slice(0, MOST_STORIES).map(storyDetails)}
    ${rest > 0 ? html`<p class="soft">And ${figure(rest)} more, not told here.</p>` : ""}
  </li>`;
}

function storyDetails({ visitor, atMs, what, story }: Breach, index: number): Html {
  return html`<details ${index === 0 ? "open" : ""}>
    <summary>
      ${printable(visitor.kind)} ${visitor.number}, after ${duration(atMs)}: ${printable(what)}
    </summary>
    <ol class="story">
      ${story.map(
        (step) =>
          html`<li>
            <span class="when">${duration(step.atMs)}</span> <code>${printable(step.asked)}</code>
            <span class="got">→ ${printable(step.got)}</span>
          </li>`,
      )}
    </ol>
  </details>`;
}
