import { describe, expect, it } from "vitest";
import { pastedSecretNames } from "../../../infra/adopt/pasted-secrets.ts";

/** As Queue-it's platform shows a secret key; made up. */
const KEY = "0f8e7d6c-5b4a-4938-a716-05f4e3d2c1b00a9b8c7d-6e5f-4a3b-8c2d-1e0f9a8b7c6d";

function pasted(source: string, known: Parameters<typeof pastedSecretNames>[1] = []): readonly string[] {
  return pastedSecretNames({ files: [{ name: "worker.js", content: Buffer.from(source) }] }, known);
}

describe("a secret in a Worker's source", () => {
  it.each([
    ["a constant of the old connector", `const QUEUEIT_SECRET_KEY = "${KEY}";`],
    ["a property", `{ customerId: "acme", secretKey: "${KEY}" }`],
    ["a property in quotes", `{ "secret-key": '${KEY}' }`],
    ["a default behind a variable", `const key = env.QUEUEIT_SECRET_KEY || "a1b2c3d4e5f6a7b8";`],
    ["a default behind ??", 'const apiKey = env.apiKey ?? "a1b2c3d4e5f6a7b8";'],
    ["an entry of a map", 'settings.set("QUEUEIT_API_KEY", "a1b2c3d4e5f6a7b8");'],
    ["a member", 'this["secretKey"] = `a1b2c3d4e5f6a7b8`;'],
    ["pieces that are added up", `const secretKey = "${KEY.slice(0, 20)}" +\n  "${KEY.slice(20)}";`],
    ["an argument without a name, in minified code", `v(u,t,c,"acme","${KEY}",x)`],
    ["a value without a name, in Base64", `const k=atob("${Buffer.from(KEY).toString("base64")}")`],
    ["escapes", `const secretKey="${[...KEY].map((c) => `\\x${c.charCodeAt(0).toString(16)}`).join("")}"`],
    ["a comment", `// the old key was ${KEY}`],
  ])("is found as %s", (_how, source) => {
    expect(pasted(source)).toHaveLength(1);
  });

  it("is found by its value, whatever it looks like", () => {
    const known = [{ name: "the value of TF_VAR_queueit_secret_key", value: "correct horse battery" }];
    expect(pasted('const a="x",b="correct horse battery";', known)).toEqual([
      "the value of TF_VAR_queueit_secret_key",
    ]);
  });

  it("is told by its name, and never by its value", () => {
    expect(pasted(`const QUEUEIT_SECRET_KEY = "${KEY}";`)).toEqual(["QUEUEIT_SECRET_KEY"]);
  });
});

describe("what is not a secret", () => {
  it.each([
    [
      "the name of a variable",
      'const SECRETS = { secretKey: "QUEUEIT_SECRET_KEY", apiKey: "QUEUEIT_API_KEY" };',
    ],
    ["a placeholder", 'const QUEUEIT_SECRET_KEY = "YOUR-SECRET-KEY-HERE";'],
    ["a read variable", "const secretKey = env.QUEUEIT_SECRET_KEY;"],
    ["the GUID of WebSockets", 'const MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";'],
    ["an alphabet", 'const B = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";'],
  ])("is not taken for one: %s", (_what, source) => {
    expect(pasted(source)).toEqual([]);
  });

  it("is not looked for for ever", () => {
    const long = `const a = "${"secret_key".repeat(200_000)}";`;
    expect(pasted(long)).toEqual([]);
  });
});
