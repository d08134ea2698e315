import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";
import { newFolder } from "../support/new-folder.ts";
import { list, mapping, parseYaml } from "./yaml.ts";

const page = readFileSync(join(PACKAGE_ROOT, "docs/testing-terraform-for-workers.md"), "utf8");

/** Of docs/testing-terraform-for-workers.md, the first block of a language, or the one behind a mark. */
export function block(language: string, mark = ""): string {
  const before = mark === "" ? "" : `<!-- tested: ${mark} -->\\n\\n`;
  const found = new RegExp(`${before}\`\`\`${language}\\n(.*?)^\`\`\``, "ms").exec(page)?.[1];
  if (found === undefined) throw new Error(`The page has no block ${language} ${mark}.`);
  return found;
}

/** The page's Worker. */
export const WORKER = block("js");

/** The page's workflow, and the steps of its only job. */
export async function workflow() {
  const read = mapping(await parseYaml(block("yaml", "workflow")));
  const [job, ...others] = Object.values(mapping(read["jobs"]));
  if (others.length > 0) throw new Error("The workflow has several jobs.");
  return { read, steps: list(mapping(job)["steps"]).map(mapping) };
}

/** An empty folder with the package installed in it, as far as the page uses it, and the page's Worker. */
export async function installed(): Promise<string> {
  const folder = await newFolder();
  await mkdir(join(folder, "node_modules/.bin"), { recursive: true });
  await symlink(join(PACKAGE_ROOT, "infra/queueit-cf.mjs"), join(folder, "node_modules/.bin/queueit-cf"));
  await writeFile(join(folder, "worker.mjs"), WORKER);
  return folder;
}

/**
 * Runs a script of the page to its end, on any free ports, and then ends what it started in the background.
 *
 * @returns Its exit code, and everything that it wrote.
 */
export function runShell(
  cwd: string,
  script: string,
): Promise<{ readonly code: unknown; readonly output: string }> {
  const ends = `trap 'kill "$(cat local.pid)" 2> /dev/null; wait' EXIT\n`;
  const free = script.replaceAll("queueit-cf local ", "queueit-cf local --port 0 --api-port 0 ");
  const env = { PATH: process.env["PATH"], GITHUB_ENV: join(cwd, "github.env") };
  return new Promise((resolve) => {
    execFile("bash", ["-eu", "-o", "pipefail", "-c", ends + free], { cwd, env }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, output: stdout + stderr });
    });
  });
}
