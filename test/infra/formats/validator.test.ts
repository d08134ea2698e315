import { describe, expect, it } from "vitest";
import { faultsIn, faultsInOutput, formatsIn } from "./validator.ts";

const DESTROYED = { schema: "queueit-cf/destroy/1", environment: "staging", destroyed: true };
const FAILED = { schema: "queueit-cf/error/1", error: { code: "fault", message: "A fault." } };

describe("what the tests find in the JSON of commands", () => {
  it("is nothing where it has its format", () => {
    expect(faultsIn("queueit-cf/destroy/1", DESTROYED)).toEqual([]);
  });

  it.each([
    ["is missing", { ...DESTROYED, destroyed: undefined }],
    ["has another type", { ...DESTROYED, destroyed: "yes" }],
    ["is not in the schema", { ...DESTROYED, more: 1 }],
    ["has another format's name", { ...DESTROYED, schema: "queueit-cf/deploy/1" }],
  ])("is a property that %s", (_what, value) => {
    expect(faultsIn("queueit-cf/destroy/1", JSON.parse(JSON.stringify(value)))).not.toEqual([]);
  });

  it("is an object without a format", () => {
    expect(faultsInOutput('{ "error": { "code": "fault", "message": "A fault." } }')).toHaveLength(1);
  });

  it("looks at each of several objects, indented or not", () => {
    const text = `${JSON.stringify(DESTROYED, null, 2)}\n${JSON.stringify(FAILED)}\n${JSON.stringify(DESTROYED)}\n`;
    expect(formatsIn(text)).toEqual(["queueit-cf/destroy/1", "queueit-cf/error/1", "queueit-cf/destroy/1"]);
    expect(faultsInOutput(text.replaceAll("true", "null"))).toHaveLength(2);
  });
});
