import { z } from "zod";
import { hclTemplate } from "./hcl-template.ts";

const fields = z.record(z.string(), z.unknown());
type Fields = z.output<typeof fields>;

/** How many names follow the word of a block at the top of a file. */
const LABELS: Readonly<Record<string, number>> = {
  terraform: 0,
  locals: 0,
  import: 0,
  provider: 1,
  variable: 1,
  output: 1,
  data: 2,
  resource: 2,
};

/** Properties that are blocks, each with the number of names that follow; everything else is an argument. */
const NESTED: Readonly<Record<string, number>> = {
  required_providers: 0,
  backend: 1,
  cloud: 0,
  workspaces: 0,
  validation: 0,
  lifecycle: 0,
  precondition: 0,
};

/** Arguments that are written as references or words, without quotes. */
const BARE = new Set(["type", "to", "depends_on", "ignore_changes"]);

/**
 * A file of Terraform's JSON syntax in the native one (HCL), for what stacks of this project have in them. CDKTF's
 * own `--hcl` writes conditions and bindings so that Terraform refuses them.
 *
 * @param file Content of a `.tf.json` file.
 */
export function hclOf(file: unknown): string {
  const written = Object.entries(fields.parse(file)).flatMap(([word, content]) =>
    blocksOf(word, LABELS[word] ?? 0, content, ""),
  );
  return `${written.join("\n\n")}\n`;
}

/** All blocks of a word: by their names, or one for each item of a list. */
function blocksOf(word: string, labels: number, content: unknown, indent: string): readonly string[] {
  if (labels > 0) {
    return Object.entries(fields.parse(content)).flatMap(([name, inner]) =>
      blocksOf(`${word} ${JSON.stringify(name)}`, labels - 1, inner, indent),
    );
  }
  const all = Array.isArray(content) ? content : [content];
  return all.map((each) => block(word, fields.parse(each), indent));
}

function block(word: string, content: Fields, indent: string): string {
  // A resource's `type` is an argument of its own; a variable's is a word.
  const isBare = (name: string) => BARE.has(name) && (name !== "type" || word.startsWith("variable "));
  const lines = Object.entries(content).flatMap(([name, value]) => {
    const labels = NESTED[name];
    // A state that is read has its `backend` as a text.
    if (labels !== undefined && typeof value === "object" && word !== "locals")
      return blocksOf(name, labels, value, `${indent}  `).map((each) => `${indent}  ${each}`);
    const text = isLiteral(word, name) ? escapedTemplates(value) : value;
    return [`${indent}  ${name} = ${isBare(name) ? bare(value) : expression(text, `${indent}  `)}`];
  });
  return lines.length === 0 ? `${word} {}` : `${word} {\n${lines.join("\n")}\n${indent}}`;
}

/** What Terraform's JSON syntax takes as it is, without references. */
function isLiteral(word: string, name: string): boolean {
  return (
    word.startsWith("backend ") ||
    (/^(?:variable|output) /.test(word) && /^(?:default|description)$/.test(name))
  );
}

function escapedTemplates(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll(/([$%])\{/g, "$1$1{");
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(escapedTemplates);
  return Object.fromEntries(
    Object.entries(fields.parse(value)).map(([name, inner]) => [name, escapedTemplates(inner)]),
  );
}

function bare(value: unknown): string {
  return Array.isArray(value) ? `[${value.map(String).join(", ")}]` : String(value);
}

function expression(value: unknown, indent: string): string {
  if (typeof value === "string") return hclTemplate(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => `${indent}  ${expression(item, `${indent}  `)},`);
    return items.length === 0 ? "[]" : `[\n${items.join("\n")}\n${indent}]`;
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(fields.parse(value)).map(
    ([name, inner]) => `${indent}  ${key(name)} = ${expression(inner, `${indent}  `)}`,
  );
  return entries.length === 0 ? "{}" : `{\n${entries.join("\n")}\n${indent}}`;
}

function key(name: string): string {
  return /^[A-Za-z_][\w-]*$/.test(name) ? name : JSON.stringify(name);
}
