import { resolve } from "node:path";
import { writeConfiguration } from "../../account/write-value.ts";
import { baseProblem } from "../../configuration/push/base.ts";
import { publishTo } from "../../configuration/push/publish-to.ts";
import {
  fingerprint,
  noteOf,
  notePath,
  noteText,
  type PulledNote,
  readNote,
} from "../../configuration/push/pulled-note.ts";
import { diffOf } from "../../configuration/diff.ts";
import { deploymentFacts } from "../../configuration/findings/deployment-facts.ts";
import { placeWords } from "../../configuration/findings/finding.ts";
import { findingsIn } from "../../configuration/findings/findings-in.ts";
import { historyOf } from "../../configuration/history.ts";
import { configurationOfBytes, findConfiguration } from "../../configuration/sources/find-configuration.ts";
import type { FoundConfiguration } from "../../configuration/sources/found-configuration.ts";
import { counted } from "../../text/counted.ts";
import { settled } from "../../environments/definition/settled.ts";
import { UserError } from "../../errors/user-error.ts";
import { LIMITS, readFileUpTo } from "../../files/read-up-to.ts";
import { projectRoot } from "../../files/project-root.ts";
import { written } from "../../plan/sentence.ts";
import { readTarget } from "../../project/targets.ts";
import { readConfigurationFile } from "../../queue-it/configuration-file.ts";
import { deployable, type Target } from "../../specification/target.ts";
import { printable } from "../../text/printable.ts";
import { ACCESS, onlyEnvironment } from "./config-source.ts";
import { readConfigurationBytes } from "./read-configuration.ts";
import { terminal } from "./terminal.ts";
import { cloudflareAccess, reach, secretKey } from "./workspace.ts";
import { writeText } from "./write-report.ts";

export interface ConfigPushOptions {
  readonly yes?: true;
}

/** Makes a file the live configuration of an environment, unless something else than it was made from is live. */
export async function runConfigPush(
  path: string,
  environment: string | undefined,
  { yes }: ConfigPushOptions,
): Promise<void> {
  const name = environment ?? (await onlyEnvironment());
  const target = deployable(await readTarget(name), process.env);
  const way = wayOf(target, path);
  const bytes = await readConfigurationBytes(path);
  const file = configurationOfBytes(JSON.stringify(path), bytes);
  requireAccepted(file, bytes, target);
  const live = await liveOf(target);
  const problem = await problemOf(way, { path, file, live, target });
  if (problem !== undefined) {
    throw refused(
      `${JSON.stringify(path)} was not pushed to ${name}: ${problem}. See what differs with: npx queueit-cf config diff ${name} ` +
        `${path}; then pull again, and make your changes in what is live.`,
    );
  }
  const { lines, lostActions } = diffOf(live, file);
  if (lines.length === 0) {
    terminal.say(`${name} has what ${JSON.stringify(path)} says already: nothing was pushed.`);
    return;
  }
  terminal.say(
    [
      `Pushing ${JSON.stringify(path)} to ${name} changes this:`,
      ...lines.map((line) => `- ${written(line, printable)}`),
      ...lostActions.map((lost) => `- ${printable(lost)} makes nobody queue any more`),
      "",
      way.warning,
    ].join("\n"),
  );
  if (yes !== true && !(await terminal.confirm(`Make this the live configuration of ${name}?`))) {
    throw refused(
      `Nothing was pushed to ${name}: it was not confirmed${terminal.canAsk() ? "" : ", and there is no terminal to ask at (--yes confirms)"}.`,
    );
  }
  // Somebody may have published while the question stood there.
  if (fingerprint(await liveOf(target)) !== fingerprint(live)) {
    throw refused(
      `Nothing was pushed to ${name}: another configuration became live meanwhile. Pull it, and start again.`,
    );
  }
  const pushed = await way.write({ file, live });
  if (way.kind === "publish") await writeText(notePath(path), noteText(noteOf(name, pushed)));
  terminal.say(
    `${name} has it: version ${pushed.configuration.Version} with ${counted(pushed.configuration.Integrations?.length ?? 0, "action")}. ` +
      `Isolates that run look again within ${settled(target.named).queueIt.configurationTtlSeconds} seconds. Make sure with: ` +
      `npx queueit-cf verify ${name}`,
  );
}

