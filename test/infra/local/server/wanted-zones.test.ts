import { describe, expect, it } from "vitest";
import { UserError } from "../../../../infra/errors/user-error.ts";
import { addedZones, readZones } from "../../../../infra/local/server/wanted-zones.ts";

const ID = "fedcba9876543210fedcba9876543210";

function refusalOf(given: readonly string[]): string {
  try {
    readZones(given);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return "none";
}

describe("zones as --zone names them", () => {
  it.each([
    ["shop.example", "shop.example"],
    ["SHOP.Example", "shop.example"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["xn--bcher-kva.example", "xn--bcher-kva.example"],
    ["XN--BCHER-KVA.example", "xn--bcher-kva.example"],
    ["a.b.shop.example", "a.b.shop.example"],
    [`${"a".repeat(63)}.example`, `${"a".repeat(63)}.example`],
  ])("%s is the zone %s", (given, name) => {
    expect(readZones([given])).toEqual([{ name, id: undefined }]);
  });

  it("may have an id of their own", () => {
    expect(readZones([`Shop.example=${ID}`, "b.example"])).toEqual([
      { name: "shop.example", id: ID },
      { name: "b.example", id: undefined },
    ]);
  });

  it.each([
    ["", "is empty"],
    ["shop.example.", "ends with a dot"],
    ["shop", "is not a full hostname"],
    ["https://shop.example", "has a scheme"],
    ["shop.example/", "has a path"],
    ["shop.example:8787", "has a port"],
    ["*.shop.example", "has a wildcard"],
    ["shop .example", "white space"],
    ["shop.example\n", "white space"],
    ["-shop.example", "is not a valid hostname"],
    ["xn--.example", "not valid punycode"],
    ["xn--a-.example", "xn--"],
    ["10.0.0.1", "is not a valid hostname"],
    [`${"a".repeat(64)}.example`, "is not a valid hostname"],
    ["localhost", "is not a full hostname"],
    ["shop.localhost", "this machine keeps"],
    ["kv-gate.invalid", "this machine keeps"],
    ["shop.example=", "32 characters"],
    ["shop.example=1234", "32 characters"],
    [`shop.example=${ID.toUpperCase()}`, "32 characters"],
    [`shop.example=${ID}=${ID}`, "32 characters"],
    [`=${ID}`, "is empty"],
  ])("%j is refused, and says why", (given, reason) => {
    expect(refusalOf([given])).toContain(reason);
  });

  it("are named once each, however they are written", () => {
    expect(refusalOf(["shop.example", "Shop.Example"])).toContain("names shop.example twice");
    expect(refusalOf(["bücher.example", "xn--bcher-kva.example"])).toContain("twice");
    expect(refusalOf([`a.example=${ID}`, `b.example=${ID}`])).toContain("the same id");
  });

  it("are refused together, in one paragraph that does not repeat all of a long text", () => {
    const message = refusalOf(["a.", "b/", "c:1", "d", "e e.x", "f", "x".repeat(5000)]);
    expect(message).toContain("And 2 more.");
    expect(message.length).toBeLessThan(1000);
    expect(message).not.toContain("\n");
  });

  it("can be three hundred, but not more than a thousand", () => {
    const names = Array.from({ length: 300 }, (_, index) => `shop-${index}.example`);
    expect(readZones(names)).toHaveLength(300);
    expect(refusalOf(Array.from({ length: 1001 }, (_, index) => `shop-${index}.example`))).toContain(
      "at most 1000",
    );
  });
});

describe("zones beside those of the environments", () => {
  const known = [{ id: ID, name: "shop.example" }];
  const wanted = (name: string, id?: string) => [{ from: "--zone", zones: [{ name, id }] }];

  it("have the same id in every run where none is given", () => {
    expect(addedZones([], wanted("a.example"))).toEqual(addedZones([], wanted("a.example")));
    expect(addedZones([], wanted("a.example"))[0]?.id).not.toBe(addedZones([], wanted("b.example"))[0]?.id);
  });

  it("are not added again where they are known, with that id or without one", () => {
    expect(addedZones(known, wanted("shop.example"))).toEqual([]);
    expect(addedZones(known, wanted("shop.example", ID))).toEqual([]);
  });

  it("are refused with another id, or with the id of another zone", () => {
    expect(() => addedZones(known, wanted("shop.example", "a".repeat(32)))).toThrow("Let both say the same");
    expect(() => addedZones(known, wanted("other.example", ID))).toThrow("which is that of shop.example");
  });
});
