import { html } from "hono/html";
import type { Html } from "../../charts/html.ts";

/** Only our own style sheet and script: whatever a visitor sends, it is never run. */
export const PAGE_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
} as const;

/** The frame of every page of the local Queue-it. */
export function page(content: { readonly title: string; readonly head?: Html; readonly main: Html }): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${content.title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/theme.css" />
        <link rel="stylesheet" href="/assets/waiting-room.css" />
        ${content.head ?? ""}
      </head>
      <body>
        <p class="notice">
          Local Queue-it: a stand-in that runs on this machine only. Nothing here reaches Queue-it’s service.
        </p>
        <main><div class="card">${content.main}</div></main>
      </body>
    </html>`;
}

/** The table of technical facts at the foot of a page. */
export function technicalDetails(rows: readonly (readonly [string, string | undefined])[]): Html {
  return html`<details>
    <summary>Technical details</summary>
    <dl>
      ${rows.map(([name, value]) =>
        value === undefined || value === ""
          ? ""
          : html`<dt>${name}</dt>
              <dd><code>${value}</code></dd>`,
      )}
    </dl>
  </details>`;
}
