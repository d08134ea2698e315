import { describe, expect, it } from "vitest";
import { realistic, takeQueueToken } from "../../../worker/validation/queue-token.ts";

const SITE = "https://shop.example/tickets";

describe("taking the queue token out of a URL", () => {
  it.each([
    ["first", "?queueittoken=abc&x=1&y=2", "?x=1&y=2"],
    ["in the middle", "?x=1&queueittoken=abc&y=2", "?x=1&y=2"],
    ["last", "?x=1&y=2&queueittoken=abc", "?x=1&y=2"],
    ["the only parameter", "?queueittoken=abc", ""],
    ["in other letters", "?x=1&QueueITToken=abc", "?x=1"],
    ["repeated", "?queueittoken=abc&x=1&queueittoken=def", "?x=1"],
    ["after an empty one", "?queueittoken=&x=1&queueittoken=abc", "?x=1"],
  ])("works when it is %s", (_where, query, rest) => {
    expect(takeQueueToken(SITE + query)).toEqual({ url: SITE + rest, token: "abc", inQuery: true });
  });

  it.each([
    ["no query", ""],
    ["an empty query", "?"],
    ["a parameter whose name ends in queueittoken", "?myqueueittoken=abc"],
    ["a parameter whose value is queueittoken", "?x=queueittoken"],
    ["the name in the path only", "/queueittoken=abc?x=1"],
    ["empty parameters", "?&&x=1&"],
    ["a second question mark", "?x=1?queueittoken=abc"],
  ])("leaves a URL with %s as it is", (_what, rest) => {
    expect(takeQueueToken(SITE + rest)).toEqual({ url: SITE + rest, token: "", inQuery: false });
  });

  it("keeps every other byte, even where it is not well encoded", () => {
    const url = `${SITE}?a=%zz&b=+%20&c=%C3%9F&d=ü&&e&queueittoken=abc&=f&g==h`;
    expect(takeQueueToken(url).url).toBe(`${SITE}?a=%zz&b=+%20&c=%C3%9F&d=ü&&e&=f&g==h`);
  });

  it("takes an empty token out too, so that a redirect ends at an address without it", () => {
    expect(takeQueueToken(`${SITE}?queueittoken`)).toEqual({ url: SITE, token: "", inQuery: true });
  });

  it("decodes the token, and takes one that cannot be decoded as it is", () => {
    expect(takeQueueToken(`${SITE}?queueittoken=a%7Eb+c`).token).toBe("a~b c");
    expect(takeQueueToken(`${SITE}?queueittoken=a%7`).token).toBe("a%7");
  });

  it("leaves what follows the query, and what only looks like one", () => {
    expect(takeQueueToken(`${SITE}?queueittoken=abc#top?x`)).toEqual({
      url: `${SITE}#top?x`,
      token: "abc",
      inQuery: true,
    });
    for (const rest of ["#?queueittoken=abc", "#top?queueittoken=abc", "?x=1#&queueittoken=abc"])
      expect(takeQueueToken(SITE + rest)).toEqual({ url: SITE + rest, token: "", inQuery: false });
  });

  it("keeps an equals sign that belongs to the token, and a name that is written in capitals", () => {
    expect(takeQueueToken(`${SITE}?QUEUEITTOKEN=a=b=`).token).toBe("a=b=");
    expect(takeQueueToken(`${SITE}?queueittoken=a+b+c`).token).toBe("a b c");
  });
});

describe("a queue token that is too long to be one", () => {
  it("counts as none", () => {
    expect(realistic("x".repeat(2048))).toBe("x".repeat(2048));
    expect(realistic("x".repeat(2049))).toBe("");
  });
});
