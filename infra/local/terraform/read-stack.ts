import { z } from "zod";
import { UserError } from "../../errors/user-error.ts";
import { UnsupportedExpression, referencesIn } from "./expression.ts";
import {
  type Condition,
  type Lifecycle,
  lifecycleSchema,
  outputSchema,
  remoteStateSchema,
  variableSchema,
} from "./meta.ts";
import { DATA_SCHEMAS, RESOURCE_SCHEMAS, isResourceType } from "./resources.ts";

/** A resource or data source of a stack, without the keys that only Terraform acts on. */
export interface StackNode {
  /** As Terraform writes it: `type.name` or `data.type.name`. */
  readonly address: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Addresses of the nodes it needs, by reference or by `depends_on`. */
  readonly needs: readonly string[];
  readonly lifecycle: Lifecycle;
}

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

export interface Stack {
  readonly nodes: readonly StackNode[];
  readonly variables: readonly StackVariable[];
  readonly outputs: readonly StackOutput[];
  /** Values of `var.…` and `local.…`, by address; those of locals may hold references. */
  readonly values: ReadonlyMap<string, unknown>;
  /** By address of a data source that reads another stack's state: what stands in for outputs it lacks. */
  readonly remoteStates: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

const blocks = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({});

const stackSchema = z.strictObject({
  "//": z.unknown().optional(),
  terraform: z.unknown().optional(),
  provider: z.unknown().optional(),
  output: z.record(z.string(), outputSchema).default({}),
  variable: z.record(z.string(), variableSchema).default({}),
  locals: z.record(z.string(), z.unknown()).default({}),
  data: blocks,
  resource: blocks,
});

/** Keys of a block that say how Terraform goes about it. */
const META = new Set(["//", "depends_on", "lifecycle", "provider"]);

const REMOTE_STATE = "terraform_remote_state";

/**
 * Reads a synthesized stack and finds everything in it that the local Cloudflare cannot do.
 *
 * @throws UserError `local-stack` that names each problem with its address.
 */
export function readStack(json: unknown, variables: Readonly<Record<string, string>>): Stack {
  const parsed = stackSchema.safeParse(json);
  if (!parsed.success) throw stackError(issuesOf("the stack", parsed.error));
  const { variable, locals, data, resource, output } = parsed.data;
  const problems: string[] = [];
  const values = new Map<string, unknown>();
  for (const [name, { default: fallback }] of Object.entries(variable)) {
    const value = Object.hasOwn(variables, name) ? variables[name] : fallback;
    if (value === undefined) problems.push(`var.${name} has no value: set TF_VAR_${name}`);
    else values.set(`var.${name}`, value);
  }
  for (const [name, value] of Object.entries(locals)) values.set(`local.${name}`, value);

  const nodes: StackNode[] = [];
  const remoteStates = new Map<string, Readonly<Record<string, unknown>>>();
  for (const [prefix, kind] of [["data.", data] as const, ["", resource] as const]) {
    for (const [type, named] of Object.entries(kind)) {
      for (const [name, body] of Object.entries(named)) {
        const address = `${prefix}${type}.${name}`;
        if (prefix !== "" && type === REMOTE_STATE) {
          remoteStates.set(address, read(address, remoteStateSchema, body, problems)?.defaults ?? {});
          continue;
        }
        const attributes = Object.fromEntries(Object.entries(body).filter(([key]) => !META.has(key)));
        const lifecycle = read(`${address}.lifecycle`, lifecycleSchema, body["lifecycle"], problems);
        problems.push(
          ...problemsOf(address, prefix === "" ? resourceSchema(type) : dataSchema(type), attributes),
        );
        nodes.push({
          address,
          type,
          attributes,
          needs: needsOf(address, body, attributes, locals, problems),
          lifecycle: lifecycle ?? lifecycleSchema.parse(undefined),
        });
      }
    }
  }
  const known = new Set([...nodes.map(({ address }) => address), ...values.keys()]);
  for (const { address, needs } of nodes) {
    for (const need of needs) {
      const isMissingVariable = need.startsWith("var.") && Object.hasOwn(variable, need.slice("var.".length));
      if (!known.has(need) && !isMissingVariable)
        problems.push(`${address} refers to ${need}, which the stack does not have`);
    }
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
    outputs: Object.entries(output).map(([name, { value, sensitive }]) => ({ name, value, sensitive })),
  };
}

/** An error about a stack, one line for each problem. */
export function stackError(problems: readonly string[]): UserError {
  const lines = problems.map((problem) => `\n- ${problem}`).join("");
  return new UserError("local-stack", `The local Cloudflare cannot deploy this stack:${lines}`);
}

/** The issues of a schema, each with its address and path and without the value, which may be a secret. */
export function issuesOf(address: string, { issues }: z.ZodError): readonly string[] {
  return issues.map(({ path, message }) => `${[address, ...path].map(String).join(".")}: ${message}`);
}

/** What the schema reads; undefined, and one problem more for each issue, when it is formed otherwise. */
function read<Schema extends z.ZodType>(
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

function resourceSchema(type: string): z.ZodType | undefined {
  return isResourceType(type) ? RESOURCE_SCHEMAS[type] : undefined;
}

function dataSchema(type: string): z.ZodType | undefined {
  return type === "cloudflare_zone" ? DATA_SCHEMAS[type] : undefined;
}

function problemsOf(address: string, schema: z.ZodType | undefined, attributes: unknown): readonly string[] {
  if (schema === undefined) return [`${address} is of a type that the local Cloudflare does not have`];
  const parsed = schema.safeParse(attributes);
  return parsed.success ? [] : issuesOf(address, parsed.error);
}

function needsOf(
  address: string,
  body: Readonly<Record<string, unknown>>,
  attributes: unknown,
  locals: Readonly<Record<string, unknown>>,
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
