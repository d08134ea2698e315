import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { validateEnvironments } from "../../infra/environments/definition/validation.ts";
import staging from "../../infra/environments/staging.ts";
import { buildBundle } from "../../infra/bundles/build-bundle.ts";
import { type Preview, startPreview } from "../../infra/local/preview/preview.ts";
import { specify } from "../../infra/specification/specify.ts";
import type { Target } from "../../infra/specification/target.ts";
import { newFolder } from "../support/new-folder.ts";
import { launchBrowser } from "./launch.ts";

const PAGE = readFileSync("docs/ajax-and-apps.md", "utf8");

/** The code of a language on the page, block by block. */
function blocks(language: string): readonly string[] {
  return [...PAGE.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, name, code = ""]) =>
    name === language ? [code] : [],
  );
}

/** Staging as the page says, with an app on another origin. */
async function target(): Promise<Target> {
  const [option = ""] = blocks("ts");
  const allowedOrigins = [...option.matchAll(/"(https:[^"]+)"/g)].map(([, origin = ""]) => origin);
  const environment = { ...staging, queueIt: { ...staging.queueIt, allowedOrigins } };
  const named = { name: "staging", environment };
  expect(
    validateEnvironments([named], () => undefined).filter(({ severity }) => severity === "error"),
  ).toEqual([]);
  const workerFile = await buildBundle(await newFolder());
  return { named, spec: specify({ named, all: [named], workerFile, readConfiguration: () => "{}" }) };
}

const launched = await launchBrowser();
if ("missing" in launched) console.warn(`SKIPPED: no Chromium on this machine (${launched.missing}).`);

describe("docs/ajax-and-apps.md", () => {
  it("has the very script that the demo's app runs", () => {
    const asset = readFileSync("infra/local/shop/assets/call-shop.js", "utf8");
    expect(asset.split("\n").slice(2).join("\n")).toBe(blocks("js")[0]);
  });
});

describe.skipIf("missing" in launched)("an app on another origin, in a real browser", () => {
  const browser = (launched as { browser: Browser }).browser;
  let preview: Preview;
  let page: Page;
  const shop = (path: string) => preview.localUrl(`https://shop.staging.example.com${path}`);
  const app = (path: string) => preview.localUrl(`https://app.shop.staging.example.com${path}`);
  const waitingRoom = () => new URL(preview.localUrl("https://acme.queue-it.net/")).host;
  /** What reached Cloudflare for an address, as method and status. */
  const seen = (part: string) =>
    preview.requests
      .filter(({ url }) => url.includes(part))
      .map(({ method, status }) => `${method} ${status}`);

  beforeAll(async () => {
    preview = await startPreview({ ...(await target()), port: 0, outflow: 0, log: () => undefined });
    page = await browser.newPage();
  });
  afterAll(async () => {
    await browser.close();
    await preview.close();
  });

  it("asks, is allowed its call, reads where to wait and goes there", async () => {
    await page.goto(app("/app?seat=A12"));
    await Promise.all([page.waitForURL((url) => url.host === waitingRoom()), page.click("[data-call=GET]")]);
    expect(seen("/api/stock")).toEqual(["OPTIONS 204", "GET 200"]);
  });

  it("comes back to its own page, calls with the token and gets the shop's answer", async () => {
    preview.queueIt.setOutflow(600);
    await page.waitForURL((url) => url.href.startsWith(app("/app?seat=A12")));
    await page.click("[data-call=GET]");
    await page.getByText("tickets left").waitFor();
    expect(page.url()).toBe(app("/app?seat=A12"));
    const cookies = await page.context().cookies(shop("/"));
    expect(cookies.map(({ name }) => name)).toContain("QueueITAccepted-SDFrts345E-V3_demostock");
  });

  it("goes on with the session cookie alone, also where the site has to allow the call", async () => {
    preview.queueIt.setOutflow(0);
    await page.reload();
    for (const method of ["GET", "POST"]) {
      await page.click(`[data-call=${method}]`);
      await page.getByText("tickets left").waitFor();
    }
    // The browser asks for the POST anew: it has a content type that only the site can allow.
    expect(seen("/api/stock").slice(-2)).toEqual(["OPTIONS 204", "POST 200"]);
  });

  it("that is not allowed cannot read where to wait, and says so", async () => {
    await page.context().clearCookies();
    await page.goto(preview.localUrl("https://other.shop.staging.example.com/app"));
    await page.click("[data-call=GET]");
    await page.getByText("The call failed").waitFor();
    expect(new URL(page.url()).pathname).toBe("/app");
  });

  it("takes no place in the line for a page that it fetches ahead", async () => {
    await page.context().clearCookies();
    const html = blocks("html").join("\n");
    expect(html).toContain("speculationrules");
    await page.route(shop("/ahead"), (route) =>
      route.fulfill({ contentType: "text/html", body: `<!doctype html><title>ahead</title>${html}` }),
    );
    const begun = preview.requests.length;
    await page.goto(shop("/ahead"));
    const isFetched = () => seen("/tickets").length > 0;
    await expect.poll(isFetched, { timeout: 20_000 }).toBe(true);
    expect(new Set(seen("/tickets"))).toEqual(new Set(["GET 503"]));
    expect(preview.requests.slice(begun).some(({ url }) => url.includes("queue-it.net"))).toBe(false);
    // Who then goes there queues, as ever.
    await page.goto(shop("/tickets"));
    expect(new URL(page.url()).host).toBe(waitingRoom());
  });
});
