import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePlan } from "../../../infra/plan/parse.ts";
import { SHORTEST_INSIDE } from "../../../infra/secrets/forms.ts";
import { redact } from "../../../infra/secrets/redact.ts";
import { runs } from "../../support/runs.ts";
import { planJson, secret, variable, workerChange } from "../plan/plan-builder.ts";

const json = (text: string) => JSON.stringify(text).slice(1, -1);
const unicodeEscape = (text: string) =>
  Array.from(
    { length: text.length },
    (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");
/** As Go's encoding/json does, and so Terraform's jsonencode. */
const goJson = (text: string) => json(text).replaceAll(/[<>&\u2028\u2029]/g, unicodeEscape);
const percent = (text: string) =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
const html = (text: string) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
const hex = (text: string) => Buffer.from(text).toString("hex");
const base64 = (text: string) => Buffer.from(text).toString("base64");

const isWord = (byte: number) => /\w/.test(String.fromCharCode(byte)) && byte < 128;
const octal = (text: string, isEscaped: (byte: number) => boolean) =>
  [...Buffer.from(text)]
    .map((byte) => (isEscaped(byte) ? `\\${byte.toString(8).padStart(3, "0")}` : String.fromCharCode(byte)))
    .join("");

/** Each form as a function of a secret, and of seven bits that choose where there is a choice. */
const FORMS: Readonly<Record<string, (text: string, choice: number) => string>> = {
  "as it is": (text) => text,
  JSON: json,
  "JSON as Terraform's jsonencode writes it": goJson,
  "JSON in JSON": (text) => json(json(text)),
  "Terraform's JSON in JSON in JSON": (text) => json(goJson(goJson(text))),
  "JSON with every character escaped": unicodeEscape,
  "JSON with every character escaped, in capitals": (text) =>
    unicodeEscape(text).replaceAll(/[a-f]/g, (hex) => hex.toUpperCase()),
  "a URL's part": encodeURIComponent,
  "a URL's part in lower case": (text) =>
    encodeURIComponent(text).replaceAll(/%../g, (byte) => byte.toLowerCase()),
  "a whole URL": encodeURI,
  "a form": (text) => new URLSearchParams({ k: text }).toString().slice(2),
  "every byte percent-encoded": percent,
  "some characters percent-encoded": (text, choice) =>
    [...text]
      .map((character, at) =>
        (choice >> (at % 7)) & 1 || character === "%" ? percent(character) : character,
      )
      .join(""),
  "percent-encoded twice": (text) => encodeURIComponent(encodeURIComponent(text)),
  "JSON in a URL": (text) => encodeURIComponent(json(text)),
  "a URL's part in JSON": (text) => goJson(encodeURIComponent(text)),
  HTML: html,
  "HTML in Terraform's JSON": (text) => goJson(html(text)),
  "HTML with numbers": (text) => [...text].map((character) => `&#${character.codePointAt(0)};`).join(""),
  "HTML with hexadecimal numbers": (text) =>
    [...text].map((character) => `&#x${character.codePointAt(0)?.toString(16)};`).join(""),
  hexadecimal: hex,
  "hexadecimal in capitals": (text) => hex(text).toUpperCase(),
  "hexadecimal, byte by byte": (text) => hex(text).replaceAll(/..(?=.)/g, "$& "),
  "hexadecimal of UTF-16": (text) => Buffer.from(text, "utf16le").toString("hex"),
  "hexadecimal of UTF-16, the high byte first": (text) =>
    Buffer.from(text, "utf16le").swap16().toString("hex"),
  "octal escapes, as of C": (text) => octal(text, () => true),
  "octal escapes of what is no letter or digit, as of shells": (text) => octal(text, (byte) => !isWord(byte)),
  "octal escapes of some bytes, without zeros": (text, choice) =>
    [...Buffer.from(text)]
      .map((byte, at) =>
        isWord(byte) && !((choice >> (at % 7)) & 1) ? String.fromCharCode(byte) : `\\${byte.toString(8)}`,
      )
      .join(""),
  "Python's bytes": (text) =>
    [...Buffer.from(text)]
      .map((byte) => (isWord(byte) ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`))
      .join(""),
  "Python's bytes in JSON": (text) =>
    json([...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("")),
  "bytes as Go prints them": (text) => [...Buffer.from(text)].join(" "),
  "bytes in JSON": (text) => [...Buffer.from(text)].join(","),
  "bytes as Python lists them": (text) => [...Buffer.from(text)].join(", "),
  "bytes as Java prints them": (text) => [...new Int8Array(Buffer.from(text))].join(", "),
  "bytes of UTF-16": (text) => [...Buffer.from(text, "utf16le")].join(" "),
  "base64 of a user and it": (text, choice) => base64("u".repeat(choice % 4) + ":" + text),
  "base64 of it and more": (text, choice) => base64("x".repeat(choice % 3) + text + "y".repeat(choice % 5)),
  "base64 without padding": (text) => base64(text).replaceAll("=", ""),
  "base64 for URLs": (text, choice) => Buffer.from("?".repeat(choice % 3) + text).toString("base64url"),
  "base64 in a URL": (text, choice) => encodeURIComponent(base64(">".repeat(choice % 3) + text)),
  "base64 in lines": (text, choice) => base64("x".repeat(choice % 3) + text).replaceAll(/.{20}/g, "$&\n"),
  "base64 of JSON": (text, choice) => base64(`${" ".repeat(choice % 3)}{"key":"${goJson(text)}"}`),
  "base64 of UTF-16": (text) => Buffer.from(text, "utf16le").toString("base64"),
  "a line that Terraform broke": (text) => text.replaceAll(/\s+/g, "\n│ "),
};

/** What keys, passwords and pasted things are made of. Space around a secret is no part of it. */
const secretText = fc
  .oneof(
    fc.string({ minLength: SHORTEST_INSIDE, maxLength: 90, unit: "grapheme" }),
    fc.string({ minLength: SHORTEST_INSIDE, maxLength: 90, unit: "binary-ascii" }),
    fc.string({
      minLength: SHORTEST_INSIDE,
      maxLength: 12,
      unit: fc.constantFrom(..."aZ09\"'\\/<>&%+=?#;: \n\té😀nux"),
    }),
  )
  .map((text) => text.trim())
  .filter((text) => text.length >= SHORTEST_INSIDE);
const surroundings = fc.string({ maxLength: 20 }).map((text) => text.replaceAll(/[«»]/g, ""));
const choice = fc.integer({ min: 1, max: 127 });

describe.each(Object.entries(FORMS))("a secret as %s", (_name, form) => {
  it("is hidden, all of it and nothing else", () => {
    fc.assert(
      fc.property(secretText, choice, surroundings, surroundings, (text, bits, before, after) => {
        const written = form(text, bits);
        fc.pre(!`${before}«»${after}`.includes(text));
        expect(redact(`${before}«${written}»${after}`, [text])).toBe(`${before}«(hidden)»${after}`);
      }),
      { numRuns: runs(12, 40) },
    );
  });

  it("is hidden whatever is right beside it", () => {
    fc.assert(
      fc.property(secretText, choice, surroundings, surroundings, (text, bits, before, after) => {
        const written = form(text, bits);
        expect(redact(before + written + after, [text])).not.toContain(written);
      }),
      { numRuns: runs(12, 40) },
    );
  });
});

describe("a secret in base64", () => {
  it.each(["\\", "%", "&#4", "%2"])(
    "is hidden after %s, which makes its beginning look like an escape",
    (before) => {
      for (const text of ["D\0\0\0\0\0\0", "fake-secret", "#".repeat(9), "\u06ef".repeat(6)]) {
        expect(redact(before + base64(text), [text])).not.toContain(base64(text).slice(3, -3));
      }
    },
  );
});

describe("a plan", () => {
  it("shows a secret in none of its forms", () => {
    fc.assert(
      fc.property(secretText, choice, fc.constantFrom(...Object.values(FORMS)), (text, bits, form) => {
        const written = `key: ${form(text, bits)}`;
        const plan = planJson([workerChange([], [secret("KEY", text), variable("OTHER", written)])]);
        expect(JSON.stringify(parsePlan(plan))).not.toContain(json(written));
      }),
      { numRuns: runs(20, 60) },
    );
  });
});

describe("a secret that is too short to look for in words", () => {
  const short = fc.string({
    minLength: 1,
    maxLength: SHORTEST_INSIDE - 1,
    unit: fc.constantFrom(..."ab1<é"),
  });

  it.each<[string, (text: string) => string]>([
    ["all of a text", (text) => text],
    ["in quotes", (text) => `Error: the key "${text}" is refused`],
    ["in quotes in JSON", (text) => JSON.stringify({ key: text })],
    ["after an equals sign", (text) => `?key=${encodeURIComponent(text)}&more=zz`],
  ])("is hidden where it stands by itself: %s", (_name, place) => {
    fc.assert(
      fc.property(short, (text) => {
        const [before = "", after = ""] = place("HERE").split("HERE");
        expect(redact(place(text), [text])).toBe(`${before}(hidden)${after}`);
      }),
    );
  });

  it("leaves a report readable", () => {
    const report = "Error: a route a.dk/* is not there (a, e). See https://a.dk/?x=1";
    expect(redact(report, ["a", "e", "is", "the", "route"])).toBe(report);
  });
});

describe("a text that is made to be slow to search", () => {
  it.each([
    ["backslashes", "\\"],
    ["escaped percent signs", "%25"],
    ["escaped backslashes", "%5c"],
    ["ampersands", "&amp;"],
    ["spaces", " "],
    ["base64", "QUFB"],
    ["the beginning of the secret", "\\\\fake-"],
  ])("is searched in steps that are bounded: %s", (_name, part) => {
    const text = part.repeat(50_000);
    expect(redact(`${text}!`, ['\\fake- "secret" & more'])).toBe(`${text}!`);
  });
});
