import { describe, expect, it } from "vitest";
import { get, location, queueIt, redirectToWaitingRoom, SHOP } from "./fixture.ts";
import { askSdk } from "./sdk.ts";

const ORIGIN = "https://acme.queue-it.net";

describe("a visitor in the waiting room", () => {
  it("gets a place in line with its own address", async () => {
    const { queueIt: q } = queueIt();

    const joined = await q.fetch(redirectToWaitingRoom(`${SHOP}/tickets`));
    const page = await q.fetch(get(location(joined)));

    expect(page.status).toBe(200);
    expect(await page.text()).toContain("You are in line");
  });

  it("keeps the place when the page is loaded again", async () => {
    const { queueIt: q } = queueIt();
    const place = location(await q.fetch(redirectToWaitingRoom(`${SHOP}/tickets`)));

    await q.fetch(get(place));
    await q.fetch(get(place));

    expect(q.getLines()).toContainEqual({ waitingRoomId: "demotickets", length: 1 });
  });

  it("sees the line move", async () => {
    const { queueIt: q, clock } = queueIt();
    q.addCrowd(5);
    const place = location(await q.fetch(redirectToWaitingRoom(`${SHOP}/tickets`)));

    expect(await (await q.fetch(get(`${place}/status`))).json()).toEqual({
      ahead: 5,
      wait: "18 seconds",
      progress: 0,
      passed: false,
    });
    clock.milliseconds += 9000;
    expect(await (await q.fetch(get(`${place}/status`))).json()).toEqual({
      ahead: 2,
      wait: "9 seconds",
      progress: 0.5,
      passed: false,
    });
  });

  it("needs no script: the page loads itself again", async () => {
    const { queueIt: q } = queueIt();
    const place = location(await q.fetch(redirectToWaitingRoom(`${SHOP}/tickets`)));

    expect(await (await q.fetch(get(place))).text()).toMatch(
      /<noscript>\s*<meta http-equiv="refresh" content="2"/,
    );
  });

  it("goes back after three seconds with a token that the SDK accepts", async () => {
    const { queueIt: q, clock } = queueIt();
    clock.milliseconds = Date.now();
    const place = location(await q.fetch(redirectToWaitingRoom(`${SHOP}/tickets?seat=A%2f12`)));
    clock.milliseconds += 3000;

    const back = location(await q.fetch(get(place)));
    const [url = "", token = ""] = back.split("&queueittoken=");

    expect(url).toBe(`${SHOP}/tickets?seat=A%2f12`);
    const answer = await askSdk({ url, token }, q.getConfiguration());
    expect(answer.redirectUrl).toBeUndefined();
    expect([...answer.cookies.keys()]).toEqual(["QueueITAccepted-SDFrts345E-V3_demotickets"]);
  });

  it("goes to the site's front page when the connector sent no target", async () => {
    const { queueIt: q, clock } = queueIt();
    const place = location(await q.fetch(get("/?c=acme&e=demotickets")));
    clock.milliseconds += 3000;

    expect(location(await q.fetch(get(place)))).toMatch(
      /^https:\/\/shop\.example\.com\/\?queueittoken=e_demotickets~/,
    );
  });

  it("is found under a path prefix too", async () => {
    const { queueIt: q } = queueIt();

    const joined = await q.fetch(get("/tickets/sale/?c=acme&e=demotickets"));

    expect(joined.status).toBe(302);
  });

  it("gets a fixed session when the action says so", async () => {
    const { queueIt: q, clock } = queueIt();
    q.setConfiguration(
      q.getConfiguration().replaceAll('"ExtendCookieValidity": true', '"ExtendCookieValidity": false'),
    );
    const place = location(await q.fetch(redirectToWaitingRoom(`${SHOP}/tickets`)));
    clock.milliseconds += 3000;

    expect(location(await q.fetch(get(place)))).toContain("~ce_false~cv_20~");
  });

  it("can leave the line, and whoever is behind moves up", async () => {
    const { queueIt: q } = queueIt({ outflow: 0 });
    const first = location(await q.fetch(redirectToWaitingRoom(`${SHOP}/tickets`)));
    const second = location(await q.fetch(redirectToWaitingRoom(`${SHOP}/tickets`)));
    expect(await (await q.fetch(get(first))).text()).toContain(`action="${first}/leave"`);

    const left = await q.fetch(new Request(`https://acme.queue-it.net${first}/leave`, { method: "POST" }));

    const page = await left.text();
    expect(page).toContain("You left the line");
    expect(page).toContain('href="/?c=acme&amp;e=demotickets&amp;t=');
    expect((await q.fetch(get(first))).status).toBe(404);
    expect(await (await q.fetch(get(`${second}/status`))).json()).toMatchObject({ ahead: 0, wait: "Paused" });
    expect(q.getLines()).toContainEqual({ waitingRoomId: "demotickets", length: 1 });
  });

  it("is told that nothing was given up where no place was held", async () => {
    const { queueIt: q } = queueIt();

    const page = await (await q.fetch(get("/cancel/multiple/acme?wrl=demotickets"))).text();

    expect(page).toContain("You held no place");
    expect(page).not.toContain("was given up. To come in again");
  });

  it("gives the place back by leaving", async () => {
    const { queueIt: q } = queueIt();
    const place = location(await q.fetch(redirectToWaitingRoom(`${SHOP}/tickets`)));
    const queueId = place.split("/").at(-1) ?? "";

    const page = await q.fetch(
      get(
        `/cancel/multiple/acme?wrl=demotickets~${queueId}_demostock&r=${encodeURIComponent(`${SHOP}/leave`)}`,
      ),
    );

    const html = await page.text();
    expect(html).toContain("<strong>demotickets</strong>");
    expect(html).not.toContain("<strong>demostock</strong>");
    expect(html).toContain('href="http://shop.example.com.localhost:8787/leave"');
    expect((await q.fetch(get(place))).status).toBe(404);
  });
});

