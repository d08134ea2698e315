import { Response, type Request } from "miniflare";
import { createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { configurationOf, queueAction } from "./support/configurations.ts";
import { rawRequest } from "./support/raw-request.ts";
import { Shop } from "./support/shop.ts";

const SHOP = "https://shop.example/anything";
const MEBIBYTE = 1024 * 1024;

const BODY_TRIGGER = configurationOf(
  queueAction({
    Triggers: [
      {
        LogicalOperator: "And",
        TriggerParts: [
          {
            ValidatorType: "RequestBodyValidator",
            Operator: "Contains",
            ValueToCompare: "BUY",
            IsIgnoreCase: true,
          },
        ],
      },
    ],
  }),
);

let shop: Shop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

async function post(
  body: string | Uint8Array,
  variables: Record<string, string> = {},
): Promise<{ status: number }> {
  shop = await Shop.open({ configuration: BODY_TRIGGER, variables });
  return shop.visit(SHOP, { method: "POST", body });
}

describe("a trigger on the request body", () => {
  it("protects a form that fulfils it", async () => {
    expect((await post("action=buy&seat=4")).status).toBe(302);
    expect(shop?.seen).toEqual([]);
  });

  it("leaves the body, its length and its headers to the origin when it does not match", async () => {
    shop = await Shop.open({ configuration: BODY_TRIGGER });
    const head = [
      "POST /form HTTP/1.1",
      "host: shop.example",
      "content-type: text/fancy",
      "content-length: 11",
    ];
    await rawRequest(shop, head, "action=look");
    const [seen] = shop.seen;
    expect(seen?.body).toBe("action=look");
    expect(seen?.headers.get("content-length")).toBe("11");
    expect(seen?.headers.get("content-type")).toBe("text/fancy");
  });

  it("leaves a redirect of the origin to the visitor", async () => {
    const origin = (): Response => new Response(null, { status: 303, headers: { location: "/thanks" } });
    shop = await Shop.open({ configuration: BODY_TRIGGER, origin });
    expect((await shop.visit(SHOP, { method: "POST", body: "action=look" })).status).toBe(303);
    expect(shop.seen).toHaveLength(1);
  });

  it("sees the first 2048 characters and no more", async () => {
    expect((await post(`${"ü".repeat(2045)}buy`)).status).toBe(302);
    await shop?.close();
    expect((await post(`${"ü".repeat(2046)}buy`)).status).toBe(200);
  });

  it("sees nothing when the setting is 0", async () => {
    expect((await post("buy", { QUEUEIT_REQUEST_BODY_LIMIT: "0" })).status).toBe(200);
    expect(shop?.seen[0]?.body).toBe("buy");
  });

  it("takes bytes that are not UTF-8, and passes them on as they are", async () => {
    let received = Buffer.alloc(0);
    const origin = async (request: Request): Promise<Response> => {
      received = Buffer.from(await request.arrayBuffer());
      return new Response("the shop");
    };
    shop = await Shop.open({ configuration: BODY_TRIGGER, origin });
    const bytes = Uint8Array.from([0xff, 0xfe, 0x00, 0xc3]);
    const response = await shop.visit(SHOP, { method: "POST", body: bytes });
    expect(response.headers.get("x-queueit-failed")).toBeNull();
    expect([...received]).toEqual([...bytes]);
  });

  it("does not fail the connector when a body breaks off", async () => {
    shop = await Shop.open({ configuration: BODY_TRIGGER });
    await rawRequest(
      shop,
      ["POST /form HTTP/1.1", "host: shop.example", "content-length: 5000"],
      "only this",
    );
    expect((await shop.visit(SHOP)).headers.get("x-queueit-failed")).toBeNull();
    await shop.close();
    expect(shop.log.join("\n")).not.toContain("failed-open");
    shop = undefined;
  });
});

describe("a large upload with a trigger on the body", () => {
  it("reaches the origin byte by byte", async () => {
    const upload = uploadOf(24 * MEBIBYTE);
    const received = createHash("sha256");
    const origin = async (request: Request): Promise<Response> => {
      for await (const part of partsOf(request)) received.update(part);
      return new Response("stored");
    };
    shop = await Shop.open({ configuration: BODY_TRIGGER, origin });
    const response = await shop.visit(SHOP, { method: "POST", body: upload.body, duplex: "half" });
    expect(response.headers.get("x-queueit-failed")).toBeNull();
    expect(received.digest("hex")).toBe(upload.digest());
  });

  it("waits in the visitor's browser, not in the Worker, while the origin does not read", async () => {
    const upload = uploadOf(128 * MEBIBYTE);
    let sentToStallingOrigin = 0;
    const origin = async (request: Request): Promise<Response> => {
      for await (const part of partsOf(request)) {
        if (sentToStallingOrigin > 0 || part.length === 0) continue;
        await standstill(upload.sent);
        sentToStallingOrigin = upload.sent();
      }
      return new Response("stored");
    };
    shop = await Shop.open({ configuration: BODY_TRIGGER, origin });
    await shop.visit(SHOP, { method: "POST", body: upload.body, duplex: "half" });
    expect(sentToStallingOrigin).toBeGreaterThan(0);
    // The sockets of four hops hold a dozen mebibytes, and some more on other kernels; a Worker that reads
    // ahead, all.
    expect(sentToStallingOrigin).toBeLessThan(64 * MEBIBYTE);
  });
});

function partsOf(request: Request): AsyncIterable<Uint8Array> {
  return (request.body ?? []) as AsyncIterable<Uint8Array>;
}

interface SentUpload {
  readonly body: ReadableStream<Uint8Array>;
  /** Bytes that left the visitor so far. */
  sent(): number;
  /** SHA-256 of them. */
  digest(): string;
}

function uploadOf(total: number): SentUpload {
  const chunk = new Uint8Array(64 * 1024).map((_byte, index) => (index * 31) % 251);
  const hash = createHash("sha256");
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent === total) {
        controller.close();
        return;
      }
      chunk[0] = (sent / chunk.length) % 256;
      hash.update(chunk);
      controller.enqueue(chunk.slice());
      sent += chunk.length;
    },
  });
  return { body, sent: () => sent, digest: () => hash.digest("hex") };
}

/** Resolves when a number has not changed for about a second. Waiting longer never harms the test. */
async function standstill(read: () => number): Promise<void> {
  for (let before = -1, quiet = 0; quiet < 100; before = read()) {
    quiet = before === read() ? quiet + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
