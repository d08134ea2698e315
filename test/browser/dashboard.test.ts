import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IntegrationConfiguration } from "../../worker/configuration/integration-configuration.ts";
import { explainRequest } from "../../infra/configuration/explain/explain-request.ts";
import { explainerOf } from "../../infra/configuration/explain/explainer.ts";
import { Activity } from "../../infra/local/activity/activity.ts";
import { createDashboard } from "../../infra/local/dashboard/dashboard.ts";
import { createLocalQueueIt, type LocalQueueIt } from "../../infra/local/queue-it/local-queue-it.ts";
import { SITE, SOUND } from "../infra/environments/sound-environment.ts";
import { configurationOf, queueAction } from "../worker/support/configurations.ts";
import { quietCrowd, quietOptions } from "../infra/local/dashboard/options.ts";
import { launchBrowser } from "./launch.ts";

const launched = await launchBrowser();
if ("missing" in launched) console.warn(`SKIPPED: no Chromium on this machine (${launched.missing}).`);

const SITES = Array.from({ length: 12 }, (_, index) => `shop${index}.example.com`);
const activity = new Activity();
const LONG_NAME = "Everybody who wants a ticket for the big sale of Saturday ".repeat(4);

describe.skipIf("missing" in launched)("the dashboard in a real browser, with twelve sites", () => {
  const browser = (launched as { browser: Browser }).browser;
  let queueIt: LocalQueueIt;
  let server: Server;
  let page: Page;
  const open = (path: string) =>
    page.goto(`http://localhost:${(server.address() as AddressInfo).port}${path}`);

  beforeAll(async () => {
    queueIt = configuredQueueIt();
    server = await serve(queueIt);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(10_000);
    await open("/");
  });

  afterAll(async () => {
    await browser.close();
    server.close();
  });

  it("has what can be changed near the top", async () => {
    const top = async (selector: string) => (await page.locator(selector).boundingBox())?.y ?? Infinity;
    expect(await top("#perMinute")).toBeLessThan(800);
    expect(await top("#line-held")).toBeLessThan(800);
    expect(await page.evaluate("document.documentElement.scrollHeight")).toBeLessThan(4200);
  });

  it("puts a crowd into the lines without jumping to the top", async () => {
    await page.locator("form[action='/crowd'] button").scrollIntoViewIfNeeded();
    await page.evaluate("scrollTo(0, 300)");
    await page.locator("form[action='/crowd'] button").click();
    await page.getByText("20 more visitors are in every line.").waitFor();
    expect(await page.evaluate("scrollY")).toBe(300);
  });

  it("switches a fault on by keyboard, shows it on every page, and keeps the focus", async () => {
    await page.focus("#fault-kv-down");
    await page.keyboard.press("Enter");
    await page.locator(".faults-on", { hasText: "KV: down" }).waitFor();
    expect(await page.evaluate("document.activeElement.id")).toBe("fault-kv-down");
    expect(await page.getAttribute("#fault-kv-down", "aria-pressed")).toBe("true");
    await open("/log");
    await page.locator("[role=status] .faults-on", { hasText: "KV: down" }).waitFor();
    await page.click("#faults-off");
    await page.locator(".faults-on").waitFor({ state: "detached" });
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
  });

  it("leaves the figures of a chart open, and the focus in place, while the chart goes on", async () => {
    await open("/");
    const figures = page.locator("#activity summary").first();
    await figures.click();
    const chart = () => page.locator("#activity .chart-plot").nth(1).innerHTML();
    const before = await chart();
    queueIt.addCrowd(3);
    activity.sample(queueIt.getFlow());
    await expect.poll(chart).not.toBe(before);
    expect(await page.locator("#activity details").first().getAttribute("open")).not.toBeNull();
    expect(await page.evaluate("document.activeElement.tagName")).toBe("SUMMARY");
  });

  it("finds requests by a form that needs no script", async () => {
    await open("/requests");
    await page.fill("#filter-text", "nothing has this");
    await page.keyboard.press("Enter");
    await page.locator("#requests td", { hasText: "None is like that." }).waitFor();
    await page.click("#requests a:has-text('Show all')");
    await page.locator("#requests td.status", { hasText: "302" }).waitFor();
  });

  it("says beside the editor why it did not save, and keeps what was typed", async () => {
    await open("/configuration");
    await page.fill("#json", "{ not JSON");
    await page.click("#configuration button");
    await page.locator("#answer", { hasText: "This is not JSON" }).waitFor();
    const box = await page.locator("#answer").boundingBox();
    expect(box?.y).toBeLessThan(800);
    expect(await page.inputValue("#json")).toBe("{ not JSON");
  });

  it("says that it saved, and that the version is not published", async () => {
    await page.fill("#json", '{"Version":1,"Integrations":[]}');
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.locator("#answer", { hasText: "Saved as version 2." }).waitFor();
    await page.locator("#publish", { hasText: "Version 2 is saved, but not published." }).waitFor();
    expect(await page.inputValue("#json")).toContain('"Version": 2');
  });

  it("publishes without losing what was typed since", async () => {
    await page.fill("#json", "half a thought");
    await page.click("#publish button");
    await page.locator("#publish", { hasText: "Success!" }).waitFor();
    expect(await page.inputValue("#json")).toBe("half a thought");
    await page.fill("#json", await page.evaluate("document.querySelector('#json').defaultValue"));
  });

  it("explains a request by keyboard alone, and says so where a screen reader listens", async () => {
    await open("/requests");
    await page.fill("#tried-url", "https://shop0.example.com/tickets?a=1");
    await page.keyboard.press("Enter");
    await page.locator("#explained[role=status]", { hasText: "302 to the waiting room event1" }).waitFor();
    expect(await page.evaluate("document.activeElement.id")).toBe("explained");
    expect(await page.locator("#explained dt").allTextContents()).toEqual([
      "Route",
      "Actions",
      "Session",
      "Answer",
    ]);
  });

  it("says what is wrong with a header of a request, and keeps what was explained readable", async () => {
    await page.locator("#explain summary").click();
    await page.fill("#tried-headers", "nonsense");
    await page.locator("#explain button").click();
    await page.locator("#explained", { hasText: "Write each header as" }).waitFor();
    await page.fill("#tried-headers", "");
    await page.locator("#explain button").click();
    await page.locator("#explained dl").waitFor();
  });

  it.each([390, 320])("shows status and route of every request at %i px", async (width) => {
    await open("/requests");
    await page.setViewportSize({ width, height: 800 });
    const overflow = await page.evaluate(
      "[document.documentElement, document.querySelector('.log')].map((e) => e.scrollWidth - e.clientWidth)",
    );
    expect(overflow).toEqual([0, 0]);
    await page.locator("td.status", { hasText: "302" }).first().scrollIntoViewIfNeeded();
    const route = await page.locator("td", { hasText: "shop0.example.com/*" }).last().boundingBox();
    expect((route?.x ?? Infinity) + (route?.width ?? Infinity)).toBeLessThanOrEqual(width);
  });

  it.each(["/", "/requests", "/configuration", "/account", "/log"])(
    "fits on a phone and a desk: %s",
    async (path) => {
      await open(path);
      for (const width of [1280, 390, 320]) {
        await page.setViewportSize({ width, height: 800 });
        const [overflow, ...wide] = (await page.evaluate(`[document.documentElement.scrollWidth - innerWidth,
          ...[...document.querySelectorAll("main *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && e.closest(".scroll, .chart-scroll, svg, .skip") === null).map((e) => e.outerHTML.slice(0, 120))]`)) as [
          number,
          ...string[],
        ];
        expect([width, overflow, wide]).toEqual([width, 0, []]);
      }
    },
  );

  it.each(["/", "/requests", "/configuration", "/account", "/log"])(
    "names every control, region and chart for who does not see it: %s",
    async (path) => {
      await open(path);
      const nameless =
        await page.evaluate(`[...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, summary, [role=region], [role=img], nav")]
        .filter((e) => !(e.labels?.[0]?.textContent || e.ariaLabel || e.getAttribute("aria-labelledby") || e.textContent || "").trim())
        .map((e) => e.outerHTML.slice(0, 120))`);
      expect(nameless).toEqual([]);
      expect(
        await page.evaluate("new Set([...document.querySelectorAll('[id]')].map((e) => e.id)).size"),
      ).toBe(await page.evaluate("document.querySelectorAll('[id]').length"));
    },
  );

  it("edits one action of a configuration of 2,200, within seconds, and saves no other one", async () => {
    const large = configuredQueueIt({ configuration: configurationOf(...MANY_ACTIONS) });
    const serving = await serve(large);
    await page.goto(`http://localhost:${(serving.address() as AddressInfo).port}/configuration`);
    await page.fill("#find", "sale 1742");
    await page.keyboard.press("Enter");
    await page.click("#configuration .found a:has-text('1743. sale 1742')");
    expect((await page.inputValue("#json")).length).toBeLessThan(2000);
    const typed = (await page.inputValue("#json")).replace('"sale 1742"', '"renamed"');
    await page.fill("#json", typed);
    await page.click("#configuration form[data-editor] button");
    await page.locator("#answer", { hasText: "Saved as version 6." }).waitFor();
    const { Integrations } = JSON.parse(large.getConfiguration()) as IntegrationConfiguration;
    const changed = Integrations?.flatMap(({ Name }, index) => (Name === `sale ${index}` ? [] : [Name]));
    expect(changed).toEqual(["renamed"]);
    serving.closeAllConnections();
    serving.close();
  });

  it("says so when the server is gone, also to who presses a button", async () => {
    await open("/configuration");
    await page.fill("#json", "half a thought");
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await page.click("#publish button");
    await page.locator("#trouble", { hasText: "does not answer" }).waitFor();
    expect(await page.locator("#trouble").isVisible()).toBe(true);
    expect(await page.inputValue("#json")).toBe("half a thought");
  });

  it("says so when another run of the server answers", async () => {
    const { port } = new URL(page.url());
    server = await serve(queueIt, Number(port));
    await page.locator("#trouble", { hasText: "started anew" }).waitFor();
  });
});

