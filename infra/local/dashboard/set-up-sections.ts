import { html } from "hono/html";
import { readable } from "../../text/readable.ts";
import type { Html } from "../../charts/html.ts";
import type { DashboardCustomer } from "./options.ts";

/** More sites than this are folded, so that what can be changed stays near the top. */
const MOST_OPEN_SITES = 1;

/** Of more sites, and of more addresses on one, nobody tries all. */
const MOST_SITES = 50;
const MOST_LINKS = 30;

/** What there is to try, site by site. */
export function linksSection({ links }: DashboardCustomer): Html {
  const all = links();
  const bySite = new Map(all.map(({ site }) => [site, all.filter((link) => link.site === site)]));
  const folded = bySite.size > MOST_OPEN_SITES;
  return html`<section class="card" id="try">
    <h2>Try it</h2>
    <div data-live="links">
      ${bySite.size === 0 ? "Nothing is deployed yet." : ""}
      ${[...bySite].slice(0, MOST_SITES).map(([site, ofSite], index) =>
        folded
          ? html`<details ${index === 0 ? "open" : ""}>
              <summary><bdi>${readable(site)}</bdi></summary>
              ${linkList(ofSite)}
            </details>`
          : linkList(ofSite),
      )}
      ${andMore(bySite.size - MOST_SITES, "sites")}
    </div>
  </section>`;
}

function linkList(links: ReturnType<DashboardCustomer["links"]>): Html {
  return html`<ul class="links">
      ${links
        .slice(0, MOST_LINKS)
        .map(
          ({ label, url, explains }) =>
            html`<li>
              <a href="${url}" target="_blank" rel="noopener">${readable(label)}</a
              ><span class="detail">${explains}</span>
            </li>`,
        )}
    </ul>
    ${andMore(links.length - MOST_LINKS, "addresses")}`;
}

function andMore(count: number, what: string): Html | "" {
  return count > 0 ? html`<p class="soft">and ${count.toLocaleString("en")} more ${what}</p>` : "";
}

/** What was set up, and how long it took. */
export function stepsSection({ steps }: DashboardCustomer): Html {
  return html`<section class="card wide" id="set-up">
    <h2>What was set up</h2>
    <ul class="steps" data-live="steps">
      ${steps().map(
        ({ title, detail, milliseconds }) =>
          html`<li>
            <span class="time">${milliseconds < 1 ? "" : `${Math.round(milliseconds)} ms`}</span>${title}<span
              class="detail"
              >${readable(detail)}</span
            >
          </li>`,
      )}
    </ul>
  </section>`;
}
