import { generateKeyPairSync, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { WorkerHooks } from "../../../worker/hooks/define-hooks.ts";
import { newFolder } from "../../support/new-folder.ts";
import { configurationOf, queueAction } from "../support/configurations.ts";
import { Shop } from "../support/shop.ts";

const PAGE = "https://shop.example/tickets?seat=A12";

let shop: Shop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

async function open(example: string): Promise<Shop> {
  shop = await Shop.open({
    configuration: configurationOf(queueAction()),
    hooks: `worker-hooks/example-${example}.ts`,
  });
  return shop;
}

describe("the example that lets search engines through", () => {
  const VERIFIED = { botManagement: { verifiedBot: true }, verifiedBotCategory: "Search Engine Crawler" };
  const cases: readonly (readonly [who: string, cf: object, passes: boolean, method?: string])[] = [
    ["one that Cloudflare has verified", VERIFIED, true],
    ["one that sends a form", VERIFIED, false, "POST"],
    ["a verified bot of another kind", { ...VERIFIED, verifiedBotCategory: "Monitoring & Analytics" }, false],
    ["one that only says so", { ...VERIFIED, botManagement: { verifiedBot: false } }, false],
    ["one in a zone without bot management", { verifiedBotCategory: "Search Engine Crawler" }, false],
    ["a visitor", {}, false],
  ];

  it("does so by Cloudflare's word, and never by the user agent", async () => {
    const site = await open("search-bots");
    for (const [who, cf, passes, method = "GET"] of cases) {
      const headers = { "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)" };
      const response = await site.visit(PAGE, { method, headers, cf: cf as never });
      expect(response.status, who).toBe(passes ? 200 : 302);
    }
    expect(site.seen).toHaveLength(1);
  });
});

describe("the example for a native app", () => {
  it("gives it the waiting room's address as JSON, and a browser a redirect", async () => {
    const site = await open("native-app");
    const browser = await site.visit(PAGE);
    const app = await site.visit(PAGE, { headers: { "x-shop-app": "4.2" } });
    expect(app.status).toBe(202);
    expect(app.headers.get("cache-control")).toContain("no-store");
    expect(await app.json()).toEqual({ waitingRoom: browser.headers.get("location") });
    expect(browser.status).toBe(302);
  });
});

describe("the example for a signed partner", () => {
  const pair = generateKeyPairSync("ed25519");
  const signed = (text: string) => sign(null, Buffer.from(text), pair.privateKey).toString("base64");
  const now = Date.now();
  const cases: readonly (readonly [what: string, header: string, passes: boolean])[] = [
    ["signed", `${now}.${signed(`GET\n${PAGE}\n${now}`)}`, true],
    ["an hour ago", `${now - 3_600_000}.${signed(`GET\n${PAGE}\n${now - 3_600_000}`)}`, false],
    ["for another address", `${now}.${signed(`GET\n${PAGE}&more\n${now}`)}`, false],
    ["for another method", `${now}.${signed(`POST\n${PAGE}\n${now}`)}`, false],
    ["with another moment", `${now + 1}.${signed(`GET\n${PAGE}\n${now}`)}`, false],
    ["not base64", `${now}.!!!`, false],
    ["too short", `${now}.AAAA`, false],
    ["nothing", "", false],
  ];

  it("lets through what its key has signed for this address and this minute, and nothing else", async () => {
    const { x = "" } = pair.publicKey.export({ format: "jwk" });
    const source = readFileSync("worker-hooks/example-signed-partner.ts", "utf8")
      .replace(/(?<=PUBLIC_KEY = ")[^"]*/, Buffer.from(x, "base64url").toString("base64"))
      .replace('"../worker/', `"${process.cwd()}/worker/`);
    const path = join(await newFolder(), "hooks.ts");
    await writeFile(path, source);
    const { default: hooks } = (await import(path)) as { default: WorkerHooks };
    for (const [what, header, passes] of cases) {
      const headers = new Headers({ "x-partner-signature": header });
      const before = await hooks.beforeMatching?.({ method: "GET", url: PAGE, headers, cf: {} });
      expect(before?.leaveAlone, what).toBe(passes ? true : undefined);
    }
  });

  it("lets nobody through in workerd while it has the key of the example, and does not fail", async () => {
    const site = await open("signed-partner");
    for (const [what, header] of cases) {
      const response = await site.visit(PAGE, { headers: { "x-partner-signature": header } });
      expect(response.status, what).toBe(302);
    }
    expect(site.log.join("\n")).not.toContain("ignored");
  });
});
