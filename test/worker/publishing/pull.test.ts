import { Response } from "miniflare";
import { afterEach, describe, expect, it } from "vitest";
import { Shop, type ShopOptions } from "../support/shop.ts";
import { API_KEY } from "../support/tokens.ts";

const HELD = { Version: 5, Integrations: [] };
const PULL = { QUEUEIT_CONFIG_OWNER: "pull", QUEUEIT_API_KEY: API_KEY };

let shop: Shop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

/** Runs the schedule once against a Queue-it that answers so, and tells what KV holds then. */
async function pullFrom(answer: () => Response, options: ShopOptions = {}): Promise<string | null> {
  shop = await Shop.open({ configuration: HELD, variables: PULL, origin: answer, ...options });
  await shop.runSchedule();
  return shop.storedConfiguration();
}

async function closedLog(): Promise<string> {
  await shop?.close();
  const log = shop?.log.join("\n") ?? "";
  shop = undefined;
  return log;
}

describe("the scheduled pull", () => {
  it("fetches the configuration with the API key and writes it", async () => {
    const newer = JSON.stringify({ Version: 6, Integrations: [] });
    expect(await pullFrom(() => new Response(newer))).toBe(newer);
    expect(shop?.seen).toHaveLength(1);
    expect(shop?.seen[0]?.url).toBe(
      "https://testcustomer.queue-it.net/status/integrationconfig/secure/testcustomer",
    );
    expect(shop?.seen[0]?.headers.get("api-key")).toBe(API_KEY);
  });

  it.each(['{"Version":5,"Integrations":[],"Description":"mine"}', '{"Version":"none"}', "gone"])(
    "writes over what somebody wrote to KV by hand, such as %s",
    async (configuration) => {
      const published = JSON.stringify({ Version: 5, Integrations: [] });
      expect(await pullFrom(() => new Response(published), { configuration })).toBe(published);
    },
  );

  it("keeps what is held whatever else Queue-it answers, and logs why without the key", async () => {
    const answers: Readonly<Record<string, () => Response>> = {
      "older-version": () => new Response(JSON.stringify({ Version: 4, Integrations: [] })),
      "configuration-invalid": () => new Response(JSON.stringify({ Version: 9, Integrations: [7] })),
      "queue-it-refused": () => new Response(`no key ${API_KEY}`, { status: 403 }),
      "body-invalid": () => new Response(JSON.stringify({ Version: 9, x: "x".repeat(6 * 1024 * 1024) })),
    };
    let answer = answers["older-version"];
    await pullFrom(() => answer?.() ?? new Response(null));
    for (const next of Object.values(answers).slice(1)) {
      answer = next;
      await shop?.runSchedule();
    }
    answer = () => new Response(new Uint8Array([0xff]));
    await shop?.runSchedule();
    answer = () => new Response(null, { status: 302, headers: { location: "https://elsewhere.example/" } });
    await shop?.runSchedule();
    expect(await shop?.storedConfiguration()).toBe(JSON.stringify(HELD));
    expect(shop?.seen.map(({ url }) => new URL(url).host)).toEqual(
      Array(6).fill("testcustomer.queue-it.net"),
    );
    const log = await closedLog();
    for (const reason of Object.keys(answers)) expect(log).toContain(`"reason":"${reason}"`);
    expect(log).not.toContain(API_KEY);
  });

  it("asks nobody where the schedule does not own the configuration", async () => {
    await pullFrom(() => new Response(null), { variables: { QUEUEIT_API_KEY: API_KEY } });
    expect(shop?.seen).toEqual([]);
  });

  it("says that the API key is missing", async () => {
    await pullFrom(() => new Response(null), { variables: { QUEUEIT_CONFIG_OWNER: "pull" } });
    expect(shop?.seen).toEqual([]);
    expect(await closedLog()).toContain('"reason":"api-key-missing"');
  });
});
