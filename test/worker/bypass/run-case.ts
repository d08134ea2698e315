import { expect } from "vitest";
import { RawOrigin } from "../support/raw-origin.ts";
import { rawRequest } from "../support/raw-request.ts";
import { Shop } from "../support/shop.ts";
import { AGAIN, NO_PAGE, REFUSED, SITE, TURNED_AWAY, WAITS, type BypassCase } from "./bypass-case.ts";
import { answerOf, SETUPS, type SetupName } from "./setups.ts";

/** Shops in workerd, one for each set-up that a case has asked for. */
export class BypassShops {
  readonly #open = new Map<SetupName, Promise<{ shop: Shop; site: RawOrigin }>>();

  /** Sends a case's request, and tells what came of it, in words. */
  async outcomeOf({ setup, request, headers, body, shows }: BypassCase): Promise<string> {
    const { shop, site } = await this.#shop(setup);
    site.asked.length = 0;
    const host = headers.some((line) => line.startsWith("host:")) ? [] : ["host: shop.example"];
    const sent = headers.some((line) => /^(?:content-length|transfer-encoding):/.test(line));
    const framing = body === "" || sent ? [] : [`content-length: ${body.length}`];
    const answer = await rawRequest(shop, [`${request} HTTP/1.1`, ...host, ...headers, ...framing], body);
    const asked = site.asked.filter((one) => !/^host: endpoint\.example/im.test(one)).length;
    expectSound(
      answer,
      asked,
      headers.some((line) => IS_PREFETCH.test(line)),
    );
    const shown = shows === undefined ? "" : `; \`${shows}: ${valuesOf(answer, shows).join(" | ") || "–"}\``;
    return inWords(answer, asked, request.startsWith("OPTIONS ")) + shown;
  }

  async close(): Promise<void> {
    for (const opened of this.#open.values()) {
      const { shop, site } = await opened;
      await shop.close();
      await site.close();
    }
  }

  #shop(setup: SetupName): Promise<{ shop: Shop; site: RawOrigin }> {
    let opened = this.#open.get(setup);
    if (opened === undefined) this.#open.set(setup, (opened = openShop(setup)));
    return opened;
  }
}

async function openShop(setup: SetupName): Promise<{ shop: Shop; site: RawOrigin }> {
  const site = await RawOrigin.open();
  site.answerTo = answerOf;
  return { shop: await Shop.open({ ...SETUPS[setup], originAddress: site.address }), site };
}

const IS_PREFETCH = /^(?:sec-purpose|purpose|x-purpose|x-moz): ?pre(?:fetch|view)/i;

/** What no request may bring about, whatever else comes of it. */
function expectSound(answer: string, asked: number, isPrefetch: boolean): void {
  const isOurs = valuesOf(answer, "x-queueit-connector").length > 0;
  const cookies = valuesOf(answer, "set-cookie");
  expect(asked).toBeLessThanOrEqual(1);
  expect(valuesOf(answer, "x-queueit-failed")).toEqual([]);
  expect(cookies.filter((cookie) => !cookie.startsWith("QueueITAccepted-SDFrts345E-V3_"))).toEqual([]);
  if (!isOurs) return;
  if (!isPrefetch) expect(answer).not.toMatch(/^HTTP\/1\.1 5/);
  // Nothing in the address adds a parameter to the one at Queue-it, or changes one.
  const [location = decodeURIComponent(valuesOf(answer, "x-queueit-redirect")[0] ?? "")] = valuesOf(
    answer,
    "location",
  );
  if (location.startsWith("https://testcustomer.queue-it.net/"))
    expect(new URL(location).searchParams.getAll("c")).toEqual(["testcustomer"]);
  // Who keeps an answer of ours, or one with a session, would give it to others.
  const caching = valuesOf(answer, "cache-control").join();
  if (asked === 0) expect(caching).toContain("no-store");
  if (cookies.length > 0) {
    expect(caching).toMatch(/no-store|private/);
    for (const name of ["cdn-cache-control", "cloudflare-cdn-cache-control", "surrogate-control"])
      expect(valuesOf(answer, name)).toEqual([]);
  }
}

function valuesOf(answer: string, name: string): string[] {
  const [head = ""] = answer.split("\r\n\r\n", 1);
  const values: string[] = [];
  for (const [, value = ""] of head.matchAll(new RegExp(`^${name}: ?(.*)\\r?$`, "gim")))
    values.push(value.trim());
  return values;
}

/** A short body whose length is not said before it. */
const IN_ONE_CHUNK = /^[0-9a-f]+\r\n(.*)\r\n0$/;

function inWords(answer: string, asked: number, isPreflight: boolean): string {
  const [head = "", sent = ""] = answer.split("\r\n\r\n", 2);
  const body = sent.replace(IN_ONE_CHUNK, "$1");
  const status = /^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? "";
  const isOurs = valuesOf(answer, "x-queueit-connector").length > 0;
  if (!isOurs) return REFUSED;
  const hasSession = valuesOf(answer, "set-cookie").some((cookie) =>
    /^QueueITAccepted[^=]*=[^;]/.test(cookie),
  );
  const session = hasSession ? ", and a session" : "";
  const isWithoutPage = body === "" && !/^(?:content-type|set-cookie|location):/im.test(head);
  if (asked > 0) return (isWithoutPage && isPreflight ? NO_PAGE : SITE) + session;
  if (status === "503") return TURNED_AWAY;
  const [toScript] = valuesOf(answer, "x-queueit-redirect");
  const [location = decodeURIComponent(toScript ?? "")] = valuesOf(answer, "location");
  const told = toScript === undefined ? "" : ", told to a script";
  if (location === "") return `\`${status} ${body}\``;
  const { host, pathname } = new URL(location);
  if (!host.endsWith(".queue-it.net")) return AGAIN + session;
  return pathname === "/" ? WAITS + told : `${WAITS}, behind Queue-it's \`${pathname}\`${told}`;
}
