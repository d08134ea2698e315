import { Response as OriginResponse } from "miniflare";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { configurationOf, queueAction } from "../support/configurations.ts";
import { rawRequest } from "../support/raw-request.ts";
import { sessionCookie } from "../support/session-cookie.ts";
import { Shop } from "../support/shop.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open({
    configuration: configurationOf(queueAction()),
    hooks: "test/worker/hooks/fixtures/odd-answers.ts",
    origin: ({ url }) => {
      const answer = new OriginResponse("the shop");
      // A status that no answer can be made with: the runtime passes it on as it came.
      return url.includes("odd-status") ? Object.defineProperty(answer, "status", { value: 999 }) : answer;
    },
  });
});
beforeEach(() => {
  shop.seen.splice(0);
});
afterAll(() => shop.close());

/** Of a visitor without session: what came back, as bytes. */
const answerThat = (odd: string): Promise<string> =>
  rawRequest(shop, ["GET /tickets HTTP/1.1", "host: shop.example", `x-odd: ${odd}`]);
const siteWasAsked = (): boolean => shop.seen.some(({ url }) => url.includes("shop.example"));

describe("an answer of a hook", () => {
  it.each(["is an error", "is an upgrade", "is being read", "was read"])(
    "that %s leaves the visitor in the queue: the runtime would ask the site in its place",
    async (odd) => {
      expect(await answerThat(odd)).toMatch(/^location: https:\/\/testcustomer\.queue-it\.net/im);
      expect(siteWasAsked()).toBe(false);
    },
  );

  it.each(["was asked for, and then not", "fails while it is sent"])(
    "that %s breaks off, and is not the site's page",
    async (odd) => {
      expect(await answerThat(odd)).not.toContain("the shop");
      expect(siteWasAsked()).toBe(false);
    },
  );

  it("may be a stream", async () => {
    expect(await answerThat("is a stream")).toContain("from a stream");
  });
});

it("a hook that sets headers of an answer that nobody can change has the site asked once, also for a form", async () => {
  const answer = await rawRequest(
    shop,
    [
      "POST /tickets/odd-status HTTP/1.1",
      "host: shop.example",
      "x-set: yes",
      `cookie: ${sessionCookie()}`,
      "content-length: 6",
    ],
    "seat=4",
  );
  expect(answer).toMatch(/^HTTP\/1\.1 999 /);
  expect(shop.seen).toHaveLength(1);
  await expect.poll(() => shop.log.join("\n")).toContain('"on-response-ignored","reason":"hook-refused"');
});
