import pc from "picocolors";
import { historyOf } from "../../configuration/history.ts";
import { historyObject, type ListedVersion } from "../../configuration/history-json.ts";
import { fingerprint } from "../../configuration/push/pulled-note.ts";
import { findConfiguration } from "../../configuration/sources/find-configuration.ts";
import { counted } from "../../text/counted.ts";
import { lookOf } from "../../console/colours.ts";
import { deepWithoutSecrets, withoutSecrets } from "../../console/without-secrets.ts";
import { settled } from "../../environments/definition/settled.ts";
import { UserError } from "../../errors/user-error.ts";
import { toJson } from "../../plan/report/json.ts";
import { readTarget } from "../../project/targets.ts";
import { deployable, type Target } from "../../specification/target.ts";
import { printable } from "../../text/printable.ts";
import { wrap } from "../../text/wrap.ts";
import { ACCESS, onlyEnvironment } from "./config-source.ts";

export interface ConfigHistoryOptions {
  readonly json?: true;
}

/** Lists the versions of an environment's file, and which of them is live. */
export async function runConfigHistory(
  environment: string | undefined,
  { json }: ConfigHistoryOptions,
): Promise<void> {
  const target = deployable(await readTarget(environment ?? (await onlyEnvironment())), process.env);
  const { integrationConfiguration: owned } = settled(target.named);
  const { name } = target.named;
  if (owned.owner !== "file") {
    throw unknown(
      `Queue-it owns the integration configuration of ${name}, and its GO platform has the earlier versions. What is live: npx ` +
        `queueit-cf config show ${name}`,
    );
  }
  const versions = await historyOf(owned.path);
  if (typeof versions === "string") {
    throw unknown(
      `${versions}, so the earlier versions of ${owned.path} are not known. Commit it, and look again`,
    );
  }
  const live = await liveFingerprint(target);
  const listed = versions.map((version) => ({
    ...version,
    live: version.fingerprint !== undefined && version.fingerprint === live.fingerprint,
  }));
  if (json) {
    const liveKnown = live.fingerprint !== undefined;
    const history = { environment: name, path: owned.path, liveKnown, versions: listed };
    process.stdout.write(toJson(deepWithoutSecrets(historyObject(history))));
    return;
  }
  process.stdout.write(withoutSecrets(textOf(owned.path, listed, live.why)));
}

/** What is live, or why that is not known: the list is worth something without it. */
async function liveFingerprint(
  target: Target,
): Promise<{ readonly fingerprint?: string; readonly why?: string }> {
  const hasAccount = typeof ACCESS.account() !== "string";
  if (!hasAccount && ACCESS.secretKey() === undefined) {
    return {
      why: "Which of them is live is not known: set CLOUDFLARE_API_TOKEN or TF_VAR_queueit_secret_key.",
    };
  }
  try {
    return {
      fingerprint: fingerprint(await findConfiguration(target, hasAccount ? "kv" : "status", ACCESS)),
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { why: `Which of them is live is not known: ${error.message}` };
  }
}

function textOf(path: string, versions: readonly ListedVersion[], why: string | undefined): string {
  const { columns, colours } = lookOf(process.stdout);
  const paint = pc.createColors(colours);
  const isLiveKnown = why === undefined;
  const lines = versions.flatMap(({ commit, date, author, subject, version, actions, live }) => {
    const what =
      version === undefined
        ? "not a configuration that the Worker accepts"
        : `version ${version}, ${counted(actions ?? 0, "action")}`;
    const first = `${live ? "→" : " "} ${date.slice(0, 10)} ${commit.slice(0, 9)}  `;
    const text = `${what}${live ? " (live)" : ""}: ${printable(subject)} (${printable(author)})`;
    return wrap(first, text, { columns }).map((line) => (live ? paint.green(line) : line));
  });
  const notes = [
    ...(why === undefined ? [] : [why]),
    ...(isLiveKnown && !versions.some(({ live }) => live)
      ? [
          "What is live is none of these: somebody wrote KV by hand, or the file was deployed before it was committed.",
        ]
      : []),
  ];
  return [
    ...wrap("", `${path}, ${counted(versions.length, "commit")}, newest first`, { columns }).map(paint.bold),
    ...lines,
    ...notes.flatMap((note) => wrap("", note, { columns })),
    "",
  ].join("\n");
}

function unknown(message: string): UserError {
  return new UserError("history-unknown", `${message}.`);
}
