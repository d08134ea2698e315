import { describe, expect, it } from "vitest";
import { escaped, escapedLines, printable } from "../../../infra/text/printable.ts";

describe("a text that is printed", () => {
  it("has no character left that moves the cursor, turns text around or hides", () => {
    expect(escaped("a\u001b]0;x\u0007\u202e\u2028\u{e0001}\r")).toBe(
      "a\\u001b]0;x\\u0007\\u202e\\u2028\\u{e0001}\\u000d",
    );
  });

  it("is one line, or keeps its own where it has several", () => {
    expect(printable("a\nb\tc")).toBe("a\\nb\\tc");
    expect(escapedLines("a\r\n\tb\u200e\n")).toBe("a\\u000d\n\tb\\u200e\n");
  });
});
