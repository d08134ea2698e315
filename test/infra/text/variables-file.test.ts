import { parseEnv } from "node:util";
import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BrokenLine, readVariables } from "../../../infra/text/variables-file.ts";

function broken(text: string): BrokenLine {
  try {
    readVariables(text);
  } catch (error) {
    if (error instanceof BrokenLine) return error;
  }
  throw new Error("It was read.");
}

describe("a file of variables", () => {
  it("is read as a shell reads it", () => {
    const text = [
      "# names and values",
      "",
      "A=1",
      "export B='x # y $z'",
      'C="two words"  # said here',
      "D= # nothing",
      "E=a+b/c==",
      "  F=https://example.com:8080/x,y@z%20",
    ].join("\n");
    expect(readVariables(text)).toEqual({
      A: "1",
      B: "x # y $z",
      C: "two words",
      D: "",
      E: "a+b/c==",
      F: "https://example.com:8080/x,y@z%20",
    });
    const shell = execFileSync("sh", [
      "-c",
      `${text}\nprintf '%s|' "$A" "$B" "$C" "$D" "$E" "$F"`,
    ]).toString();
    expect(shell).toBe(`${Object.values(readVariables(text)).join("|")}|`);
  });

  it("means to every other reader what it means here, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const text = `NAME=${value}\n`;
        let read: Readonly<Record<string, string>>;
        try {
          read = readVariables(text);
        } catch (error) {
          expect(error).toBeInstanceOf(BrokenLine);
          return;
        }
        expect(parseEnv(text)).toEqual(read);
      }),
    );
  });

  it("may come from Windows, with a byte order mark", () => {
    expect(readVariables("\uFEFFA=1\r\nB='2'\r\n")).toEqual({ A: "1", B: "2" });
  });

  it.each([
    ["A=1\nB", 2],
    ["A=1\n\n1B=2", 3],
    ["A.B=2", 1],
    ["A=x#y", 1],
    ["A=x y", 1],
    ["A=$HOME", 1],
    ['A="$HOME"', 1],
    ["A='it's'", 1],
    ["A='not closed", 1],
    ["A=`id`", 1],
    ["A=1\nA=2", 2],
    ["A=\\$x", 1],
  ])("is refused at the line of which readers make different things: %j", (text, line) => {
    expect(broken(text).line).toBe(line);
  });

  it("never shows a value", () => {
    for (const text of ["fake-secret-value", "A=fake secret-value", "A='fake-secret-value"])
      expect(broken(text).message).not.toContain("secret");
  });
});
