import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildBundle } from "../../infra/bundles/build-bundle.ts";
import { type Preview, startPreview } from "../../infra/local/preview/preview.ts";
import { readTarget } from "../../infra/project/targets.ts";
import { withWorkerFile } from "../../infra/specification/target.ts";
import { newFolder } from "../support/new-folder.ts";
import { launchBrowser } from "./launch.ts";

const launched = await launchBrowser();
if ("missing" in launched) console.warn(`SKIPPED: no Chromium on this machine (${launched.missing}).`);

describe.skipIf("missing" in launched)("the demo shop with a hook of its own", () => {
  const browser = (launched as { browser: Browser }).browser;
  let preview: Preview;
  const url = () => preview.localUrl("https://shop.staging.example.com/tickets");

  beforeAll(async () => {
    const file = await buildBundle(await newFolder(), "worker-hooks/example-native-app.ts");
    const target = withWorkerFile(await readTarget("staging"), file);
    preview = await startPreview({ ...target, port: 0, outflow: 600, log: () => undefined });
  });
  afterAll(async () => {
    await browser.close();
    await preview.close();
  });

  it("tells an app the waiting room's address, and lets the browser that opens it into the shop", async () => {
    const app = await browser.newPage({ extraHTTPHeaders: { "x-shop-app": "4.2" } });
    const answer = await app.goto(url());
    expect(answer?.status()).toBe(202);
    const { waitingRoom } = (await answer?.json()) as { waitingRoom: string };
    const view = await browser.newPage();
    // What is in a body is the real address; the local edge rewrites headers only.
    await view.goto(preview.localUrl(waitingRoom));
    await view.waitForURL(url());
    expect(await view.title()).not.toBe("");
  });
});
