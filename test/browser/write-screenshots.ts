/**
 * Writes the pictures of the dashboard in docs/images/, in light and dark, from a preview of staging: `npm run
 * docs:screenshots`. Needs Chromium (test/browser/launch.ts).
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { startPreview } from "../../infra/local/preview/preview.ts";
import { stagingWith } from "../infra/local/server/environments.ts";
import { launchBrowser } from "./launch.ts";

const FOLDER = process.argv[2] ?? join(PACKAGE_ROOT, "docs/images");

const launched = await launchBrowser();
if ("missing" in launched) throw new Error(`There is no Chromium on this machine: ${launched.missing}`);
const { browser } = launched;
const preview = await startPreview({ ...(await stagingWith()), port: 0, outflow: 120, log: () => undefined });
try {
  await mkdir(FOLDER, { recursive: true });
  const page = await browser.newPage({ viewport: { width: 900, height: 760 } });
  await page.goto(preview.dashboardUrl);
  await page.click("#visitors button[value='1000']");
  await page.getByText("1,000 visitors are on the way.").waitFor();
  await page.locator("#visitors dd", { hasText: "1,000" }).first().waitFor();
  // Until the first have left: charts of a moment would show nothing.
  await page.locator("#visitors dd").nth(4).filter({ hasText: /[1-9]/ }).waitFor({ timeout: 300_000 });
  await page.click("#fault-kv-slow");
  await page.locator(".faults-on").waitFor();
  await page.evaluate("document.querySelector('#activity').scrollIntoView()");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await picture(page, `dashboard-overview-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.click("nav.pages a:has-text('Requests')");
  await page.selectOption("#filter-decision", "let-in");
  await page.keyboard.press("Enter");
  await page.click("#requests button");
  await picture(page, "dashboard-requests");
  await page.setViewportSize({ width: 320, height: 640 });
  await page.click("nav.pages a:has-text('Overview')");
  await picture(page, "dashboard-phone");
} finally {
  await browser.close();
  await preview.close();
}

/** What of the page is in sight. */
async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate("document.fonts.ready");
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
}
