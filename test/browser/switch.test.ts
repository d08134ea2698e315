import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runIn } from "../infra/commands/cli.ts";
import { World } from "../infra/deploy/world.ts";
import { launchBrowser } from "./launch.ts";

const launched = await launchBrowser();
if ("missing" in launched) console.warn(`SKIPPED: no Chromium on this machine (${launched.missing}).`);

describe.skipIf("missing" in launched)("a visitor while the switch is used, with a real browser", () => {
  const browser = (launched as { browser: Browser }).browser;
  let world: World;
  let page: Page;
  let tickets: string;

  beforeAll(async () => {
    world = await World.start();
    await world.deploy(world.staging);
    const { port } = new URL(world.server.dashboardUrl);
    tickets = `http://shop.staging.example.com.localhost:${port}/tickets?seat=A12`;
    page = await browser.newPage();
  });

  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  const run = (...args: readonly string[]) =>
    runIn({ ...world.server.variables, PATH: process.env["PATH"] }, "switch", ...args, "--yes", "staging");
  /** Whether a new visitor of the page is sent to Queue-it, which may let them go on at once. */
  const isSentAway = async () => {
    await page.context().clearCookies();
    const visited: string[] = [];
    const note = (request: { url: () => string }) => void visited.push(new URL(request.url()).host);
    page.on("request", note);
    await page.goto(tickets);
    page.off("request", note);
    return visited.some((host) => host.includes("queue-it.net"));
  };

  it("has to queue, reaches the page while the site is off, and has to queue again", async () => {
    expect(await isSentAway()).toBe(true);
    expect((await run("off", "staging", "--reason", "the login loops")).code).toBe(0);
    expect(await isSentAway()).toBe(false);
    expect(page.url()).toBe(tickets);
    expect((await run("on", "staging")).code).toBe(0);
    expect(await isSentAway()).toBe(true);
  });
});