interface Push {
  readonly file: FoundConfiguration;
  readonly live: FoundConfiguration;
}

interface Way {
  readonly kind: "publish" | "kv";
  readonly warning: string;
  readonly write: (push: Push) => Promise<FoundConfiguration>;
}

/** How a push reaches the Worker. @throws UserError where whoever owns the configuration would undo it. */
function wayOf(target: Target, path: string): Way {
  const { spec, named } = target;
  const { integrationConfiguration: owned } = settled(named);
  const { environment } = spec;
  switch (owned.owner) {
    case "publish": {
      const key = secretKey();
      return {
        kind: "publish",
        warning:
          `Queue-it owns the configuration of ${environment}: the next publish in its GO platform overwrites this. Change ` +
          "it there too.",
        write: async ({ file, live }) => {
          const sites = reach();
          try {
            return await publishTo(
              spec,
              { file, version: live.configuration.Version, secretKey: key },
              sites,
            );
          } finally {
            await sites.close();
          }
        },
      };
    }
    case "pull":
      throw refused(
        `Nothing was pushed: the Worker of ${environment} fetches its configuration from Queue-it by itself (${owned.cron}, ` +
          "UTC), which would overwrite it within minutes. Change it in Queue-it's GO platform.",
      );
    case "file": {
      if (resolve(path) !== resolve(projectRoot(), owned.path)) {
        throw refused(
          `Nothing was pushed: ${environment} takes its configuration from ${owned.path}, and the next deploy would write that ` +
            `again. Put your changes into ${owned.path}, then push or deploy that.`,
        );
      }
      const access = cloudflareAccess();
      return {
        kind: "kv",
        warning: `This writes KV past the review of a plan. Commit ${owned.path}: the next deploy writes what it says then.`,
        write: async ({ file }) => {
          await writeConfiguration(spec, file.json, access);
          return file;
        },
      };
    }
  }
}

/** @throws UserError when the Worker of the environment would refuse the file. */
function requireAccepted(file: FoundConfiguration, bytes: Uint8Array, { named }: Target): void {
  const read = readConfigurationFile(bytes);
  const surroundings = { matching: settled(named).queueIt.matching, facts: deploymentFacts(named) };
  const findings = findingsIn(read, surroundings, file.text);
  const [first] = findings.filter(({ severity }) => severity === "refused");
  if (first !== undefined) {
    throw refused(
      `Nothing was pushed: ${placeWords(first.place)} ${first.what}. To fix that, ${first.remedy}.`,
    );
  }
  if (findings.length > 0) {
    terminal.progress(
      `${counted(findings.length, "finding")} in the file that ${findings.length === 1 ? "is" : "are"} worth a look: npx queueit-cf config validate ${file.source} ${named.name}`,
    );
  }
}

/** What is live: never the file, which is what is to be compared with it. */
function liveOf(target: Target): Promise<FoundConfiguration> {
  return findConfiguration(target, typeof ACCESS.account() === "string" ? "status" : "kv", ACCESS);
}

async function problemOf(
  { kind }: Way,
  { path, file, live, target }: Push & { readonly path: string; readonly target: Target },
): Promise<string | undefined> {
  if (kind === "publish") return baseProblem(file, live, noteAt(path), target.named.name);
  if (fingerprint(live) === fingerprint(file)) return undefined;
  const { integrationConfiguration: owned } = settled(target.named);
  const history = owned.owner === "file" ? await historyOf(owned.path) : "it is not a file";
  if (typeof history === "string") return baseProblem(file, live, noteAt(path), target.named.name);
  return history.some((version) => version.fingerprint === fingerprint(live))
    ? undefined
    : `version ${live.configuration.Version} is live, and no commit of the file ever said it: somebody wrote KV by hand`;
}

function noteAt(path: string): PulledNote | undefined {
  try {
    return readNote(readFileUpTo(notePath(path), LIMITS.report).toString("utf8"));
  } catch {
    return undefined;
  }
}

function refused(message: string): UserError {
  return new UserError("push-refused", message);
}
