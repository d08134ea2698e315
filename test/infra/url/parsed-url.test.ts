import { describe, expect, it } from "vitest";
import { parsedUrl } from "../../../infra/url/parsed-url.ts";

describe("a parsed URL", () => {
  it("is read the same however often it is", () => {
    const read = Array.from({ length: 20_000 }, () => parsedUrl("https://bücher.example.dk")?.hostname);
    expect(new Set(read)).toEqual(new Set(["xn--bcher-kva.example.dk"]));
  });

  it("may be relative to another", () => {
    expect(parsedUrl("../a", "https://shop.example/b/c")?.href).toBe("https://shop.example/a");
  });

  it.for(["", "shop.example", "https://", "https://[", "//shop.example"])("is not %j", (text) => {
    expect(parsedUrl(text)).toBeUndefined();
  });
});
