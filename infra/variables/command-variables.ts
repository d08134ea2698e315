import { AWS } from "./bucket.ts";
import type { VariableList } from "./command-variable.ts";
import { CLOUDFLARE, QUEUE_IT, TERRAFORM } from "./deploying.ts";
import { MACHINE } from "./machine.ts";
import { PIPELINE } from "./pipeline.ts";

/** Every environment variable that the commands read, by what it is about. A test finds one that is not here. */
export const COMMAND_VARIABLES = {
  Cloudflare: CLOUDFLARE,
  "Queue-it": QUEUE_IT,
  "Terraform and CDKTF": TERRAFORM,
  "Buckets for the state": AWS,
  Pipelines: PIPELINE,
  "Terminal and machine": MACHINE,
} as const satisfies Readonly<Record<string, VariableList>>;

type Sections = typeof COMMAND_VARIABLES;
type Listed = { readonly [Title in keyof Sections]: keyof Sections[Title] }[keyof Sections];

/** A name of the list; where a part of it differs, any text in its place. */
type Name<Text> = Text extends `${infer Start}<${string}>${infer End}` ? `${Start}${string}${End}` : Text;

/** The environment variables of a process, of which those of the list can be read by their names, and no other. */
export type Variables = Readonly<Partial<Record<Name<Listed>, string | undefined>>>;

const ALL: readonly (readonly [name: string, variable: VariableList[string]])[] = Object.values(
  COMMAND_VARIABLES,
).flatMap((section: VariableList) => Object.entries(section));

const PATTERNS = ALL.map(([name, variable]) => ({
  variable,
  form: new RegExp(`^${name.replace(/<[^>]+>/, ".*")}$`),
}));

/** What the list says of a variable; undefined for one that no command reads. */
export function listedVariable(name: string): VariableList[string] | undefined {
  return PATTERNS.find(({ form }) => form.test(name))?.variable;
}
