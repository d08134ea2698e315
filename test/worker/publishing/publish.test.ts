import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { configurationOf, pathContains, queueAction } from "../support/configurations.ts";
import { Shop, type ShopOptions } from "../support/shop.ts";
import { hmac, publishBody, SECRET } from "../support/tokens.ts";

const CALL = "https://shop.example/?__push_queueit_config";
const HELD = { Version: 5, Integrations: [] };

let shop: Shop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

async function open(options: ShopOptions = {}): Promise<Shop> {
  return (shop = await Shop.open({ configuration: HELD, ...options }));
}

async function publish(body: string, method = "POST"): Promise<string> {
  const target = shop ?? (await open());
  const response = await target.visit(CALL, { method, body });
  expect(response.headers.get("cache-control")).toContain("no-store");
  return `${response.status} ${await response.text()}`;
}

describe("a publish call", () => {
  it("writes the configuration and works from the next request on, by POST and by PUT", async () => {
    const target = await open();
    expect((await target.visit("https://shop.example/tickets")).status).toBe(200);
    const configuration = { ...configurationOf(queueAction()), Version: 6 };
    expect(await publish(publishBody(configuration), "POST")).toBe("200 Success!");
    expect(JSON.parse((await target.storedConfiguration()) ?? "")).toEqual(configuration);
    expect((await target.visit("https://shop.example/tickets")).status).toBe(302);
    expect(await publish(publishBody({ Version: 7, Integrations: [] }), "PUT")).toBe("200 Success!");
    expect((await target.visit("https://shop.example/tickets")).status).toBe(200);
  });

  it("keeps every character of a trigger", async () => {
    const target = await open();
    const trigger = { TriggerParts: [pathContains("Größe 特価 🎟")] };
    const text = JSON.stringify({ Version: 6, Integrations: [queueAction({ Triggers: [trigger] })] });
    expect(await publish(publishBody(text))).toBe("200 Success!");
    expect(await target.storedConfiguration()).toBe(text);
  });

  it("is taken with words that the SDK does not know, which are counted in one line of the log", async () => {
    const target = await open();
    const misspelt = queueAction({ Name: "Sale", ActionType: "Quue" });
    expect(await publish(publishBody({ Version: 6, Integrations: [misspelt, queueAction()] }))).toBe(
      "200 Success!",
    );
    const lines = target.log.filter((line) => line.includes("configuration-doubtful"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(
      "Version 6: unknown words: 1, comparisons that another spelling of a URL misses: 1.",
    );
    await publish(publishBody({ Version: 6, Integrations: [misspelt, queueAction()] }));
    expect(target.log.filter((line) => line.includes("configuration-doubtful"))).toHaveLength(1);
  });

  it("of the version that is held is taken again: Queue-it may repeat a call", async () => {
    await open();
    expect(await publish(publishBody(HELD))).toBe("200 Success!");
  });

  it("with an older version is refused, so that a replayed call cannot roll back", async () => {
    const target = await open();
    expect(await publish(publishBody({ Version: 4, Integrations: [] }))).toBe("400 Fail!");
    expect(await target.storedConfiguration()).toBe(JSON.stringify(HELD));
  });

  it("leaves the newest version, whichever of several calls at once comes first", async () => {
    const target = await open();
    const versions = [9, 6, 12, 7, 11, 8, 10];
    const answers = await Promise.all(
      versions.map((Version) => publish(publishBody({ Version, Integrations: [] }))),
    );
    expect(answers[versions.indexOf(12)]).toBe("200 Success!");
    expect(JSON.parse((await target.storedConfiguration()) ?? "")).toMatchObject({ Version: 12 });
    await target.store({ Version: 5, Integrations: [] });
    // KV shows the one before for a while; the isolate knows better.
    expect(await publish(publishBody({ Version: 11, Integrations: [] }))).toBe("400 Fail!");
  });

  it("replaces a held value that is broken", async () => {
    await open({ configuration: "{broken" });
    expect(await publish(publishBody({ Version: 1, Integrations: [] }))).toBe("200 Success!");
  });

  it("is refused where something else owns the configuration", async () => {
    await open({ variables: { QUEUEIT_CONFIG_OWNER: "file" } });
    expect(await publish(publishBody({ Version: 6 }))).toBe("400 Fail!");
  });

  it("without KV or secret key fails, and never reaches the origin", async () => {
    await open({ without: "secret" });
    expect(await publish(publishBody({ Version: 6 }))).toBe("400 Fail!");
    expect(shop?.seen).toEqual([]);
  });

  it("by GET is not allowed", async () => {
    const target = await open();
    const response = await target.visit(CALL);
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST, PUT");
    expect(await response.text()).toBe("Fail!");
  });

  it("logs every reason of a refusal, but neither the key nor the hash nor the body", async () => {
    const target = await open();
    await publish(publishBody({ Version: "six", Integrations: [{ Name: "do not log me" }] }));
    await publish(publishBody({ Version: 6 }, "another-fake-secret"));
    await target.close();
    shop = undefined;
    const log = target.log.join("\n");
    expect(log).toContain("Integrations[0].ActionType: must be a text such as Queue, Cancel or Ignore");
    expect(log).toContain('"reason":"hash-invalid"');
    expect(log).not.toContain(SECRET);
    expect(log).not.toContain("do not log me");
    expect(log).not.toMatch(/[0-9a-f]{32}/);
  });
});

describe("a publish call", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open({ configuration: HELD });
  });
  afterAll(() => shop.close());

  it.each([
    ["signed with another key", publishBody({ Version: 6 }, "another-fake-secret")],
    ["without hash", JSON.stringify({ integrationInfo: "7b7d" })],
    ["whose hash is not a text", JSON.stringify({ hash: 7, integrationInfo: "7b7d" })],
    ["that is not JSON", "{"],
    ["that is null", "null"],
    ["with nothing in it", ""],
    ["with something else than hex", JSON.stringify({ hash: hmac("zz"), integrationInfo: "zz" })],
    ["with half a byte", JSON.stringify({ hash: hmac("7b7"), integrationInfo: "7b7" })],
    ["that is not UTF-8 inside", JSON.stringify({ hash: hmac("ff"), integrationInfo: "ff" })],
    ["whose configuration is not JSON", publishBody("{")],
    ["whose configuration is broken", publishBody({ Version: 6, Integrations: [{}] })],
    [
      "that needs an endpoint nobody set",
      publishBody({
        ...configurationOf(queueAction({ VerifyQueueIdEnabled: true, QueueIdUsageLimit: 3 })),
        Version: 6,
      }),
    ],
    ["that is larger than 5 MiB", publishBody({ Version: 6, Description: "x".repeat(3 * 1024 * 1024) })],
  ])("%s is refused and changes nothing", async (_what, body) => {
    const response = await shop.visit(CALL, { method: "POST", body });
    expect(`${response.status} ${await response.text()}`).toBe("400 Fail!");
    expect(await shop.storedConfiguration()).toBe(JSON.stringify(HELD));
  });
});
