import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stackVariables } from "../../infra/local/server/local-variables.ts";
import { type LocalServer, startLocalServer } from "../../infra/local/server/local-server.ts";
import { localStacks } from "../../infra/local/terraform/local-stacks.ts";
import { stagingWith } from "../infra/local/server/environments.ts";
import { Management } from "../e2e/management.ts";
import { launchBrowser } from "./launch.ts";

const launched = await launchBrowser();
if ("missing" in launched) console.warn(`SKIPPED: no Chromium on this machine (${launched.missing}).`);

describe.skipIf("missing" in launched)("the dashboard of a running local server, in a real browser", () => {
  const browser = (launched as { browser: Browser }).browser;
  let server: LocalServer;
  let page: Page;

  beforeAll(async () => {
    server = await start();
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(10_000);
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  it("goes along with a deploy: what is deployed, and what there is to try", async () => {
    await page.goto(`${server.dashboardUrl}account`);
    await page.locator("#set-up", { hasText: "not deployed yet" }).waitFor();
    const { account, secrets, deployed } = server;
    const stack = await localStacks({ account, variables: stackVariables(secrets) })(
      (await stagingWith()).spec,
    );
    expect(await (await stack.plan("apply")).apply()).toMatchObject({ ok: true });
    await deployed();
    await page.locator("#set-up", { hasText: "deployed: queueit-connector-staging" }).waitFor();
    await page.goto(server.dashboardUrl);
    await page.locator("#try", { hasText: "action Ticket pages (Queue)" }).waitFor();
  });

  it("shows what the configuration that was saved warns of, with what was meant", async () => {
    await page.goto(`${server.dashboardUrl}configuration`);
    const action = { ActionType: "Quue", EventId: "a", Name: "a", Triggers: [] };
    await page.fill("#json", JSON.stringify({ Version: 1, Integrations: [action] }));
    await page.click("#configuration button");
    await page.locator("#answer", { hasText: "Saved as version 2." }).waitFor();
    await page.locator("#configuration", { hasText: "did you mean Queue?" }).waitFor();
  });

  it("says of a Worker with another secret key that it did not take the version, and where the reason is", async () => {
    const script = `/accounts/${server.account.id}/workers/scripts/queueit-connector-staging`;
    const another = {
      name: "QUEUEIT_SECRET_KEY",
      type: "secret_text",
      text: "obviously-fake-other-key-of-the-tests",
    };
    await new Management(server).call("PUT", `${script}/secrets`, another);
    await page.click("#publish button");
    await page.locator("#publish", { hasText: "was not accepted" }).waitFor();
    const text = await page.locator("#publish").innerText();
    expect(text).toContain("the reason is in its log");
    expect(text).toContain("The Worker has version 1.");
  });

  it("can be used with the keyboard alone: every control has a name, and shows that it has the focus", async () => {
    await page.goto(server.dashboardUrl);
    const seen: string[] = [];
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press("Tab");
      const [name, outline] = (await page.evaluate(`(() => {
        const e = document.activeElement;
        const name = e.labels?.[0]?.textContent ?? e.ariaLabel ?? e.textContent;
        return [e === document.body ? "" : name.replace(/\\s+/g, " ").trim(), getComputedStyle(e).outlineStyle];
      })()`)) as [string, string];
      if (name === "" || seen.includes(`${name} ${outline}`)) continue;
      seen.push(`${name} ${outline}`);
    }
    const order = [
      ...["To the content", "Overview", "Requests", "Visitors let in per minute"],
      ...[
        "Pause the lines",
        "Put a crowd",
        "Page they want to see",
        "Open one",
        "Pause the visitors",
        "works",
      ],
    ];
    const places = order.map((name) => seen.findIndex((each) => each.startsWith(name)));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(seen.filter((each) => each.endsWith(" none"))).toEqual([]);
  });

  it("changes the outflow with the arrow keys, and puts a crowd with the space bar", async () => {
    await page.focus("#perMinute");
    const [queueIt] = server.queueIts;
    const before = queueIt?.getOutflow() ?? 0;
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => queueIt?.getOutflow()).toBe(before + 1);
    await page.focus("form[action='/crowd'] button");
    await page.keyboard.press("Space");
    await page.getByText("20 more visitors are in every line.").waitFor();
  });

  it("asks before what was typed is lost, and does not after it was saved", async () => {
    const asked: string[] = [];
    page.on("dialog", (dialog) => {
      asked.push(dialog.type());
      void dialog.dismiss();
    });
    await page.goto(`${server.dashboardUrl}configuration`);
    await page.focus("#json");
    await page.keyboard.type("x");
    await page.evaluate("setTimeout(() => location.reload())");
    await expect.poll(() => asked).toEqual(["beforeunload"]);
    await page.keyboard.press("Backspace");
    await page.reload();
    expect(asked).toEqual(["beforeunload"]);
  });

  it("says so when the server was started again at its port, and changes nothing there", async () => {
    const { port } = server;
    await page.fill("#json", '{"Version":1,"Description":"typed before","Integrations":[]}');
    await server.close();
    await page.locator("#trouble", { hasText: "does not answer" }).waitFor();
    server = await start(port);
    await page.locator("#trouble", { hasText: "started anew" }).waitFor();
    await page.click("#configuration button");
    await page.locator("#trouble", { hasText: "Nothing was changed" }).waitFor();
    expect(server.queueIts.map((queueIt) => queueIt.getVersion())).toEqual([1]);
    expect(await page.inputValue("#json")).toContain("typed before");
  });
});

async function start(port = 0): Promise<LocalServer> {
  return startLocalServer({ environments: [await stagingWith()], port, apiPort: 0, log: () => undefined });
}
