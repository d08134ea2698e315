import { describe, expect, it } from "vitest";
import { hideTokens } from "../../../infra/queue-it/hide-tokens.ts";

const TOKEN = "e_sale~q_fake~ts_1~ce_true~rt_queue~h_fakehash";

describe("hideTokens", () => {
  it("hides the value of the token and keeps everything else byte for byte", () => {
    expect(hideTokens(`https://shop.example.com/a?x=%41&queueittoken=${TOKEN}&y=+`)).toBe(
      "https://shop.example.com/a?x=%41&queueittoken=hidden&y=+",
    );
  });

  it.each([
    `?QueueItToken=${TOKEN}`,
    `?queueittoke%6E=${TOKEN}`,
    `?t=${encodeURIComponent(`https://shop.example.com/?queueittoken=${TOKEN}`)}`,
    `?u=${encodeURIComponent(`?t=${encodeURIComponent(`https://shop.example.com/?queueittoken=${TOKEN}`)}`)}`,
    `?c=acme&enqueuetoken=${TOKEN}`,
  ])("leaves nothing of the token in %s", (query) => {
    expect(hideTokens(`https://shop.example.com/${query}`)).not.toContain("fakehash");
  });

  it("leaves a URL without tokens as it is", () => {
    expect(hideTokens("https://shop.example.com/?a=b")).toBe("https://shop.example.com/?a=b");
  });
});
