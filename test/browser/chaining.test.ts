import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Preview, startPreview } from "../../infra/local/preview/preview.ts";
import { stagingWith } from "../infra/local/server/environments.ts";
import { launchBrowser } from "./launch.ts";

const launched = await launchBrowser();
if ("missing" in launched) console.warn(`SKIPPED: no Chromium on this machine (${launched.missing}).`);

describe.skipIf("missing" in launched)("a visitor of a shop with a Worker behind the connector", () => {
  const browser = (launched as { browser: Browser }).browser;
  let preview: Preview;
  let page: Page;
  const shop = (path: string) => preview.localUrl(`https://shop.staging.example.com${path}`);

  beforeAll(async () => {
    const target = await stagingWith({ worker: { source: "bundled", then: { service: "shop-frontend" } } });
    preview = await startPreview({ ...target, port: 0, outflow: 0, log: () => undefined });
    page = await browser.newPage();
  });

  afterAll(async () => {
    await browser.close();
    await preview.close();
  });

  it("waits in the queue before that Worker sees anything", async () => {
    await page.goto(shop("/tickets?seat=A12"));
    expect(new URL(page.url()).host).toBe(new URL(preview.localUrl("https://acme.queue-it.net/")).host);
  });

  it("gets its page from that Worker, with the session of the connector", async () => {
    preview.queueIt.setOutflow(600);
    await page.waitForURL(shop("/tickets?seat=A12"));
    expect(await page.textContent("[data-worker]")).toBe("This page came through the Worker shop-frontend.");
    const cookies = await page.context().cookies(shop("/tickets"));
    expect(cookies.map(({ name }) => name)).toContain("QueueITAccepted-SDFrts345E-V3_demotickets");
  });

  it("gets pages that do not queue from it, too, and static files past both", async () => {
    await page.goto(shop("/"));
    expect(await page.textContent("[data-worker]")).toContain("shop-frontend");
    const files = preview.requests.filter(({ url }) => url.includes("/static/"));
    expect(files.map(({ worker }) => worker)).toEqual(files.map(() => null));
  });
});
