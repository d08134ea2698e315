import type { Context } from "hono";
import { cors } from "hono/cors";
import { html } from "hono/html";
import type { Html } from "../../charts/html.ts";
import { parsedUrl } from "../../url/parsed-url.ts";

/** Allows calls of apps whose names are below the site's, as the API of a shop with such apps does. */
export const forApps = cors({
  origin: (origin, context: Context) => (isBelow(origin, context.req.url) ? origin : undefined),
  credentials: true,
  allowHeaders: ["content-type", "x-queueit-ajaxpageurl", "x-queueittoken"],
});

/** Whether an origin's name is below a site's. */
function isBelow(origin: string, site: string): boolean {
  const [theirs, ours] = [parsedUrl(origin), new URL(site)];
  if (theirs === undefined) return false;
  return theirs.protocol === ours.protocol && theirs.hostname.endsWith(`.${ours.hostname}`);
}

/** The page of an app that is on another origin than the shop, and calls it. */
export function elsewherePage(): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>An app on another origin</title>
        <link rel="icon" href="/static/logo.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/static/app.css" />
        <script src="/static/call-shop.js" defer></script>
        <script src="/static/elsewhere.js" defer></script>
      </head>
      <body>
        <main>
          <h1>An app on another origin</h1>
          <p class="lead">
            This page calls the shop above it. Its origin has to be among
            <code>queueIt.allowedOrigins</code> of the shop’s environment.
          </p>
          <section class="card">
            <button data-call="GET" type="button">How many are left?</button>
            <button data-call="POST" type="button">Reserve one</button>
            <output></output>
          </section>
        </main>
      </body>
    </html>`;
}
