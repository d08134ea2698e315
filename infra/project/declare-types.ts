import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";
import { PACKAGE_ROOT } from "../files/package-root.ts";
import { packedSources } from "./compile-package.ts";

/** The types of what can be imported, and of what these name. @param output As in tsconfig.package.json. */
export function declareTypes(output: string): void {
  const { compilerOptions, fileNames } = readSettings("tsconfig.package.json");
  const program = ts.createProgram(fileNames, compilerOptions);
  const packed = new Set(packedSources());
  program.emit(
    undefined,
    (path, text) => {
      const source = relative(output, path).replaceAll(sep, "/").replace(".d.ts", ".ts");
      if (!packed.has(source)) return;
      // The compiler leaves .ts in declarations, where some who read them look for .ts and nothing else.
      const named = text.replaceAll(/((?:from |import\()"\.{1,2}\/[^"]+)\.ts"/g, '$1.js"');
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, named);
    },
    undefined,
    true,
  );
}

function readSettings(name: string) {
  const { config, error } = ts.readConfigFile(join(PACKAGE_ROOT, name), (path) =>
    readFileSync(path, "utf8"),
  ) as {
    readonly config: unknown;
    readonly error?: ts.Diagnostic;
  };
  if (error !== undefined) throw new Error(`${name} cannot be read.`);
  const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, PACKAGE_ROOT);
  return { compilerOptions: options, fileNames };
}