const MANY_ACTIONS = Array.from({ length: 2200 }, (_, index) =>
  queueAction({ Name: `sale ${index}`, EventId: `room${index}` }),
);

function configuredQueueIt(others: { readonly configuration?: unknown } = {}): LocalQueueIt {
  return createLocalQueueIt({
    customerId: "acme",
    secretKey: "obviously-fake-secret-key-of-the-tests",
    apiKey: "obviously-fake-api-key-of-the-tests",
    sites: ["shop0.example.com"],
    publishUrl: "https://shop0.example.com/?__push_queueit_config",
    publish: () => Promise.resolve(new Response("Success!")),
    localUrl: (url) => url,
    outflow: 0,
    ...others,
  });
}

/** The dashboard of a customer with twelve sites, at a real port. */
async function serve(queueIt: LocalQueueIt, port = 0): Promise<Server> {
  const explainer = await explainerOf({
    named: {
      name: "staging",
      environment: { ...SOUND, sites: [{ ...SITE, hostname: "shop0.example.com" }] },
    },
    configuration: configurationOf(queueAction({ Name: LONG_NAME })),
    secretKey: "obviously-fake-secret-key-of-the-tests",
  });
  const dashboard = createDashboard({
    ...quietOptions(),
    activity,
    outcomeOf: () => "to-queue-it",
    customers: [
      {
        customerId: "acme",
        queueIt,
        matching: "as-configured",
        deliveries: [{ environment: "staging", owner: "publish" }],
        steps: () =>
          SITES.map((site) => ({
            title: site,
            detail: `protect ${site}/*, bypass ${site}/static/*`,
            milliseconds: 1,
          })),
        links: () =>
          SITES.flatMap((site) =>
            ["Tickets", "Checkout", "Leave", "Health check"].map((label) => ({
              site,
              label,
              url: `http://${site}.localhost/${label}`,
              explains: `Protected by ${site}/*, action ${LONG_NAME} (Queue).`,
            })),
          ),
        explain: (request) => explainRequest(request, explainer),
        visitors: quietCrowd(),
      },
    ],
    decided: () => `${LONG_NAME} (Queue): the path contains "/a-long-path" → 302 to the waiting room sale1`,
    requests: () => [
      {
        time: 0,
        method: "GET",
        url: `https://shop0.example.com/${"a-long-path/".repeat(20)}`,
        route: "shop0.example.com/*",
        worker: "queueit-connector-staging",
        status: 302,
      },
    ],
  });
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const url = `http://localhost:${(server.address() as AddressInfo).port}${incoming.url ?? "/"}`;
      const { method = "GET" } = incoming;
      const answer = await dashboard.fetch(
        new Request(url, {
          method,
          headers: incoming.headers as Record<string, string>,
          ...(method === "POST" && { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" }),
        }),
      );
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
      outgoing.end(Buffer.from(await answer.arrayBuffer()));
    })();
  });
  await new Promise<void>((resolve) => server.listen(port, "localhost", resolve));
  return server;
}
