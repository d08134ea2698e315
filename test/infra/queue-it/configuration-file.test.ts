import { describe, expect, it } from "vitest";
import { readConfigurationFile } from "../../../infra/queue-it/configuration-file.ts";

/** A file with one more property, written like this. */
const file = (literal: string) => `{ "Version": 3, "Integrations": [], "More": ${literal} }`;

describe("an integration configuration file", () => {
  it.each(["9007199254740993597", "1.0", "-0", "1e400", '{"__proto__":1}'])(
    "is deployed with %s as it was written",
    (literal) => {
      expect(readConfigurationFile(file(literal))).toMatchObject({
        ok: true,
        json: `{"Version":3,"Integrations":[],"More":${literal}}`,
      });
    },
  );

  it("may begin with a byte order mark", () => {
    expect(readConfigurationFile(`\uFEFF${file("1")}`)).toMatchObject({ ok: true });
  });

  it.each<[string, string, string]>([
    ["is not JSON", "{", "is not JSON"],
    [
      "has a name twice, of which the Worker takes the last",
      file("1").replace("More", "Version"),
      "same name twice",
    ],
    ["is nested 20,000 levels deep", file("[".repeat(20_000) + "]".repeat(20_000)), "levels deep"],
    ["has a version that the Worker would round", file("1").replace("3", "9007199254740993"), "Version"],
  ])("is refused when it %s", (_name, text, reason) => {
    const read = readConfigurationFile(text);
    expect(read.ok ? [] : read.reasons).toEqual([expect.stringContaining(reason)]);
  });

  it("that is not UTF-8 is refused, and not read with other letters", () => {
    const read = readConfigurationFile(Buffer.from(file('"größe"'), "latin1"));
    expect(read.ok ? [] : read.reasons).toEqual([expect.stringContaining("is not UTF-8")]);
  });

  it("may be the body of a publish call", () => {
    const hex = (bytes: Uint8Array) =>
      JSON.stringify({ integrationInfo: Buffer.from(bytes).toString("hex"), hash: "00" });
    const published = readConfigurationFile(hex(Buffer.from(file('"größe"'))));
    expect(published).toMatchObject({ ok: true, json: '{"Version":3,"Integrations":[],"More":"größe"}' });
    expect(readConfigurationFile(hex(Buffer.from(file('"größe"'), "latin1")))).toMatchObject({ ok: false });
  });

  it.each<[string, string]>([
    ["root:*:20257:0", "line 1, column 1"],
    ['{\n  "Version": fake-password\n}', "line 2, column 14"],
    ['{ "Version": 3, }', "line 1, column 17"],
    ['{ "fake-password": "fake\npassword" }', "line 1, column"],
  ])("that is not JSON is told by the place, without a word of it: %j", (text, place) => {
    const read = readConfigurationFile(text);
    const told = read.ok ? "" : read.reasons.join();
    expect(told).toContain(place);
    expect(told).not.toMatch(/root|fake|password/);
  });
});
