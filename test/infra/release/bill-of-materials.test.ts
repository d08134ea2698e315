import { describe, expect, it } from "vitest";
import { billProblems } from "../../../infra/release/bill-of-materials.ts";

const OWN = { name: "queueit-cloudflare", version: "1.2.0" };
const PACKAGES = [
  { name: "hono", version: "4.0.0" },
  { name: "@scope/name", version: "1.0.0" },
  { name: "a-tool", version: "1.0.0", dev: true },
];
const component = (name: string, version: string) => ({
  type: "library",
  name,
  version,
  "bom-ref": `${name}@${version}`,
  purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
});
const BILL = {
  $schema: "http://cyclonedx.org/schema/bom-1.5.schema.json",
  bomFormat: "CycloneDX",
  specVersion: "1.5",
  version: 1,
  metadata: { component: component("queueit-cloudflare", "1.2.0") },
  components: [component("hono", "4.0.0"), component("@scope/name", "1.0.0")],
};
const problems = (change: object) => billProblems(JSON.stringify({ ...BILL, ...change }), OWN, PACKAGES);

describe("a bill of materials", () => {
  it("is right where it lists what an installation gets", async () => {
    expect(await problems({})).toEqual([]);
    const alias = { ...component("hono", "4.0.0"), name: "hono-of-another-name" };
    expect(await problems({ components: [alias, component("@scope/name", "1.0.0")] })).toEqual([]);
  });

  it.each([
    [
      "leaves out a package",
      { components: [component("hono", "4.0.0")] },
      "It does not list @scope/name@1.0.0.",
    ],
    [
      "has another version of one",
      { components: [component("hono", "3.0.0"), component("@scope/name", "1.0.0")] },
      "hono@4.0.0",
    ],
    [
      "is of another release",
      { metadata: { component: component("queueit-cloudflare", "1.1.0") } },
      "not of pkg:npm/queueit-cloudflare@1.2.0",
    ],
    ["is not what the schema asks for", { version: "one" }, "schema asks for"],
    ["has a property that the schema does not know", { planted: true }, "schema asks for"],
    ["has a form that nobody knows", { specVersion: "9.9" }, "9.9"],
    ["is none", { components: undefined }, "look at components"],
  ])("is refused where it %s", async (_name, change, said) => {
    expect((await problems(change)).join("\n")).toContain(said);
  });

  it.each(["", "not JSON", "[]", "null"])("is refused where npm printed %j", async (text) => {
    expect(await billProblems(text, OWN, PACKAGES)).toHaveLength(1);
  });
});
