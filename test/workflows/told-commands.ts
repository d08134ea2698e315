import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";

/** A command line that the program tells people: in an error, a report, a help text, a file that it writes. */
export interface ToldCommand {
  readonly file: string;
  /** With `staging` in the place of what only the running program knows. */
  readonly text: string;
}

/**
 * Where a command ends in a sentence: at its quote, at the end of its line, or at a mark that ends a part of the
 * sentence. Without `npx`, only what is quoted is one: `queueit-cf` is the program's name, too.
 */
const COMMAND =
  /(?:(?<![\w/-])(?:npx queueit-cf|npm run|npm ci)|(?<=["`])queueit-cf)(?: (?:"[^"]*"|'[^']*'|[^\s"`']*[^\s"`'.,;:)(]))+?(?=[.,;:)]*(?:["`'\n]|$)|[.,;:)]+\s| (?:\(|#|[<>] |&&|\|))/g;

/** Every command line in the texts of the program. */
export function toldCommands(): readonly ToldCommand[] {
  return readdirSync(join(PACKAGE_ROOT, "infra"), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(?:ts|mjs)$/.test(path))
    .flatMap((path) => {
      const file = join("infra", path);
      const source = readFileSync(join(PACKAGE_ROOT, file), "utf8");
      return commandsIn(source, file).map((text) => ({ file, text }));
    });
}

/** Every command line in the texts of a file of TypeScript. */
export function commandsIn(source: string, file = "a.ts"): readonly string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== undefined) texts.push(text);
    // A text within a text, such as either side of a condition, is one by itself.
    ts.forEachChild(node, isText(node) ? visitWithin : visit);
  };
  const visitWithin = (node: ts.Node): void => {
    if (isText(node) && ts.isBinaryExpression(node)) ts.forEachChild(node, visitWithin);
    else if (!isText(node)) visit(node);
    else if (ts.isTemplateExpression(node)) node.templateSpans.forEach(({ expression }) => visit(expression));
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.ES2022, true));
  return texts.flatMap((text) => text.match(COMMAND) ?? []);
}

function isText(node: ts.Node): boolean {
  return textOf(node) !== undefined;
}

/** What a text says, also one in several pieces; undefined for what is not a text. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node)) return textOf(node.expression);
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.map(({ expression, literal }) => valueOf(expression) + literal.text);
    return node.head.text + spans.join("");
  }
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const [left, right] = [textOf(node.left), textOf(node.right)];
  if (left === undefined && right === undefined) return undefined;
  return (left ?? valueOf(node.left)) + (right ?? valueOf(node.right));
}

/** A name stands for a word; what is computed may be more than one word, or none. */
function valueOf(node: ts.Node): string {
  return ts.isIdentifier(node) || ts.isPropertyAccessExpression(node) ? "staging" : "";
}
