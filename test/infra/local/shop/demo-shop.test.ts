import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEMO_CASES } from "../../../../infra/local/shop/cases.ts";
import { createDemoShop } from "../../../../infra/local/shop/demo-shop.ts";
import { guideFor } from "./guide.ts";

const SHOP = "https://shop.example.com";
const GUIDE = guideFor({ hostname: "shop.example.com", bypass: ["/static/*", "/favicon.ico*"] });
const SESSION = "QueueITAccepted-SDFrts345E-V3_demotickets=EventId%3Ddemotickets";

function request(path: string, init: RequestInit = {}): Request {
  return new Request(`${SHOP}${path}`, init);
}

async function text(path: string, init: RequestInit = {}): Promise<string> {
  return (await createDemoShop(GUIDE).fetch(request(path, init))).text();
}

describe("the demo shop", () => {
  it.each(DEMO_CASES)("has what its front page promises: $label", async ({ path }) => {
    expect(await text("/")).toContain(`href="${path.replaceAll("&", "&amp;")}"`);
    expect((await createDemoShop(GUIDE).fetch(request(path))).status).toBe(200);
  });

  it("says in the title which site it is", async () => {
    const page = await createDemoShop(GUIDE).fetch(new Request("https://tickets.example.com/"));

    expect(await page.text()).toMatch(/<title>[^<]*tickets\.example\.com<\/title>/);
  });

  it.each([
    ["/static/app.css", "text/css; charset=utf-8"],
    ["/static/app.js", "text/javascript; charset=utf-8"],
    ["/static/logo.svg", "image/svg+xml"],
  ])("serves %s", async (path, type) => {
    const file = await createDemoShop(GUIDE).fetch(request(path));

    expect(file.status).toBe(200);
    expect(file.headers.get("content-type")).toBe(type);
  });

  it.each(["/nowhere", "/static/nothing.css", "/static/%2e%2e%2fpage.ts", "/favicon.ico"])(
    "has no page %s",
    async (path) => {
      expect((await createDemoShop(GUIDE).fetch(request(path))).status).toBe(404);
    },
  );
});

describe("a page of the shop says only what is so", () => {
  const browser = { headers: { accept: "text/html,*/*" } };

  it("after the health check: which action leaves it alone, and one word for a machine", async () => {
    expect(await text("/health")).toBe("ok");
    expect(await text("/health", browser)).toMatch(/action [^<]*\(Ignore\)/);
  });

  it("where there is nothing at all", async () => {
    const shop = createDemoShop(GUIDE);
    const page = await (await shop.fetch(new Request("https://elsewhere.example.com/nothing"))).text();

    expect(page).not.toContain("it has these");
    expect(page).toContain("or anywhere else on this host");
  });

  it("where there is nothing: which route and action took the address", async () => {
    expect(await text("/static/nothing.css")).toContain("shop.example.com/static/*");
  });

  it("after leaving, with a session that is still there", async () => {
    const page = await text("/leave", { headers: { cookie: SESSION } });

    expect(page).toContain("You still hold a place");
    expect(page).not.toContain("You have left");
  });
});

describe("the ticket page", () => {
  it("tells a visitor with a session that they are in", async () => {
    const page = await text("/tickets", { headers: { cookie: `a=1; ${SESSION}` } });

    expect(page).toContain("You are in</h2>");
    expect(page).toContain("session cookie of <strong>demotickets</strong>");
  });

  it("tells a visitor without a session which route and action it has", async () => {
    const page = await text("/tickets");

    expect(page).toContain("Nothing made you queue");
    expect(page).toContain("Protected by shop.example.com/*, action Ticket pages (Queue)");
  });

  it("counts the requests that reached the shop, but not its own questions how it was served", async () => {
    const shop = createDemoShop(GUIDE);
    await shop.fetch(request("/tickets"));
    await shop.fetch(request("/tickets", { method: "HEAD" }));

    const page = await (await shop.fetch(request("/tickets"))).text();

    expect(page).toMatch(/has answered\s+2 requests/);
  });

  it("sets two cookies of its own", async () => {
    const page = await createDemoShop(GUIDE).fetch(request("/tickets"));

    expect(page.headers.getSetCookie().map((cookie) => cookie.split("=")[0])).toEqual([
      "shop_visits",
      "shop_last_page",
    ]);
  });
});

describe("the checkout", () => {
  it("says what was ordered and how many bytes arrived", async () => {
    const page = await text("/checkout", { method: "POST", body: "item=vip&note=gr%C3%BC%C3%9Fe" });

    expect(page).toContain("Ordered: vip");
    expect(page).toContain("29 bytes");
  });

  it("escapes whatever a visitor orders", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("<", ">", '"', "'", "&"), { minLength: 1 }),
        async (parts) => {
          const item = parts.map((part) => `${part}x9z`).join("");
          const page = await text("/checkout", { method: "POST", body: new URLSearchParams({ item }) });
          expect(page).toContain("x9z");
          expect(page).not.toMatch(/[<>"'&]x9z/);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("escapes a query too", async () => {
    expect(await text("/tickets?a='x9z&b=&x9z")).not.toMatch(/['&]x9z/);
  });
});

describe("echo", () => {
  it("says what reached the shop, cookies by name only", async () => {
    const answer = await createDemoShop(GUIDE).fetch(
      request("/echo?a=%2f", {
        method: "PUT",
        body: "grüße",
        headers: { cookie: "a=secret; b=2", "x-test": "1" },
      }),
    );

    expect(await answer.json()).toMatchObject({
      method: "PUT",
      url: `${SHOP}/echo?a=%2f`,
      headers: { cookie: "a; b", "x-test": "1" },
      body: { length: 7, sha256: createHash("sha256").update("grüße").digest("hex") },
    });
  });

  it("reads a body piece by piece", async () => {
    const piece = new Uint8Array(1 << 20);
    let produced = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (produced === 32) controller.close();
          else controller.enqueue(piece);
          produced += 1;
        },
      },
      { highWaterMark: 0 },
    );

    const answer = await createDemoShop(GUIDE).fetch(
      request("/echo", { method: "POST", body, duplex: "half" }),
    );

    expect(await answer.json()).toMatchObject({ body: { length: 32 << 20 } });
  });

  it("says so when there is no body", async () => {
    const answer = await createDemoShop(GUIDE).fetch(request("/echo"));

    expect(await answer.json()).toMatchObject({
      body: { length: 0, sha256: createHash("sha256").digest("hex") },
    });
  });
});