describe("the waiting room", () => {
  it.each([
    ["another customer", "/?c=other&e=demotickets"],
    ["no customer", "/?e=demotickets"],
    ["no waiting room", "/?c=acme"],
    ["a waiting room that cannot be named in a token", "/?c=acme&e=demo_tickets"],
  ])("does not exist for %s", async (_, path) => {
    expect((await queueIt().queueIt.fetch(get(path))).status).toBe(404);
  });

  it("sends nobody to a page that is on none of the sites", async () => {
    const { queueIt: q } = queueIt();

    const refused = await q.fetch(redirectToWaitingRoom("https://evil.example/"));

    expect(refused.status).toBe(400);
    expect(refused.headers.has("location")).toBe(false);
    expect(await refused.text()).toContain("does not lead there");
  });

  it("does not link to such a page after leaving either", async () => {
    const refused = await queueIt().queueIt.fetch(
      get("/cancel/multiple/acme?wrl=a~1&r=https%3A%2F%2Fevil.example%2F"),
    );

    expect(refused.status).toBe(400);
    expect(await refused.text()).not.toContain("evil.example");
  });
});

describe("the error page", () => {
  it.each(["hash", "timestamp", "eventid", "ip", "qidlimit", "connector/sessionstate"])(
    "explains the code %s and offers to queue again",
    async (code) => {
      const { queueIt: q } = queueIt();
      const query = `c=acme&e=demotickets&queueittoken=old&ts=1&t=${encodeURIComponent(`${SHOP}/tickets?a=1`)}`;

      const page = await q.fetch(get(`/error/${code}/?${query}`));
      const html = await page.text();
      const again = /href="(\/\?[^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";

      expect(page.status).toBe(200);
      expect(html).not.toContain("for an unknown reason");
      expect(again).not.toContain("queueittoken");
      expect(new URL(again, ORIGIN).searchParams.get("t")).toBe(`${SHOP}/tickets?a=1`);
      expect((await q.fetch(get(again))).status).toBe(302);
    },
  );

  it("says so when it does not know the code", async () => {
    const page = await queueIt().queueIt.fetch(get("/error/whatever/?c=acme&e=demotickets"));

    expect(page.status).toBe(404);
    expect(await page.text()).toContain("for an unknown reason");
  });
});
