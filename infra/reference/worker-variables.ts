import { join } from "node:path";
import ts from "typescript";
import { PACKAGE_ROOT } from "../files/package-root.ts";

/** Something that the deployment gives the Worker. */
export interface WorkerVariable {
  readonly name: string;
  readonly kind: "variable" | "secret" | "binding" | "key" | "parameter";
  readonly meaning: string;
}

const FILE = "worker/deployment/variables.ts";

/** Kinds of what the file has by itself, by the end of its name there. */
const KINDS: readonly (readonly [end: string, kind: WorkerVariable["kind"]])[] = [
  ["_BINDING", "binding"],
  ["_VARIABLE", "variable"],
  ["_KEY", "key"],
  ["_PARAMETER", "parameter"],
];

/** All that `worker/deployment/variables.ts` names, with what it says of each, in its order. */
export function workerVariables(): readonly WorkerVariable[] {
  const path = join(PACKAGE_ROOT, FILE);
  const source = ts.createSourceFile(path, ts.sys.readFile(path) ?? "", ts.ScriptTarget.ES2022, true);
  return source.statements.filter(ts.isVariableStatement).flatMap((statement) =>
    statement.declarationList.declarations.flatMap(({ name, initializer }): readonly WorkerVariable[] => {
      if (initializer === undefined) return [];
      const value = ts.isAsExpression(initializer) ? initializer.expression : initializer;
      if (ts.isStringLiteral(value))
        return [{ name: value.text, kind: kindOf(name.getText()), meaning: docOf(statement) }];
      if (!ts.isObjectLiteralExpression(value)) return [];
      const kind = name.getText() === "SECRETS" ? "secret" : "variable";
      return value.properties.filter(ts.isPropertyAssignment).map((property) => ({
        name: ts.isStringLiteral(property.initializer) ? property.initializer.text : "",
        kind,
        meaning: docOf(property),
      }));
    }),
  );
}

function kindOf(name: string): WorkerVariable["kind"] {
  const kind = KINDS.find(([end]) => name.endsWith(end))?.[1];
  if (kind === undefined) throw new Error(`${FILE} has ${name}, which is none of ${KINDS.join(", ")}.`);
  return kind;
}

function docOf(node: ts.Node): string {
  const docs = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return docs
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "")
    .join(" ")
    .replaceAll(/\s+/g, " ")
    .trim();
}
