import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Visitor } from "../../../../infra/local/preview/visitor.ts";
import { type Preview, startPreview } from "../../../../infra/local/preview/preview.ts";
import { FRONTEND_HEADER } from "../../../../infra/local/shop/frontend-worker.ts";
import staging from "../../../../infra/environments/staging.ts";
import { stagingWith } from "../server/environments.ts";

const HOST = "https://shop.staging.example.com";

describe("a preview of an environment with a chained Worker", () => {
  let preview: Preview;
  const visitor = new Visitor();
  beforeAll(async () => {
    const [site] = staging.sites;
    const target = await stagingWith({
      worker: { source: "bundled", then: { service: "shop-frontend" } },
      sites: [{ ...site, bypass: ["/static/*", { pattern: "/account/*", worker: "shop-account" }] }],
    });
    preview = await startPreview({ ...target, port: 0, log: () => undefined });
  });
  afterAll(async () => {
    visitor.close();
    await preview.close();
  });
  const get = (path: string) => visitor.get(preview.localUrl(`${HOST}${path}`));

  it("sends a new visitor of a protected page to the waiting room", async () => {
    expect((await get("/tickets")).headers.get("location")).toContain("acme.queue-it.net");
  });

  it("lets that Worker answer what passes, once", async () => {
    const { headers } = await get("/");
    expect(headers.get(FRONTEND_HEADER)).toBe("shop-frontend");
    expect(headers.get("x-queueit-connector")).toBe("cloudflare");
  });

  it("lets the Worker of a bypass answer there, and the origin at any other", async () => {
    const { headers } = await get("/account/orders");
    expect([headers.get(FRONTEND_HEADER), headers.get("x-queueit-connector")]).toEqual([
      "shop-account",
      null,
    ]);
    expect((await get("/static/app.js")).headers.get(FRONTEND_HEADER)).toBeNull();
  });
});
