import { html } from "hono/html";
import type { Html } from "../../charts/html.ts";
import type { DemoCase } from "./cases.ts";

/** The frame of every page of the shop. */
export function page(content: {
  /** Which site this is: one shop serves them all. */
  readonly hostname: string;
  readonly path: string;
  readonly title: string;
  readonly main: Html;
  /** Pages to go to. */
  readonly cases: readonly DemoCase[];
  /** Which route and which action decide about this page. */
  readonly cause: string;
}): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${content.title} · ${content.hostname}</title>
        <link rel="icon" href="/static/logo.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/static/app.css" />
        <script src="/static/app.js" defer></script>
      </head>
      <body>
        <header>
          <a class="brand" href="/"
            ><img src="/static/logo.svg" alt="" width="36" height="36" />${content.hostname}</a
          >
          <nav aria-label="Shop">
            ${content.cases.map(
              ({ path, label }) =>
                html`<a href="${path}" ${isAt(path, content.path) ? html`aria-current="page"` : ""}
                  >${label}</a
                >`,
            )}
          </nav>
        </header>
        <main>
          <h1>${content.title}</h1>
          ${content.main}
        </main>
        <footer>
          This page came <strong data-served="">…</strong>, its logo
          <strong data-served="/static/logo.svg">…</strong>. ${content.cause} The shop is a demo: nothing is
          sold here.
        </footer>
      </body>
    </html>`;
}

function isAt(address: string, path: string): boolean {
  return address.split("?", 1)[0] === path;
}
