import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { queueitCf } from "../../infra/cli.ts";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { complaint, wordsOf } from "./command-lines.ts";
import { toolComplaint } from "./other-tools.ts";

export interface DocumentedCommand {
  /** For example `README.md`. */
  readonly page: string;
  /** As it is written, for example `npx queueit-cf plan staging`. */
  readonly text: string;
}

const PAGES = ["README.md", ...readdirSync(join(PACKAGE_ROOT, "docs")).flatMap(pageOf)];

function pageOf(name: string): readonly string[] {
  return name.endsWith(".md") ? [`docs/${name}`] : [];
}

/** Every command line of the documentation, in its blocks and in its sentences. */
export function documentedCommands(): readonly DocumentedCommand[] {
  return PAGES.flatMap((page) => {
    const text = readFileSync(join(PACKAGE_ROOT, page), "utf8");
    const blocks = [...text.matchAll(/^ *```(?:sh|text)\n(.*?)^ *```/gms)].map(([, block]) => block ?? "");
    const prose = text.replaceAll(/^ *```.*?^ *```/gms, "");
    const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span ?? "");
    const lines = blocks.flatMap((block) => block.replaceAll(/\\\n\s*/g, " ").split("\n"));
    return [...lines, ...spans].flatMap(commandsIn).map((command) => ({ page, text: command }));
  });
}

const STARTS = /^(?:npx |npm |queueit-cf |terraform |wrangler |cdktf |curl )/;

/** The commands of a line: what is printed, and comments, are none. */
function commandsIn(line: string): readonly string[] {
  const bare = line
    .trim()
    .replace(/^\$ /, "")
    .replace(/\s+#.*$/, "");
  return bare
    .split(/ (?:&&|\|\|?) /)
    .map((part) =>
      part
        .replace(/^(?:[A-Z_]+=\S* )+/, "")
        .replace(/ > \S+$/, "")
        .trim(),
    )
    .filter((part) => STARTS.test(part));
}

/** What the program itself would say against a command, without running it; undefined when nothing. */
export function documentedComplaint(command: string): string | undefined {
  const [first = "", ...rest] = wordsOf(command.replace(/^npx /, ""));
  if (first === "npm") return npmComplaint(rest);
  if (first === "queueit-cf") {
    if (rest[0] === "--help" || rest[0] === "--version") return undefined;
    // A sentence may name a command alone.
    const isName = !command.startsWith("npx ") && (rest.length === 1 || rest[1] === "…");
    return isName ? nameComplaint(rest[0]) : complaint(rest);
  }
  if (first === "curl") return undefined;
  return toolComplaint(first, rest);
}

function nameComplaint(name: string | undefined): string | undefined {
  const isKnown = queueitCf().commands.some((command) => command.name() === name);
  return isKnown ? undefined : `there is no command ${String(name)}`;
}

const {
  name: packageName,
  scripts,
  devDependencies,
} = JSON.parse(readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8")) as {
  readonly name: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

/** In a folder of somebody's own: this package, and what it was tried with. */
function packagesComplaint(args: readonly string[]): string | undefined {
  const names = args.filter((arg) => !["--save-dev", "--force"].includes(arg));
  const known = [packageName, ...Object.entries(devDependencies).map((entry) => entry.join("@"))];
  const others = names.filter((name) => !known.includes(name));
  return others.length === 0 ? undefined : `${others.join(", ")} is not a package of this project`;
}

function npmComplaint([verb = "", name = "", ...rest]: readonly string[]): string | undefined {
  if (verb === "ci" || (verb === "install" && name === "") || (verb === "test" && "test" in scripts))
    return undefined;
  if ((verb === "pack" && name === "") || (verb === "init" && name === "--yes")) return undefined;
  if (verb === "install" || verb === "update") return packagesComplaint([name, ...rest]);
  if (verb !== "run") return `npm ${verb} is not known here`;
  const script = scripts[name];
  if (script === undefined) return `there is no script ${name}`;
  const [separator, ...args] = rest;
  if (separator === undefined) return undefined;
  if (separator !== "--") return `npm keeps ${separator} to itself without -- before it`;
  if (name === "cdktf") return toolComplaint("cdktf", args);
  const [, command] = /queueit-cf\.mjs (\S+)/.exec(script) ?? [];
  return command === undefined ? undefined : complaint([command, ...args]);
}
