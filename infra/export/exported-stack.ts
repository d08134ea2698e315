import { relative, resolve, sep } from "node:path";
import { z } from "zod";
import { ACCEPT_EXAMPLE_VALUES } from "../specification/bindings.ts";
import type { ConnectorSpec } from "../specification/specification.ts";
import { Choices } from "./choices.ts";

export interface ExportedStack {
  /** Content of the files of the Terraform configuration in its JSON syntax, by their names in the native one. */
  readonly files: Readonly<Record<string, unknown>>;
  /** Path of the bundle, relative to the stack and to the export. */
  readonly bundle: string;
}

const fields = z.record(z.string(), z.unknown());
const blocks = z.record(z.string(), z.record(z.string(), fields));

const stackSchema = z.strictObject({
  "//": z.unknown().optional(),
  terraform: z.looseObject({
    backend: z.record(z.string(), fields).optional(),
    cloud: z.unknown().optional(),
  }),
  provider: z.unknown(),
  variable: z.record(z.string(), fields).default({}),
  output: z.record(z.string(), fields).default({}),
  import: z.unknown().optional(),
  data: blocks.default({}),
  resource: blocks,
});

/** Absolute folders that a local state's path is rewritten between. */
export interface ExportFolders {
  /** Of the synthesized stack. */
  readonly from: string;
  /** Of the export. */
  readonly to: string;
}

/**
 * A synthesized stack as a team that leaves CDKTF keeps it: no trace of CDKTF, a variable with the environment's
 * value as default wherever an environment has a choice, and the bundle's hash taken from the file. Addresses and
 * values stay as they are, so that a plan on the same state changes nothing.
 *
 * @param json Content of `cdk.tf.json`.
 */
export function exportedStack(json: unknown, spec: ConnectorSpec, folders: ExportFolders): ExportedStack {
  const { terraform, variable, output, data, ...stack } = stackSchema.parse(json);
  const { backend = {}, cloud, ...required } = terraform;
  const choices = new Choices(spec);
  const bundle = contentFile(stack.resource);
  const main = {
    terraform: required,
    provider: stack.provider,
    ...(Object.keys(data).length > 0 && { data: choices.in(withStatesAt(data, folders)) }),
    resource: choices.in(stack.resource),
    ...(stack.import !== undefined && { import: stack.import }),
    locals: { [choices.hash]: `\${filesha256("${bundle}")}` },
  };
  const variables = without(ACCEPT_EXAMPLE_VALUES, variable);
  const state =
    cloud === undefined ? { backend: mapped(backend, (each) => withPathAt(each, folders)) } : { cloud };
  const files = {
    "main.tf": withoutComments(main),
    "variables.tf": withoutComments({ variable: { ...choices.variables, ...variables } }),
    "outputs.tf": withoutComments({ output }),
    "backend.tf": { terraform: state },
  };
  return { files, bundle };
}

function contentFile(resource: z.output<typeof blocks>): string {
  const [script] = Object.values(resource["cloudflare_workers_script"] ?? {});
  return z.object({ content_file: z.string() }).parse(script).content_file;
}

/** The states of other environments, where they are in files. */
function withStatesAt(data: z.output<typeof blocks>, folders: ExportFolders): z.output<typeof blocks> {
  const { terraform_remote_state: states, ...others } = data;
  if (states === undefined) return data;
  const at = (state: z.output<typeof fields>) => ({
    ...state,
    config: withPathAt(fields.parse(state["config"]), folders),
  });
  return { ...others, terraform_remote_state: mapped(states, at) };
}

/** Relative, so that the export names no folder of this machine. */
function withPathAt(backend: z.output<typeof fields>, { from, to }: ExportFolders): z.output<typeof fields> {
  const { path } = backend;
  if (typeof path !== "string") return backend;
  return { ...backend, path: relative(to, resolve(from, path)).split(sep).join("/") };
}

/** CDKTF notes under `//` what it made of what. */
function withoutComments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (value === null || typeof value !== "object") return value;
  return mapped(without("//", fields.parse(value)), withoutComments);
}

function without<Value>(name: string, record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([each]) => each !== name));
}

function mapped<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
