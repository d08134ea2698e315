import { describe, expect, it } from "vitest";
import { resolve } from "../../../../infra/local/terraform/expression.ts";
import { UNKNOWN } from "../../../../infra/plan/value.ts";

describe("a text with references", () => {
  it("takes the type of what it points to, where it is one reference alone", () => {
    expect(resolve(["${var.count}", "n = ${var.count}"], () => 2)).toEqual([2, "n = 2"]);
  });

  it("is not known where any part of it is not known yet", () => {
    const lookUp = ({ address }: { readonly address: string }) => (address === "var.known" ? "a" : UNKNOWN);
    expect(resolve("${var.known}/${var.unknown}/${var.known}", lookUp)).toBe(UNKNOWN);
  });
});
