import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { configurationOf, queueAction } from "../support/configurations.ts";
import { RawOrigin } from "../support/raw-origin.ts";
import { rawRequest } from "../support/raw-request.ts";
import { sessionCookie } from "../support/session-cookie.ts";
import { Shop } from "../support/shop.ts";

describe("a request that does not come to an answer", () => {
  let origin: RawOrigin;
  let shop: Shop;
  beforeEach(async () => {
    origin = await RawOrigin.open();
    shop = await Shop.open({ configuration: configurationOf(queueAction()), originAddress: origin.address });
  });
  afterEach(() => origin.close());

  const ask = (line: string, headers: readonly string[] = [], body = ""): Promise<string> =>
    rawRequest(
      shop,
      [`${line} HTTP/1.1`, "host: shop.example", `cookie: ${sessionCookie()}`, ...headers],
      body,
    );
  /** Each line as `event: reason`, when the Worker has ended. */
  const log = async (): Promise<string[]> => {
    await shop.close();
    return shop.log
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as { event: string; reason: string })
      .map(({ event, reason }) => `${event}: ${reason}`);
  };

  it("is not said to be the site's fault when its visitor breaks it off", async () => {
    await ask("POST /tickets", ["content-length: 20"], "half of it");
    expect(origin.asked).toEqual([]);
    expect(await log()).toEqual(["upload-broken-off: visitor-or-origin"]);
  });

  it("is said to be the visitor's or the site's fault when the site breaks off an upload", async () => {
    origin.answerTo = () => ({ then: "reset" });
    await ask("POST /tickets", ["content-length: 3"], "abc");
    expect(origin.asked).toHaveLength(1);
    expect(await log()).toEqual(["upload-broken-off: visitor-or-origin"]);
  });

  it.each(["GET", "HEAD", "DELETE", "OPTIONS"])(
    "is the site's fault when it has no body: %s",
    async (method) => {
      origin.answerTo = () => ({ then: "reset" });
      await ask(`${method} /tickets`);
      expect(await log()).toEqual(["failed-origin: origin-unreachable"]);
    },
  );
});
