import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { html, raw } from "hono/html";
import { bandList } from "../../../charts/bands.ts";
import type { Html } from "../../../charts/html.ts";
import type { Rehearsal } from "../rehearsal.ts";
import { rehearsedSentence } from "../verdict/sentences.ts";
import { isBroken, type Verdict } from "../verdict/verdict.ts";
import { bandsOf, chartsOf } from "./charts.ts";
import { fixesSection } from "./fixes-section.ts";
import {
  costSection,
  notTriedSection,
  requestsSection,
  technicalSection,
  waitsSection,
} from "./figures-sections.ts";
import { promisesSection } from "./promises-section.ts";

const STYLE_SHEETS = [
  "../../queue-it/assets/theme.css",
  "../../../charts/assets/charts.css",
  "./assets/rehearsal.css",
];

/**
 * The whole verdict as one page that needs nothing else: to be opened from a folder, sent and printed. It has no
 * script, and forbids itself everything but its own style.
 */
export async function rehearsalPage(rehearsal: Rehearsal, verdict: Verdict): Promise<string> {
  const style = STYLE_SHEETS.map((path) => readFileSync(new URL(path, import.meta.url), "utf8")).join("\n");
  const hash = createHash("sha256").update(style).digest("base64");
  const bands = bandsOf(rehearsal);
  return String(
    await html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta
            http-equiv="content-security-policy"
            content="default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'"
          />
          <title>Rehearsal of ${verdict.environment}: ${verdict.scenario.name}</title>
          <link rel="icon" href="data:," />
          ${raw(`<style>${style}</style>`)}
        </head>
        <body>
          ${heading(verdict)}
          <main>
            ${promisesSection(verdict)} ${fixesSection(verdict)}
            <section class="card" aria-labelledby="course">
              <h2 id="course">How it went</h2>
              ${chartsOf(rehearsal)} ${bandList(bands)}
            </section>
            ${waitsSection(verdict)} ${requestsSection(verdict)} ${costSection(verdict)}
            ${notTriedSection(verdict)} ${technicalSection(rehearsal)}
          </main>
        </body>
      </html>`,
  );
}

function heading(verdict: Verdict): Html {
  const { environment, scenario, headline } = verdict;
  return html`<header>
    <p class="eyebrow">Rehearsal of <strong>${environment}</strong></p>
    <h1>${scenario.name}</h1>
    <p class="headline ${isBroken(verdict) ? "bad" : ""}">${headline}</p>
    <p class="soft">${rehearsedSentence(verdict)}</p>
  </header>`;
}
