import { describe, expect, it } from "vitest";
import { reasonOf } from "../../../infra/switch/reason.ts";
import { whoOf } from "../../../infra/switch/who.ts";

const SECRET = "fake-secret-of-a-test";

describe("a reason", () => {
  it("is one line without what controls a terminal or is not seen", () => {
    expect(reasonOf("  login\n loop \u001b[31m\u202e since\tnoon ", [])).toBe("login loop [31m since noon");
  });

  it.each([
    ["none", undefined, "Say why"],
    ["white space", " \n", "Say why"],
    ["too long", "a".repeat(301), "301 characters"],
    ["a secret", `it was ${SECRET}`, "holds a secret"],
    ["a secret in base64", `it was ${Buffer.from(SECRET).toString("base64")}`, "holds a secret"],
  ])("is refused: %s", (_name, reason, words) => {
    const refused = () => reasonOf(reason, [SECRET]);
    expect(refused).toThrow(expect.objectContaining({ code: "switch-reason" }));
    expect(refused).toThrow(words);
    expect(refused).not.toThrow(SECRET);
  });
});

describe("who switches", () => {
  const nobody = { githubActor: undefined, gitName: undefined, systemUser: undefined };

  it.each([
    [
      "whoever pressed the button",
      { githubActor: "ada", gitName: "Bot", systemUser: "runner" },
      "ada (GitHub)",
    ],
    ["git's name", { ...nobody, gitName: "Ada Lovelace\n", systemUser: "root" }, "Ada Lovelace"],
    ["the user of the machine", { ...nobody, systemUser: "ada" }, "ada"],
    ["nobody known", nobody, "somebody"],
  ])("is %s, and the token", (_name, names, person) => {
    expect(whoOf(names, undefined)).toBe(person);
    expect(whoOf(names, "0123")).toBe(`${person}, with the API token 0123`);
  });

  it("is cut and made harmless: a name is a foreign text", () => {
    const gitName = `\u001b[2J${"a".repeat(200)}`;
    expect(whoOf({ ...nobody, gitName }, undefined)).toBe(`[2J${"a".repeat(77)}`);
  });
});
