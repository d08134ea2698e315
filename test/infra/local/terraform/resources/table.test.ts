import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RESOURCE_TYPES, kindOf } from "../../../../../infra/local/terraform/resources/table.ts";

interface Attribute {
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
}

// Attributes of the real provider 5.14.0, from `terraform providers schema -json`.
const { resource_schemas: schemas } = JSON.parse(
  readFileSync("test/fixtures/provider-schema.json", "utf8"),
) as {
  readonly resource_schemas: Readonly<
    Record<string, { readonly block: { readonly attributes: Readonly<Record<string, Attribute>> } }>
  >;
};

describe.each(RESOURCE_TYPES)("the rules of %s", (type) => {
  const { kept, replacing } = kindOf(type);
  const attributes = Object.entries(schemas[type]?.block.attributes ?? {});

  it("keep what the provider computes where the stack does not say it", () => {
    const computed = attributes
      .filter(([, { optional, computed }]) => optional === true && computed === true)
      .map(([name]) => name);
    expect([...kept].sort()).toEqual(computed.sort());
  });

  it("name attributes that every resource of the type has", () => {
    const required = attributes.filter(([, { required }]) => required === true).map(([name]) => name);
    expect(required).toEqual(expect.arrayContaining([...replacing]));
  });
});
