import { describe, expect, it } from "vitest";
import { publishAddress, publishUrl } from "../../../../infra/environments/definition/publish-url.ts";

const hostname = "shop.tickets.dk";

describe("the address to publish to", () => {
  it.each([
    [{ hostname }, "https://shop.tickets.dk/?__push_queueit_config"],
    [
      { hostname, protect: ["/checkout", "/tickets/*"] },
      "https://shop.tickets.dk/tickets/?__push_queueit_config",
    ],
    [
      { hostname, protect: ["/a/*", "/ab*"], bypass: ["/a*"] },
      "https://shop.tickets.dk/ab?__push_queueit_config",
    ],
    [{ hostname, protect: ["/tickets/*", "/*"] }, "https://shop.tickets.dk/?__push_queueit_config"],
    [{ hostname, protect: ["http://shop.tickets.dk/*"] }, "http://shop.tickets.dk/?__push_queueit_config"],
    [{ hostname: "shop.münchen.de" }, "https://shop.xn--mnchen-3ya.de/?__push_queueit_config"],
  ])("of %j is %s", (site, url) => {
    expect(publishAddress([site])).toBe(url);
  });

  it("is missing where no protected pattern takes a query string", () => {
    expect(publishAddress([{ hostname, protect: ["/checkout"] }])).toBeUndefined();
    expect(publishUrl([{ hostname, protect: ["/checkout"] }])).toBe(
      "https://shop.tickets.dk/?__push_queueit_config",
    );
  });

  it("is of the first site that has one", () => {
    const sites = [
      { hostname, protect: ["/checkout"] },
      { hostname: "portal.dk", protect: ["/a/*"] },
    ] as const;
    expect(publishUrl(sites)).toBe("https://portal.dk/a/?__push_queueit_config");
  });

  it("is none that a bypass of another site takes", () => {
    const sites = [
      { hostname, protect: ["/a/*", "/checkout/*"] },
      { hostname: "portal.dk", bypass: [`https://${hostname}/a/*`] },
    ] as const;
    expect(publishUrl(sites)).toBe(`https://${hostname}/checkout/?__push_queueit_config`);
  });
});
