import { describe, expect, it } from "vitest";
import { check } from "../../../../infra/local/terraform/conditions.ts";

/** The status of a condition where `data.state.outputs.hash` and `var.accepted` have the value. */
function statusOf(condition: string, value: unknown): string {
  return check("resource", "worker", [{ condition, message: "" }], () => value).status;
}

describe("a condition", () => {
  it("compares a reference with a text", () => {
    const condition = '${(data.terraform_remote_state.staging.outputs.hash == "a\\"b")}';
    expect(statusOf(condition, 'a"b')).toBe("pass");
    expect(statusOf(condition, "ab")).toBe("fail");
  });

  it.each([
    [true, "pass"],
    ["true", "pass"],
    [false, "fail"],
    ["false", "fail"],
    ["yes", "fail"],
  ])("that is one reference takes %j for %s", (value, status) => {
    expect(statusOf("${var.accepted}", value)).toBe(status);
  });

  it("says what does not hold, with the values of its message", () => {
    const conditions = [
      { condition: "${var.accepted}", message: "first: ${var.accepted}" },
      { condition: '${(var.accepted == "no")}', message: "second" },
    ];
    expect(check("var", "var.accepted", conditions, () => "no").problems).toEqual(["first: no"]);
  });

  it("is refused in any other form, with the place it stands in", () => {
    expect(() => statusOf("${length(var.accepted) > 3}", "yes")).toThrow(
      /worker has the expression \$\{length\(var\.accepted\) > 3\}/,
    );
  });
});
