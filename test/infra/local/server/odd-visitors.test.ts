import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDashboard, type Dashboard } from "../../../../infra/local/dashboard/dashboard.ts";
import type { LocalQueueIt } from "../../../../infra/local/queue-it/local-queue-it.ts";
import { createDemoShop } from "../../../../infra/local/shop/demo-shop.ts";
import { guideFor } from "../shop/guide.ts";
import { quietCrowd, quietOptions } from "../dashboard/options.ts";
import { queueIt } from "../queue-it/fixture.ts";

const MIB = 1024 * 1024;
const DASHBOARD = "http://localhost:8787";
const QUEUE_IT = "https://acme.queue-it.net";
const SHOP = "https://shop.example.com";

interface Site {
  readonly fetch: (request: Request) => Promise<Response>;
}

function dashboardOf(local: LocalQueueIt): Dashboard {
  const customer = { customerId: "acme", queueIt: local, matching: "as-configured", deliveries: [] } as const;
  return createDashboard({
    ...quietOptions(),
    customers: [
      {
        ...customer,
        steps: () => [],
        links: () => [],
        explain: () => Promise.resolve(""),
        visitors: quietCrowd(),
      },
    ],
  });
}

const hosts: Readonly<Record<string, Site>> = {
  [DASHBOARD]: dashboardOf(queueIt().queueIt),
  [QUEUE_IT]: queueIt().queueIt,
  [SHOP]: createDemoShop(guideFor({ hostname: "shop.example.com" })),
};

const PATHS: Readonly<Record<string, readonly string[]>> = {
  [DASHBOARD]: [
    ...["/", "/requests", "/configuration", "/configuration.json", "/account", "/log", "/assets/"],
    ...["/outflow", "/line", "/crowd", "/visitors", "/visitors/hold", "/faults", "/faults/off"],
    ...["/publish", "/explain"],
  ],
  [QUEUE_IT]: [
    "/",
    "/place/",
    "/error/",
    "/cancel/multiple/",
    "/status/integrationconfig/secure/",
    "/assets/",
  ],
  [SHOP]: ["/", "/tickets/", "/stock", "/basket", "/checkout", "/leave", "/echo", "/static/"],
};

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    ...["acme", "demotickets", "__proto__", "..", "a".repeat(5000), `${SHOP}/`, "1~2_3", "{}", "[]"],
  ),
);
const raw = fc.oneof(
  text.map(encodeURIComponent),
  fc.constantFrom(...["%", "%zz", "%ff%fe", "%00", "%2e%2e", "//", "\\"]),
);
const body = fc.oneof(
  fc
    .dictionary(
      fc.constantFrom("json", "perMinute", "item", "note", "part", "state", "url", "hold", "action"),
      text,
    )
    .map((fields) => ({
      data: new URLSearchParams(fields).toString(),
      type: "application/x-www-form-urlencoded",
    })),
  fc
    .tuple(text, fc.constantFrom("multipart/form-data", "multipart/form-data; boundary=b", "text/plain"))
    .map(([data, type]) => ({ data, type })),
);

describe("the sites of the local server", () => {
  it("answer whatever a visitor sends with no fault of ours", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(DASHBOARD, QUEUE_IT, SHOP),
        fc.nat(),
        raw,
        fc.array(
          fc.tuple(
            fc.constantFrom(...["c", "e", "t", "man", "wrl", "r", "queueittoken", "enqueuetoken"]),
            raw,
          ),
        ),
        fc.constantFrom("GET", "POST"),
        body,
        text.map((cookie) => encodeURIComponent(cookie)),
        async (host, index, rest, query, method, { data, type }, cookie) => {
          const paths = PATHS[host] ?? [];
          const search = query.map(([name, value]) => `${name}=${value}`).join("&");
          const url = `${host}${paths[index % paths.length] ?? "/"}${rest}?${search}`;
          const headers = { origin: DASHBOARD, "content-type": type, cookie: `shop_visits=${cookie}` };
          const request = new Request(url, { method, headers, ...(method === "POST" && { body: data }) });
          const answer = await hosts[host]?.fetch(request);
          expect(answer?.status, `${method} ${url} ${type} ${data}`).toBeLessThan(500);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["the dashboard's save", `${DASHBOARD}/configuration`, 17 * MIB],
    ["the dashboard's speed", `${DASHBOARD}/outflow`, 17 * MIB],
    ["the shop's checkout", `${SHOP}/checkout`, 2 * MIB],
  ])("refuse a body beyond any use at %s, and read no more of it", async (_, url, length) => {
    let read = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        read += MIB;
        controller.enqueue(new Uint8Array(MIB));
        if (read >= 10 * length) controller.close();
      },
    });
    const type = { "content-type": "application/x-www-form-urlencoded" };
    const request = new Request(url, {
      method: "POST",
      headers: { origin: DASHBOARD, ...type },
      body: stream,
      duplex: "half",
    });
    const answer = await hosts[new URL(url).origin]?.fetch(request);
    expect(answer?.status).toBe(413);
    expect(read).toBeLessThan(2 * length);
  });

  it("keep the configuration as it is when another is nested too deep to be written down", async () => {
    const { queueIt: local } = queueIt();
    const dashboard = dashboardOf(local);
    const before = local.getConfiguration();
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const json = before.replace("{", `{"Extra":${deep},`);
    const request = new Request(`${DASHBOARD}/configuration`, {
      method: "POST",
      headers: { origin: DASHBOARD },
      body: new URLSearchParams({ json }),
    });
    const answer = await dashboard.fetch(request);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("nested more than");
    expect(local.getConfiguration()).toBe(before);
  });
});
