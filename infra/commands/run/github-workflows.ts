import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EXIT } from "../../errors/user-error.ts";
import { PACKAGE_ROOT } from "../../files/package-root.ts";
import { fileThere } from "../../project/file-there.ts";
import { saveProjectFiles } from "../../project/save-project-files.ts";
import { terminal } from "./terminal.ts";
import { ownPath } from "../../text/own-path.ts";

/** What a pipeline is made of, from the root of the package and of the project. */
const WORKFLOWS: readonly string[] = [
  ...["prepare", "terraform"].map((name) => `.github/actions/${name}/action.yml`),
  ...["deploy", "deploy-reviewed", "drift", "plan", "promote", "switch"].map(
    (name) => `.github/workflows/${name}.yml`,
  ),
];

export interface GitHubWorkflowsOptions {
  readonly replace?: true;
  readonly yes?: true;
}

/** Writes the workflows that the project lacks, and with `replace` those that say something else, too. */
export async function runGitHubWorkflows({ replace, yes }: GitHubWorkflowsOptions): Promise<void> {
  const files = await Promise.all(WORKFLOWS.map(workflowOf));
  const missing = files.filter(({ there }) => there === undefined);
  const others = files.filter(({ content, there }) => there !== undefined && !isSame(there, content));
  const wanted = replace === true ? [...missing, ...others] : missing;
  const isWritten =
    wanted.length > 0 && (yes === true || (await terminal.confirm(`Write ${namesOf(wanted)}?`)));
  if (isWritten) {
    await saveProjectFiles(wanted);
    terminal.say(`Written: ${namesOf(wanted)}. Commit them, then go on with ${ownPath("docs/ci.md")}.`);
  } else if (wanted.length > 0) {
    terminal.say(`Missing: ${namesOf(wanted)}. Nothing was written. To write without a question, add --yes.`);
  } else if (others.length === 0) {
    terminal.say("All workflows are there, as in this version.");
  }
  if (others.length === 0 || replace === true) return;
  terminal.say(
    `Other than in this version, and left as they are: ${namesOf(others)}. To take this version's, and see in git ` +
      "what changes: npx queueit-cf github workflows --replace",
  );
  process.exitCode = EXIT.found;
}

async function workflowOf(path: string) {
  const content = await readFile(join(PACKAGE_ROOT, path));
  return { path, content, there: await fileThere(path) };
}

/** Whether two texts are the same but for the ends of their lines, which git may change. */
function isSame(one: Buffer, other: Buffer): boolean {
  const [first, second] = [one, other].map((bytes) => bytes.toString("utf8").replaceAll("\r\n", "\n"));
  return first === second;
}

function namesOf(files: readonly { readonly path: string }[]): string {
  return files.map(({ path }) => path).join(", ");
}
