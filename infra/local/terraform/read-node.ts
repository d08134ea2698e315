import { z } from "zod";
import { UnsupportedExpression, referencesIn } from "./expression.ts";
import { type Lifecycle, lifecycleSchema } from "./meta.ts";
import { ZONE, zoneSchema } from "./resources/data-zone.ts";
import { RESOURCE_TYPES, type ResourceType, isResourceType, kindOf } from "./resources/table.ts";
import type { Values } from "./resources/values.ts";
import { issuesOf } from "./stack-error.ts";

interface Node {
  /** As Terraform writes it: `type.name` or `data.type.name`. */
  readonly address: string;
  readonly attributes: Values;
  /** Addresses of the nodes it needs, by reference or by `depends_on`. */
  readonly needs: readonly string[];
}

export interface ResourceNode extends Node {
  readonly kind: "resource";
  readonly type: ResourceType;
  readonly lifecycle: Lifecycle;
}

export interface DataNode extends Node {
  readonly kind: "data";
  readonly type: typeof ZONE;
}

/** A resource or data source of a stack, without the keys that only Terraform acts on. */
export type StackNode = ResourceNode | DataNode;

export function isResource(node: StackNode): node is ResourceNode {
  return node.kind === "resource";
}

/** A block of a stack, as it is written. */
export interface Block {
  readonly kind: StackNode["kind"];
  readonly type: string;
  readonly address: string;
  readonly body: Values;
}

/** Keys of a block that say how Terraform goes about it. */
const META = new Set(["//", "depends_on", "lifecycle", "provider"]);

/**
 * Reads one block.
 *
 * @param locals The stack's locals, as they are written.
 * @param problems Gets everything in it that the local Cloudflare cannot do.
 * @returns Undefined for a type that it does not have.
 */
export function readNode(
  { kind, type, address, body }: Block,
  locals: Values,
  problems: string[],
): StackNode | undefined {
  const attributes = Object.fromEntries(Object.entries(body).filter(([key]) => !META.has(key)));
  const needs = () => needsOf(address, body, attributes, locals, problems);
  if (kind === "resource" && isResourceType(type)) {
    const lifecycle = read(`${address}.lifecycle`, lifecycleSchema, body["lifecycle"], problems);
    read(address, kindOf(type).schema, attributes, problems);
    const others = { attributes, needs: needs(), lifecycle: lifecycle ?? lifecycleSchema.parse(undefined) };
    return { kind, type, address, ...others };
  }
  if (kind === "data" && type === ZONE) {
    read(address, zoneSchema, attributes, problems);
    return { kind, type, address, attributes, needs: needs() };
  }
  const known = kind === "data" ? [ZONE] : RESOURCE_TYPES;
  problems.push(
    `${address} is of a type that the local Cloudflare does not have (it has ${known.join(", ")}): ` +
      "take it out of this stack, or deploy it to a real Cloudflare",
  );
  return undefined;
}

/** What the schema reads; undefined, and one problem more for each issue, when it is formed otherwise. */
export function read<Schema extends z.ZodType>(
  address: string,
  schema: Schema,
  body: unknown,
  problems: string[],
): z.output<Schema> | undefined {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  problems.push(...issuesOf(address, parsed.error));
  return undefined;
}

function needsOf(
  address: string,
  body: Values,
  attributes: unknown,
  locals: Values,
  problems: string[],
): readonly string[] {
  const needs = new Set<string>(z.array(z.string()).catch([]).parse(body["depends_on"]));
  const visit = (value: unknown): void => {
    for (const reference of referencesIn(value)) {
      if (needs.has(reference.address)) continue;
      needs.add(reference.address);
      if (reference.address.startsWith("local.")) visit(locals[reference.address.slice("local.".length)]);
    }
  };
  try {
    visit(attributes);
  } catch (error) {
    if (!(error instanceof UnsupportedExpression)) throw error;
    problems.push(`${address} ${error.message}`);
  }
  return [...needs];
}
