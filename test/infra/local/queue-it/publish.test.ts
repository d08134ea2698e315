import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { publishCall } from "../../../../infra/queue-it/publish-call.ts";
import { queueIt, SECRET_KEY, SHOP } from "./fixture.ts";

const PUBLISH_URL = `${SHOP}/?__push_queueit_config`;

describe("a publish call", () => {
  it("carries the configuration's UTF-8 bytes in hex, signed as that hex text", async () => {
    const request = publishCall('{"Description":"Grüße 🎟"}', PUBLISH_URL, SECRET_KEY);

    const integrationInfo = "7b224465736372697074696f6e223a224772c3bcc39f6520f09f8e9f227d";
    const hash = createHmac("sha256", SECRET_KEY).update(integrationInfo).digest("hex");
    expect(request.url).toBe(PUBLISH_URL);
    expect(await request.text()).toBe(`{"hash":"${hash}","integrationInfo":"${integrationInfo}"}`);
  });
});

describe("publish now", () => {
  it("sends exactly the configuration that pulling gives", async () => {
    const sent: Request[] = [];
    const { queueIt: q } = queueIt({
      publish: (request) => {
        sent.push(request);
        return Promise.resolve(new Response("Success!"));
      },
    });
    q.setConfiguration(q.getConfiguration().replace("Ticket pages", "Kärten für 🎟"));

    await q.publishNow();

    const body = JSON.parse((await sent[0]?.text()) ?? "null") as { integrationInfo: string };
    expect(Buffer.from(body.integrationInfo, "hex").toString("utf8")).toBe(q.getConfiguration());
  });

  it.each([
    ["was taken", () => Promise.resolve(new Response("Success!")), true, "Success!"],
    ["was refused", () => Promise.resolve(new Response("Fail!", { status: 400 })), false, "Fail!"],
    ["never reached a Worker", () => Promise.resolve(new Response("<h1>Shop</h1>")), false, "<h1>Shop</h1>"],
    ["met nobody", () => Promise.reject(new Error("down")), false, "The Worker could not be reached."],
  ])("says when it %s", async (_, publish, accepted, answer) => {
    const { queueIt: q, clock } = queueIt({ publish });

    const result = await q.publishNow();

    expect(result).toEqual({ at: clock.milliseconds, version: 1, accepted, answer });
    expect(q.lastPublish()).toEqual(result);
  });
});
