import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { SPEC } from "../specification/specs.ts";
import { synthesized } from "./synthesized.ts";

// Attributes of the real provider 5.14.0, from `terraform providers schema -json`.
interface Attribute {
  readonly type?: unknown;
  readonly nested_type?: { readonly nesting_mode: string; readonly attributes: Schema };
  readonly required?: boolean;
  readonly optional?: boolean;
}
type Schema = Readonly<Record<string, Attribute>>;
type Blocks = Readonly<Record<string, { readonly block: { readonly attributes: Schema } }>>;

const schema = JSON.parse(readFileSync("test/fixtures/provider-schema.json", "utf8")) as {
  readonly resource_schemas: Blocks;
  readonly data_source_schemas: Blocks;
};

const META_ARGUMENTS = new Set(["//", "lifecycle", "depends_on", "provider", "count", "for_each"]);

/** What is wrong with a value, one line each; empty when the provider would accept its shape. */
function problems(path: string, attributes: Schema, value: Readonly<Record<string, unknown>>): string[] {
  const required = Object.entries(attributes)
    .filter(([name, attribute]) => attribute.required === true && !(name in value))
    .map(([name]) => `${path}.${name} is missing`);
  const wrong = Object.entries(value)
    .filter(([name]) => !META_ARGUMENTS.has(name))
    .flatMap(([name, child]) => {
      const attribute = attributes[name];
      if (attribute === undefined) return [`${path}.${name} does not exist`];
      if (attribute.required !== true && attribute.optional !== true) return [`${path}.${name} is read-only`];
      return attribute.nested_type
        ? nestedProblems(`${path}.${name}`, attribute.nested_type, child)
        : typeProblems(`${path}.${name}`, attribute.type, child);
    });
  return [...required, ...wrong];
}

function nestedProblems(path: string, type: NonNullable<Attribute["nested_type"]>, value: unknown): string[] {
  const objects = z.array(z.record(z.string(), z.unknown()));
  const parsed = objects.safeParse(type.nesting_mode === "single" ? [value] : value);
  if (!parsed.success) return [`${path} is not ${type.nesting_mode} of objects`];
  return parsed.data.flatMap((object, index) => problems(`${path}[${index}]`, type.attributes, object));
}

function typeProblems(path: string, type: unknown, value: unknown): string[] {
  if (Array.isArray(type)) {
    const list = z.array(z.unknown()).safeParse(value);
    return list.success
      ? list.data.flatMap((item, index) => typeProblems(`${path}[${index}]`, type[1], item))
      : [`${path} is not a ${String(type[0])}`];
  }
  const isReference = typeof value === "string" && value.startsWith("${");
  const expected = type === "bool" ? "boolean" : type;
  return typeof value === expected || isReference ? [] : [`${path} is not a ${String(type)}`];
}

const VARIANTS = {
  "a published configuration": SPEC,
  "a pulled configuration": {
    ...SPEC,
    configuration: { owner: "pull", seed: "{}", cron: "*/5 * * * *" } as const,
  },
  "a configuration from a file": { ...SPEC, configuration: { owner: "file", value: "{}" } as const },
  "zones by name": {
    ...SPEC,
    routes: SPEC.routes.map((route) => ({ ...route, zone: { name: "example.com" } })),
  },
  "a Secrets Store": {
    ...SPEC,
    worker: {
      ...SPEC.worker,
      compatibilityFlags: ["nodejs_compat"],
      bindings: [
        { type: "secrets_store_secret", name: "KEY", storeId: "5".repeat(32), secretName: "key" } as const,
      ],
    },
  },
  "a chained Worker, and one on a bypass": {
    ...SPEC,
    worker: {
      ...SPEC.worker,
      bindings: [{ type: "service", name: "QUEUEIT_CHAINED_WORKER", service: "shop-frontend" } as const],
    },
    routes: SPEC.routes.map((route) =>
      route.kind === "bypass" ? { ...route, worker: "shop-frontend" } : route,
    ),
  },
  "a service-worker file": {
    ...SPEC,
    worker: { ...SPEC.worker, file: { ...SPEC.worker.file, format: "service-worker" as const } },
  },
};

describe("the real provider's schema", () => {
  it.each(Object.entries(VARIANTS))("accepts what is emitted for %s", (_name, spec) => {
    const json = synthesized(spec);
    const found = [
      ...Object.entries(json.resource).flatMap(([type, resources]) =>
        Object.entries(resources).flatMap(([name, value]) =>
          problems(`${type}.${name}`, schema.resource_schemas[type]?.block.attributes ?? {}, value),
        ),
      ),
      ...Object.entries(json.data?.["cloudflare_zone"] ?? {}).flatMap(([name, value]) =>
        problems(name, schema.data_source_schemas["cloudflare_zone"]?.block.attributes ?? {}, value),
      ),
    ];
    expect(found).toEqual([]);
  });

  it("would tell of an attribute that does not exist, is missing, is read-only or has another type", () => {
    const attributes = schema.resource_schemas["cloudflare_workers_kv"]?.block.attributes ?? {};
    expect(
      problems("kv", attributes, { id: "1", namespace_id: "2", value: 3, key: "info", key_name: "info" }),
    ).toEqual([
      "kv.account_id is missing",
      "kv.id is read-only",
      "kv.value is not a string",
      "kv.key does not exist",
    ]);
  });
});
