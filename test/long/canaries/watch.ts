import { readFileSync, readdirSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import { OF_TERRAFORM, canariesIn } from "./canaries.ts";

/** Plans and states hold the secrets: Terraform needs them there. They have to be for their owner alone. */
const HOLDS_SECRETS = /\/queueit-plan-[^/]*\/|tfstate(?:\.backup)?$/;

/** What is wrong in the files below a folder. */
export function foundInFiles(folder: string): readonly string[] {
  const found: string[] = [];
  const look = (path: string, isClosed: boolean): void => {
    let names;
    try {
      names = readdirSync(path, { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of names) {
      const each = join(path, entry.name);
      try {
        const isPrivate = isClosed || (statSync(each).mode & 0o077) === 0;
        if (entry.isDirectory()) look(each, isPrivate);
        if (!entry.isFile()) continue;
        const secrets = canariesIn(`${each}\n${readFileSync(each, "latin1")}`);
        const isRight = secrets.length === 0 || (HOLDS_SECRETS.test(each) && isPrivate);
        if (!isRight) found.push(`${each}: ${secrets.join(", ")}`);
      } catch {
        // It has gone meanwhile.
      }
    }
  };
  look(folder, false);
  return found;
}

/** What is wrong in the processes that were started for a folder. @param own The command itself. */
export function foundInProcesses(folder: string, own: number | undefined): readonly string[] {
  const ownLine = lineOf(String(own));
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const environ = readFileSync(`/proc/${name}/environ`, "utf8");
      if (!readlinkSync(`/proc/${name}/cwd`).startsWith(folder) && !environ.includes(folder)) return [];
      const line = lineOf(name);
      // Before it has become another program, a child is a copy of the command itself.
      const isOwn = Number(name) === own || line === ownLine;
      const isTerraform = /terraform|talkative|sh -c echo \$PPID/.test(line);
      const isTooMuch = (variable: string) => !isTerraform || !OF_TERRAFORM.test(variable);
      return [
        ...canariesIn(line).map((variable) => `arguments of ${line}: ${variable}`),
        ...(isOwn ? [] : canariesIn(environ, isTooMuch)).map(
          (variable) => `variables of ${line}: ${variable}`,
        ),
      ];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}

function lineOf(process: string): string {
  try {
    return readFileSync(`/proc/${process}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
