import { z } from "zod";
import { type Condition, outputSchema, variableSchema } from "./meta.ts";
import { type StackNode, read, readNode } from "./read-node.ts";
import { REMOTE_STATE, remoteStateSchema } from "./resources/data-remote-state.ts";
import type { Values } from "./resources/values.ts";
import { issuesOf, stackError } from "./stack-error.ts";

export interface StackVariable {
  readonly name: string;
  readonly sensitive: boolean;
  readonly validations: readonly Condition[];
}

export interface StackOutput {
  readonly name: string;
  /** As it is written, references and all. */
  readonly value: unknown;
  readonly sensitive: boolean;
}

/** What exists already, and where it belongs in the state. */
export interface ImportBlock {
  /** Address of a resource. */
  readonly to: string;
  /** The provider's id of it. */
  readonly id: string;
}

export interface Stack {
  readonly nodes: readonly StackNode[];
  readonly variables: readonly StackVariable[];
  readonly outputs: readonly StackOutput[];
  readonly imports: readonly ImportBlock[];
  /** Values of `var.…` and `local.…`, by address; those of locals may hold references. */
  readonly values: ReadonlyMap<string, unknown>;
  /** By address of a data source that reads another stack's state: what stands in for outputs it lacks. */
  readonly remoteStates: ReadonlyMap<string, Values>;
}

const blocks = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({});

const stackSchema = z.strictObject({
  "//": z.unknown().optional(),
  terraform: z.unknown().optional(),
  provider: z.unknown().optional(),
  output: z.record(z.string(), outputSchema).default({}),
  variable: z.record(z.string(), variableSchema).default({}),
  locals: z.record(z.string(), z.unknown()).default({}),
  import: z.array(z.strictObject({ to: z.string(), id: z.string() })).default([]),
  data: blocks,
  resource: blocks,
});

/**
 * Reads a synthesized stack and finds everything in it that the local Cloudflare cannot do.
 *
 * @throws UserError `local-stack` that names each problem with its address.
 */
export function readStack(json: unknown, variables: Readonly<Record<string, string>>): Stack {
  const parsed = stackSchema.safeParse(json);
  if (!parsed.success) throw stackError(issuesOf("the stack", parsed.error));
  const { variable, locals, data, resource, output, import: imports } = parsed.data;
  const problems: string[] = [];
  const values = new Map<string, unknown>();
  for (const [name, { default: fallback }] of Object.entries(variable)) {
    const value = Object.hasOwn(variables, name) ? variables[name] : fallback;
    if (value === undefined) problems.push(`var.${name} has no value: set TF_VAR_${name}`);
    else values.set(`var.${name}`, value);
  }
  for (const [name, value] of Object.entries(locals)) values.set(`local.${name}`, value);

  const nodes: StackNode[] = [];
  const remoteStates = new Map<string, Values>();
  for (const [type, named] of Object.entries(data)) {
    for (const [name, body] of Object.entries(named)) {
      const address = `data.${type}.${name}`;
      if (type === REMOTE_STATE) {
        remoteStates.set(address, read(address, remoteStateSchema, body, problems)?.defaults ?? {});
        continue;
      }
      const node = readNode({ kind: "data", type, address, body }, locals, problems);
      if (node !== undefined) nodes.push(node);
    }
  }
  for (const [type, named] of Object.entries(resource)) {
    for (const [name, body] of Object.entries(named)) {
      const address = `${type}.${name}`;
      const node = readNode({ kind: "resource", type, address, body }, locals, problems);
      if (node !== undefined) nodes.push(node);
    }
  }
  const blocksWritten = [...addressesIn("data.", data), ...addressesIn("", resource)];
  const known = new Set([...blocksWritten.filter((address) => !remoteStates.has(address)), ...values.keys()]);
  for (const { address, needs } of nodes) {
    for (const need of needs) {
      const isMissingVariable = need.startsWith("var.") && Object.hasOwn(variable, need.slice("var.".length));
      if (!known.has(need) && !isMissingVariable)
        problems.push(`${address} refers to ${need}, which the stack does not have`);
    }
  }
  for (const { to } of imports) {
    if (!nodes.some(({ kind, address }) => kind === "resource" && address === to))
      problems.push(`import refers to ${to}, which the stack does not have`);
  }
  if (problems.length > 0) throw stackError(problems);
  return {
    nodes,
    values,
    remoteStates,
    variables: Object.entries(variable).map(([name, { sensitive, validation }]) => ({
      name,
      sensitive,
      validations: validation,
    })),
    imports,
    outputs: Object.entries(output).map(([name, { value, sensitive }]) => ({ name, value, sensitive })),
  };
}

function addressesIn(prefix: string, kind: z.output<typeof blocks>): readonly string[] {
  return Object.entries(kind).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${prefix}${type}.${name}`),
  );
}
