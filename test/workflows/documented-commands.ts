import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
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

/** Every page of the project: Markdown anywhere but in packages and outputs, and the forms for issues. */
export const PAGES: readonly string[] = [
  "",
  ".github",
  "docs",
  "bench",
  "infra",
  "worker",
  "worker-hooks",
  "test",
]
  .flatMap((folder) =>
    readdirSync(join(PACKAGE_ROOT, folder), { recursive: folder !== "", encoding: "utf8" }).map((name) =>
      join(folder, name),
    ),
  )
  .filter((path) => /\.md$|ISSUE_TEMPLATE\/.*\.yml$/.test(path))
  .sort();

/** Every command line of the documentation, in its blocks and in its sentences. */
export function documentedCommands(): readonly DocumentedCommand[] {
  return PAGES.flatMap((page) => {
    const text = readFileSync(join(PACKAGE_ROOT, page), "utf8");
    const blocks = [...text.matchAll(/^ *```(\w*)\n(.*?)^ *```/gms)].map(([, language, block = ""]) =>
      // Blocks of Terraform begin with its name.
      language === "hcl" ? "" : block,
    );
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
    .replace(/^(?:\$|-|- run:|run:|-?\s*script:) /, "")
    .replace(/\s+#.*$/, "");
  return bare
    .split(/ (?:&&|\|\|?) /)
    .map((part) =>
      part
        .replace(/^(?:[A-Z_]+=\S* )+/, "")
        .replace(/ [<>] \S+$/, "")
        .trim(),
    )
    .filter((part) => STARTS.test(part));
}

/** What the program itself would say against a command, without running it; undefined when nothing. */
export function documentedComplaint(command: string): string | undefined {
  const [first = "", ...rest] = wordsOf(command.replace(/^npx /, ""));
  if (first === "npm") return npmComplaint(rest);
  if (first === "queueit-cf") {
    // The form of any of them.
    if (rest[0] === "<command>") return undefined;
    if (rest[0] === "--help" || rest[0] === "--version") return undefined;
    if (rest.at(-1) === "--help") return nameComplaint(rest.slice(0, -1));
    // A sentence may name a command alone.
    const isName = !command.startsWith("npx ") && nameComplaint(rest) === undefined;
    return isName ? undefined : complaint(rest);
  }
  if (first === "curl") return undefined;
  return toolComplaint(first, rest);
}

const program = queueitCf();

/** What is wrong with the words of a command, and with options of it, without its arguments. */
function nameComplaint(words: readonly string[]): string | undefined {
  let command: Command = program;
  for (const word of words.filter((each) => each !== "…")) {
    if (word.startsWith("--")) {
      if (command.options.some(({ long }) => long === word)) continue;
      return `${command.name()} has no ${word}`;
    }
    const found = command.commands.find((each) => each.name() === word);
    if (found === undefined) return `there is no command ${word}`;
    command = found;
  }
  return undefined;
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

/** What npm itself is asked for a release. */
const OF_A_RELEASE = ["version 1.2.0 --no-git-tag-version", "publish --access public", "audit signatures"];

function npmComplaint([verb = "", name = "", ...rest]: readonly string[]): string | undefined {
  if (verb === "ci" || (verb === "install" && name === "") || (verb === "test" && "test" in scripts))
    return undefined;
  if ((verb === "pack" && name === "") || (verb === "init" && name === "--yes")) return undefined;
  if (OF_A_RELEASE.includes([verb, name, ...rest].join(" "))) return undefined;
  if (verb === "install" || verb === "update") return packagesComplaint([name, ...rest]);
  if (verb !== "run") return `npm ${verb} is not known here`;
  const script = scripts[name];
  if (script === undefined) return `there is no script ${name}`;
  // npm's own, which keeps it from saying what it runs.
  const [separator, ...args] = rest[0] === "-s" ? rest.slice(1) : rest;
  if (separator === undefined) return undefined;
  if (separator !== "--") return `npm keeps ${separator} to itself without -- before it`;
  if (name === "cdktf") return toolComplaint("cdktf", args);
  const [, command] = /queueit-cf\.mjs (\S+)/.exec(script) ?? [];
  return command === undefined ? undefined : complaint([command, ...args]);
}
