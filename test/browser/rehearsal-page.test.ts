import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rehearsalPage } from "../../infra/local/rehearsal/page/rehearsal-page.ts";
import { verdictOf } from "../../infra/local/rehearsal/verdict/verdict-of.ts";
import { breachOf, MINUTE, rehearsalWith } from "../infra/local/rehearsal/rehearsals.ts";
import { newFolder } from "../support/new-folder.ts";
import { launchBrowser } from "./launch.ts";

const launched = await launchBrowser();
if ("missing" in launched) console.warn(`SKIPPED: no Chromium on this machine (${launched.missing}).`);

const LONG_ADDRESS = `GET https://shop.example.com/${"a-long-path/".repeat(30)}`;

describe.skipIf("missing" in launched)("the page of a rehearsal in a real browser", () => {
  const browser = (launched as { browser: Browser }).browser;
  const complaints: string[] = [];
  let page: Page;

  beforeAll(async () => {
    const breach = {
      ...breachOf("turn"),
      story: [{ atMs: 0, asked: LONG_ADDRESS, got: "302 to the waiting room" }],
    };
    const rehearsal = rehearsalWith({
      borrowed: 3,
      breaches: [breach],
      breachCounts: { turn: 1, order: 0, place: 0, answered: 0 },
      events: [{ what: "KV answers after 3 s", fromMs: MINUTE, toMs: 2 * MINUTE, outcome: "nobody noticed" }],
      failedOpen: [{ reason: "configuration-unreadable", requests: 12, visitors: 7 }],
    });
    const file = join(await newFolder(), "rehearsal.html");
    await writeFile(file, await rehearsalPage(rehearsal, verdictOf(rehearsal)));
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on("console", (message) => complaints.push(message.text()));
    await page.goto(pathToFileURL(file).href);
  });

  afterAll(() => browser.close());

  it("has its style, which its own policy lets in", async () => {
    expect(complaints).toEqual([]);
    expect(await page.evaluate("getComputedStyle(document.querySelector('.card')).borderRadius")).not.toBe(
      "0px",
    );
  });

  it.each([1280, 390, 320])(
    "is no wider than a window of %i px, stories of long addresses included",
    async (width) => {
      await page.setViewportSize({ width, height: 800 });
      await page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))");
      const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      expect(await page.evaluate(overflow)).toBe(0);
    },
  );

  it("keeps the text of its charts legible on a phone, and within the window", async () => {
    await page.setViewportSize({ width: 320, height: 800 });
    const texts = (await page.evaluate(`[...document.querySelectorAll(".chart-plot text")]
      .filter((each) => getComputedStyle(each).display !== "none")
      .map((each) => [each.textContent.trim(), each.getBoundingClientRect()])
      .map(([text, { left, right, top, height }]) => ({ text, left, right, top, height }))`)) as readonly {
      readonly text: string;
      readonly left: number;
      readonly right: number;
      readonly top: number;
      readonly height: number;
    }[];
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter(({ height }) => height < 11)).toEqual([]);
    expect(texts.filter(({ left, right }) => left < 0 || right > 320)).toEqual([]);
    const overlapping = texts.filter((one, index) =>
      texts
        .slice(index + 1)
        .some((other) => other.top === one.top && other.left < one.right && one.left < other.right),
    );
    expect(overlapping).toEqual([]);
  });

  it.each(["light", "dark"] as const)(
    "has enough contrast between its texts and their ground: %s",
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      const ratios = (await page.evaluate(`(() => {
      const canvas = document.createElement("canvas").getContext("2d");
      const channels = (colour) => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
      };
      const light = (colour) => channels(colour)
        .map((value) => value / 255)
        .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
        .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
      const ground = light(getComputedStyle(document.querySelector(".card")).backgroundColor);
      return [...document.querySelectorAll(".state, .level, .soft, .chart-tick, .chart-mark, summary")].map((each) => {
        const style = getComputedStyle(each);
        const ink = light(each instanceof SVGElement ? style.fill : style.color);
        return [each.className.baseVal ?? each.className, (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05)];
      });
    })()`)) as readonly (readonly [string, number])[];
      expect(ratios.length).toBeGreaterThan(20);
      expect(ratios.filter(([, ratio]) => ratio < 4.5)).toEqual([]);
    },
  );

  it("prints on white, also where it is looked at in the dark", async () => {
    await page.emulateMedia({ colorScheme: "dark", media: "print" });
    const [ink, ground] = (await page.evaluate(
      "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]",
    )) as readonly [string, string];
    expect(ink).toMatch(/^rgb\(24, 32, 47\)$/);
    expect(ground).toBe("rgba(0, 0, 0, 0)");
    await page.emulateMedia({ colorScheme: "light", media: "screen" });
  });
});
