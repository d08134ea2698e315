import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import type { VariableList } from "../../../infra/variables/command-variable.ts";
import {
  COMMAND_VARIABLES,
  listedVariable,
  type Variables,
} from "../../../infra/variables/command-variables.ts";

function sourcesOf(folder: string): readonly ts.SourceFile[] {
  return readdirSync(join(PACKAGE_ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.m?ts$|\.mjs$/.test(path))
    .map((path) => join(folder, path))
    .map((path) =>
      ts.createSourceFile(path, readFileSync(join(PACKAGE_ROOT, path), "utf8"), ts.ScriptTarget.ES2022, true),
    );
}

/** Every property that is read by a name in the code: `a.NAME`, `a["NAME"]`, and `{ NAME: here } = a`. */
function namesRead(source: ts.SourceFile): readonly { readonly holder: string; readonly name: string }[] {
  const found: { readonly holder: string; readonly name: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
      found.push({ holder: node.expression.getText(), name: node.argumentExpression.text });
    if (ts.isPropertyAccessExpression(node))
      found.push({ holder: node.expression.getText(), name: node.name.text });
    if (ts.isObjectBindingPattern(node)) {
      const { parent } = node;
      const holder = ts.isVariableDeclaration(parent) ? (parent.initializer?.getText() ?? "") : "";
      for (const { propertyName, name } of node.elements)
        found.push({ holder, name: (propertyName ?? name).getText().replaceAll('"', "") });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** How environment variables are written: in capitals, but for Terraform's. */
const LIKE_A_VARIABLE = /^(?:TF_VAR_\w+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|HOME|PATH|TERM|COLUMNS)$/;
const ENVIRONMENT = /(?:^|\.)(?:env|variables)$/;

const toolkit = sourcesOf("infra").filter(({ fileName }) => !fileName.startsWith("infra/variables/"));
const names = Object.values(COMMAND_VARIABLES).flatMap((section: VariableList) => Object.keys(section));

describe("the list of the commands' variables", () => {
  it("has every variable that a command reads by its name", () => {
    const read = toolkit.flatMap((source) =>
      namesRead(source)
        .filter(
          ({ holder, name }) => LIKE_A_VARIABLE.test(name) && (ENVIRONMENT.test(holder) || holder === ""),
        )
        .map(({ name }) => ({ file: source.fileName, name })),
    );
    expect(read.length).toBeGreaterThan(30);
    expect(read.filter(({ name }) => listedVariable(name) === undefined)).toEqual([]);
  });

  it("has none that the code does not know", () => {
    const code = [...toolkit, ...sourcesOf("infra/variables")].map((source) => source.text).join("\n");
    const others = toolkit.map(({ text }) => text).join("\n");
    const kept = (name: string) => listedVariable(name)?.readBy.startsWith("nobody") ?? false;
    const known = (name: string) => others.includes(name.replace(/<.*?>/, "").replace(/^TF_VAR_/, ""));
    expect(code).toContain("CLOUDFLARE_API_TOKEN");
    expect(names.filter((name) => !kept(name) && !known(name) && !OF_OTHER_TOOLS.includes(name))).toEqual([]);
  });

  it("knows a variable whose name has a part of its own", () => {
    expect(listedVariable("QUEUEIT_SECRET_KEY_STAGING")?.secret).toBe("of-the-pipeline");
    expect(listedVariable("TF_TOKEN_app_terraform_io")?.secret).toBe("of-terraform");
    expect(listedVariable("SOMETHING_ELSE")).toBeUndefined();
  });

  it("is all that can be read of a process's variables, as the compiler sees it", () => {
    const variables: Variables = { CLOUDFLARE_API_TOKEN: "token", QUEUEIT_SECRET_KEY_LIVE: "key" };
    // @ts-expect-error No command reads it.
    expect(variables["CLOUDFLARE_API_TOKN"]).toBeUndefined();
  });
});

/** Only hidden, since Terraform or its provider reads them. */
const OF_OTHER_TOOLS = ["CLOUDFLARE_API_USER_SERVICE_KEY"];

describe("the Worker's variables", () => {
  it("are read by the names of its one list, and by no other", () => {
    const read = sourcesOf("worker")
      .filter(({ fileName }) => fileName !== "worker/deployment/variables.ts")
      .flatMap((source) => namesRead(source).filter(({ holder }) => /(?:^|[.#])env$/.test(holder)));
    expect(read).toEqual([]);
  });

  it("are named nowhere else in its code", () => {
    const named = sourcesOf("worker")
      .filter(({ fileName }) => fileName !== "worker/deployment/variables.ts")
      .flatMap(({ text, fileName }) => (/["'`]QUEUEIT_[A-Z_]+["'`]/.test(text) ? [fileName] : []));
    expect(named).toEqual([]);
  });
});
