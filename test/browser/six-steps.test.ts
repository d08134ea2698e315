import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Preview, startPreview } from "../../infra/local/preview/preview.ts";
import { readTarget } from "../../infra/project/targets.ts";
import { launchBrowser } from "./launch.ts";

const launched = await launchBrowser();
if ("missing" in launched) console.warn(`SKIPPED: no Chromium on this machine (${launched.missing}).`);

describe.skipIf("missing" in launched)("a visitor with a real browser", () => {
  const browser = (launched as { browser: Browser }).browser;
  let preview: Preview;
  let page: Page;
  const shop = (path: string) => preview.localUrl(`https://shop.staging.example.com${path}`);

  beforeAll(async () => {
    preview = await startPreview({
      ...(await readTarget("staging")),
      port: 0,
      outflow: 0,
      log: () => undefined,
    });
    page = await browser.newPage();
  });

  afterAll(async () => {
    await browser.close();
    await preview.close();
  });

  it("is sent to the waiting room by a protected page", async () => {
    await page.goto(shop("/tickets?seat=A12&seat=%C3%A9"));
    expect(new URL(page.url()).host).toBe(new URL(preview.localUrl("https://acme.queue-it.net/")).host);
  });

  it("sees that it has to wait", async () => {
    expect(await page.textContent("h1")).toMatch(/line|wait|turn/i);
  });

  it("is told when the waiting room does not answer, and when it does again", async () => {
    await page.route("**/status", (route) => route.abort());
    await page.getByText("The waiting room does not answer.").waitFor();
    await page.unroute("**/status");
    await page.getByText("The waiting room does not answer.").waitFor({ state: "hidden" });
  });

  it("keeps its place when it loads the page again", async () => {
    const place = page.url();
    await page.reload();
    expect(page.url()).toBe(place);
  });

  it("comes back to the same address when it is its turn, without the token", async () => {
    preview.queueIt.setOutflow(600);
    await page.waitForURL(shop("/tickets?seat=A12&seat=%C3%A9"));
    expect(page.url()).not.toContain("queueittoken");
  });

  it("has the session cookie", async () => {
    const cookies = await page.context().cookies(shop("/tickets"));
    expect(cookies.map(({ name }) => name)).toContain("QueueITAccepted-SDFrts345E-V3_demotickets");
  });

  it("browses on without waiting again", async () => {
    preview.queueIt.setOutflow(0);
    const answer = await page.goto(shop("/tickets?seat=B7"));
    expect(answer?.status()).toBe(200);
    expect(page.url()).toBe(shop("/tickets?seat=B7"));
  });

  it("got the static files of these pages straight from the origin", () => {
    const files = preview.requests.filter(({ url }) => url.includes("/static/"));
    expect(files.length).toBeGreaterThan(0);
    expect(files.map(({ worker }) => worker)).toEqual(files.map(() => null));
  });

  it("is sent to the waiting room by an AJAX call of an open page", async () => {
    await page.goto(shop("/stock"));
    await Promise.all([page.waitForURL(/acme\.queue-it\.net\.localhost/), page.click("main button")]);
    expect(await page.textContent("h1")).toMatch(/line|wait|turn/i);
  });

  it("has to queue again after it has left", async () => {
    await page.goto(shop("/leave"));
    await page.goto(shop("/tickets"));
    expect(new URL(page.url()).host).toContain("acme.queue-it.net");
  });
});
