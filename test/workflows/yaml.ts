import { parsers } from "prettier/plugins/yaml";
import type { ParserOptions } from "prettier";

/** What a YAML document says; every scalar as its text. */
export type Yaml = string | readonly Yaml[] | YamlMapping;

export interface YamlMapping {
  readonly [key: string]: Yaml;
}

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly (Node | null)[];
}

/**
 * Reads a YAML document with Prettier's parser, which is there already and knows all of YAML 1.2. Refuses
 * anchors, aliases and tags: nothing here needs them.
 */
export async function parseYaml(text: string): Promise<Yaml> {
  const root = (await parsers.yaml.parse(text, {} as ParserOptions)) as Node;
  const documents = children(root);
  const body = documents.length === 1 ? child(documents[0], "documentBody") : undefined;
  if (body === undefined) throw new Error("Exactly one YAML document is expected.");
  return valueOf(children(body)[0]);
}

/** A value that has to be a mapping; empty where there is none. */
export function mapping(value: Yaml | undefined): YamlMapping {
  if (value === undefined || value === "") return {};
  if (typeof value === "string" || Array.isArray(value)) throw new Error("A mapping is expected.");
  return value as YamlMapping;
}

/** A value that has to be a list; a single one is a list of one, as GitHub and GitLab read it. */
export function list(value: Yaml | undefined): readonly Yaml[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly Yaml[]) : [value];
}

/** A value that has to be text. */
export function text(value: Yaml | undefined): string {
  if (value !== undefined && typeof value !== "string") throw new Error("A text is expected.");
  return value ?? "";
}

function valueOf(node: Node | undefined): Yaml {
  if (node === undefined) return "";
  switch (node.type) {
    case "null":
      return "";
    case "plain":
    case "quoteSingle":
    case "quoteDouble":
    case "blockLiteral":
    case "blockFolded":
      return node.value ?? "";
    case "sequence":
    case "flowSequence":
      return children(node).map((item) => valueOf(children(item)[0]));
    case "mapping":
    case "flowMapping":
      return Object.fromEntries(
        children(node).map((item) => [
          text(valueOf(children(child(item, "mappingKey"))[0])),
          valueOf(children(child(item, "mappingValue"))[0]),
        ]),
      );
    default:
      throw new Error(`YAML's ${node.type} is not expected here.`);
  }
}

function children(node: Node | undefined): readonly Node[] {
  return (node?.children ?? []).filter((one) => one !== null);
}

function child(node: Node | undefined, type: string): Node | undefined {
  return children(node).find((one) => one.type === type);
}
