import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asciiOrigin, originProblem } from "../../../infra/cloudflare/origin.ts";
import { readSettings } from "../../../worker/deployment/settings.ts";

describe("an origin of scripts", () => {
  it.each([
    ["https://www.shop.dk", "https://www.shop.dk"],
    ["HTTPS://WWW.Shop.DK", "https://www.shop.dk"],
    ["https://www.shop.dk:443", "https://www.shop.dk"],
    ["http://www.shop.dk:80", "http://www.shop.dk"],
    ["https://www.shop.dk:8443", "https://www.shop.dk:8443"],
    ["https://bücher.example.dk", "https://xn--bcher-kva.example.dk"],
    ["http://localhost:3000", "http://localhost:3000"],
    ["http://[::1]:3000", "http://[::1]:3000"],
    ["http://192.0.2.1", "http://192.0.2.1"],
    ["capacitor://localhost", "capacitor://localhost"],
    ["Ionic://LOCALHOST", "ionic://localhost"],
  ])("%s is %s to a browser, and to the Worker", async (written, sent) => {
    expect(originProblem(written)).toBeUndefined();
    expect(asciiOrigin(written)).toBe(sent);
    expect(asciiOrigin(sent)).toBe(sent);
    const { settings, problems } = await readSettings({
      QUEUEIT_CUSTOMER_ID: "x",
      QUEUEIT_SECRET_KEY: "fake",
      QUEUEIT_ALLOWED_ORIGINS: sent,
    });
    expect([settings.allowedOrigins, problems]).toEqual([[sent], []]);
  });

  it.each([
    ["", "is empty"],
    ["*", "has a wildcard"],
    ["https://*.shop.dk", "has a wildcard"],
    ["null", "is the origin of sandboxed pages"],
    ["www.shop.dk", "has no scheme"],
    ["//www.shop.dk", "has no scheme"],
    ["https:/www.shop.dk", "has no scheme"],
    ["file://", "has a scheme that no page has"],
    ["javascript://www.shop.dk", "has a scheme that no page has"],
    ["https://user:secret@shop.dk", "has a user name"],
    ["https://www.shop.dk/", "has a path"],
    ["https://www.shop.dk/app", "has a path"],
    ["https://www.shop.dk?x", "has a path"],
    ["https://www.shop.dk#", "has a path"],
    ["https://www.shop.dk\\x", "has a path"],
    ["https://www.shop.dk, https://m.shop.dk", "has white space"],
    ["https://www.shop.dk\u200b", "has white space or an invisible character"],
    ["https://", "has no valid host or port"],
    ["https://www.shop.dk:99999", "has no valid host or port"],
    ["https://www.shop.dk:x", "has no valid host or port"],
    ["https://shop", "is not a full hostname"],
    ["https://www.shop.dk.", "ends with a dot"],
  ])("%j is refused: it %s", (written, what) => {
    const problem = originProblem(written);
    expect(problem?.what).toContain(what);
    expect(problem?.remedy).toMatch(/^\w/);
  });

  it("is one of a browser's, whatever is taken, and none that the Worker would leave out", async () => {
    const text = fc.oneof(
      fc.webUrl().map((url) => new URL(url).origin),
      fc.webUrl(),
      fc
        .tuple(fc.constantFrom("https://", "http://", "capacitor://", ""), fc.string())
        .map((parts) => parts.join("")),
    );
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(text, async (written) => {
        if (originProblem(written) !== undefined) return;
        taken++;
        const sent = asciiOrigin(written);
        if (/^https?:/i.test(written)) expect(new URL(written).origin).toBe(sent);
        const variables = {
          QUEUEIT_CUSTOMER_ID: "x",
          QUEUEIT_SECRET_KEY: "fake",
          QUEUEIT_ALLOWED_ORIGINS: sent,
        };
        const { settings, problems } = await readSettings(variables);
        expect([settings.allowedOrigins, problems]).toEqual([[sent], []]);
      }),
      { numRuns: 1000 },
    );
    expect(taken).toBeGreaterThan(200);
  });
});
