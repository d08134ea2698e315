import { describe, expect, it } from "vitest";
import { DefaultNormalizationProvider, KnownUser } from "@queue-it/connector-javascript";
import { configurationOf, queueAction } from "../support/configurations.ts";
import { referenceContext } from "../differential/reference.ts";
import { sessionPair, sessionValue } from "../support/session-cookie.ts";
import { CUSTOMER, queueToken, SECRET } from "../support/tokens.ts";

/**
 * Each of these holds a defect of the SDK that the Worker works around. When one fails, the SDK was fixed:
 * remove the workaround it names.
 */
describe("defects of SDK 5.0.1", () => {
  it.each([
    ["an issue time that is no number never ends", "queue&IssueTime=", "queu&IssueTime=e"],
    ["a queue id counts as fixed validity", "QueueId=", "FixedValidityMins="],
  ])(
    "a session with moved fields is accepted: %s (worker/validation/session-cookie.ts)",
    async (_what, from, to) => {
      const value = sessionValue({ issued: Math.floor(Date.now() / 1000) - 40 * 86_400 }).replace(from, to);
      const request = {
        url: "https://shop.example/tickets",
        method: "GET",
        headers: { cookie: sessionPair("event1", value) },
        body: "",
      };
      const { context } = referenceContext(request, "as-the-sdk");
      const result = await KnownUser.validateRequestByIntegrationConfig(
        request.url,
        "",
        JSON.stringify(configurationOf(queueAction())),
        CUSTOMER,
        SECRET,
        context,
      );
      expect(result.doRedirect()).toBe(false);
    },
  );

  it("a session of a waiting room with an upper-case letter is refused (worker/validation/sdk-context.ts, #writeSession)", async () => {
    const configuration = JSON.stringify(configurationOf(queueAction({ EventId: "Event1" })));
    const url = "https://shop.example/tickets";
    const ask = async (token: string, cookie: string): Promise<{ redirects: boolean; cookie: string }> => {
      let set = "";
      const request = { url, method: "GET", headers: { cookie }, body: "" };
      const { context } = referenceContext(request);
      context.getHttpResponse = () => ({
        setCookie: (name, value) => (set = `${name}=${encodeURIComponent(value)}`),
      });
      const result = await KnownUser.validateRequestByIntegrationConfig(
        url,
        token,
        configuration,
        CUSTOMER,
        SECRET,
        context,
      );
      return { redirects: result.doRedirect(), cookie: set };
    };
    const accepted = await ask(queueToken({ room: "Event1" }), "");
    expect(accepted.redirects).toBe(false);
    expect((await ask("", accepted.cookie)).redirects).toBe(true);
  });

  it("one character outside the BMP leaves the whole URL as it came (worker/matching/url-normalization.ts)", () => {
    const normalized = new DefaultNormalizationProvider().normalizeUrl("https://shop.example/%74ickets?x=😀");
    expect(normalized).toBe("https://shop.example/%74ickets?x=😀");
  });
});
