import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Preview, startPreview } from "../../../../infra/local/preview/preview.ts";
import { Visitor } from "../../../../infra/local/preview/visitor.ts";
import { stagingWith } from "./environments.ts";

const TICKETS = "https://shop.staging.example.com/tickets";

describe("the dashboard of running sites", () => {
  let preview: Preview;
  const lines: string[] = [];

  beforeAll(async () => {
    const log = ({ message }: { readonly message: string }): void => void lines.push(message);
    preview = await startPreview({ ...(await stagingWith()), port: 0, outflow: 0, log });
  });

  afterAll(async () => {
    await preview.close();
    // Nothing of the visitors and the switches goes on.
    expect(lines.filter((line) => line.includes("broke off"))).toEqual([]);
  });

  const page = async (path = "") => (await fetch(`${preview.dashboardUrl}${path}`)).text();
  const press = async (path: string, fields: Record<string, string>) => {
    const { origin } = new URL(preview.dashboardUrl);
    const headers = { origin, "sec-fetch-site": "same-origin" };
    const body = new URLSearchParams(fields);
    const answer = await fetch(`${origin}${path}`, { method: "POST", headers, body, redirect: "manual" });
    expect([answer.status, await answer.text()]).toEqual([303, ""]);
  };
  /** Says what a new visitor gets. */
  const visit = async (url = TICKETS, headers: Record<string, string> = {}) => {
    const visitor = new Visitor();
    const { status, headers: answered, body } = await visitor.get(preview.localUrl(url), headers);
    await visitor.close();
    return { status, location: answered.get("location") ?? "", body };
  };
  const figure = async (name: string) => {
    const [, count = ""] = new RegExp(`<dt>${name}</dt>\\s*<dd>([\\d,]+)</dd>`).exec(await page()) ?? [];
    return Number(count.replaceAll(",", ""));
  };

  it("opens visitors who queue for a page, get in, look around and leave", async () => {
    await press("/visitors", { count: "6", url: preview.localUrl(TICKETS) });
    await expect.poll(() => figure("in line")).toBe(6);
    expect(await page()).toMatch(/in line, \d+ ahead/);
    await press("/outflow", { perMinute: "120" });
    await expect.poll(() => figure("on the site")).toBeGreaterThan(0);
    expect(await figure("got no further")).toBe(0);
    await expect
      .poll(() => page("requests?decision=let-in"))
      .toContain("302 to the same page without its token");
    await expect.poll(() => page()).toMatch(/came to a waiting room/);
    await press("/visitors/hold", { hold: "home" });
    expect([await figure("in line"), await figure("on the site")]).toEqual([0, 0]);
  });

  it("lets paused visitors ask for nothing until they go on", async () => {
    await press("/outflow", { perMinute: "0" });
    await press("/visitors/hold", { hold: "yes" });
    await press("/visitors", { count: "3", url: TICKETS });
    const before = preview.requests.length;
    expect(await figure("on the way")).toBe(3);
    expect(preview.requests).toHaveLength(before);
    await press("/visitors/hold", { hold: "no" });
    await expect.poll(() => figure("in line")).toBe(3);
    await press("/visitors/hold", { hold: "home" });
    await press("/line", { line: "go" });
  });

  it("takes the origin away, from visitors of bypassed pages and through the Worker, and brings it back", async () => {
    const [open, bypassed] = [
      "https://shop.staging.example.com/",
      "https://shop.staging.example.com/static/app.css",
    ];
    await press("/faults", { part: "origin", state: "down" });
    expect([(await visit(open)).status, (await visit(bypassed)).status]).toEqual([521, 521]);
    expect((await visit()).status).toBe(302);
    expect(await page("requests?decision=failed")).toContain("521");
    await press("/faults/off", {});
    expect([(await visit(open)).status, (await visit(bypassed)).status]).toEqual([200, 200]);
  });

  it("takes Queue-it away: the Worker goes on, and its waiting rooms answer nobody", async () => {
    await press("/faults", { part: "queueIt", state: "down" });
    const { status, location } = await visit();
    expect(status).toBe(302);
    const waitingRoom = new Visitor();
    expect((await waitingRoom.get(location)).status).toBe(503);
    await press("/faults/off", {});
    expect((await waitingRoom.get(location)).status).toBe(302);
    await waitingRoom.close();
  });

  it("sets the clock of the Workers: a token that is good is too old for them", async () => {
    await press("/faults", { part: "clock", state: "an hour ahead" });
    const visitor = new Visitor();
    const { headers } = await visitor.get(preview.localUrl(TICKETS));
    const place = (await visitor.get(headers.get("location") ?? "")).headers.get("location") ?? "";
    const at = new URL(place, headers.get("location") ?? "").href;
    await expect.poll(async () => (await visitor.get(at)).status).toBe(302);
    const back = (await visitor.get(at)).headers.get("location") ?? "";
    expect(back).toContain("queueittoken=");
    const answer = await visitor.get(back);
    expect(answer.headers.get("location")).toContain("/error/timestamp/");
    await press("/faults", { part: "clock", state: "works" });
    expect((await visitor.get(back)).headers.get("location")).not.toContain("/error/");
    await visitor.close();
  });

  it("takes KV away from isolates that have the configuration, which go on, and from new ones, which let the site answer", async () => {
    expect((await visit()).status).toBe(302);
    await press("/faults", { part: "kv", state: "down" });
    expect((await visit()).status).toBe(302);
    // Another clock, and the isolates are new ones.
    await press("/faults", { part: "clock", state: "two minutes ahead" });
    expect((await visit()).status).toBe(200);
    await expect.poll(() => page("log")).toContain("KV GET failed: 503 Service Unavailable");
    await press("/faults/off", {});
    await expect.poll(async () => (await visit()).status).toBe(302);
  });

  it("shows what is in the account, and no secret anywhere", async () => {
    const account = await page("account");
    expect(account).toContain("queueit-connector-staging");
    expect(account).toContain("QUEUEIT_SECRET_KEY</code>: secret, hidden");
    expect(account).toContain("shop.staging.example.com/*");
    expect(account).toMatch(/key=info/);
    expect(await page("account?key=info")).toContain("demotickets");
    expect(await page("account?key=nothing")).toContain("key not found");
    expect(await page("account?cursor=nonsense")).toContain("KV");
  });

  it("answers a page of the shop that wants to switch something with a refusal", async () => {
    const { origin } = new URL(preview.localUrl(TICKETS));
    const headers = { origin, "sec-fetch-site": "same-site" };
    const body = new URLSearchParams({ part: "kv", state: "down" });
    const answer = await fetch(`${preview.dashboardUrl}faults`, { method: "POST", headers, body });
    expect(answer.status).toBe(403);
    expect((await visit(`${TICKETS.replace("/tickets", "/faults")}`)).status).not.toBe(303);
    expect(await page()).not.toContain("Faults are switched on");
  });
});
