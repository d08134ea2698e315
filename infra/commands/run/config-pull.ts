import { parse, stringify } from "lossless-json";
import { noteOf, notePath, noteText, readNote, fingerprint } from "../../configuration/push/pulled-note.ts";
import { type Place, readReference } from "../../configuration/sources/reference.ts";
import { counted } from "../../text/counted.ts";
import { UserError } from "../../errors/user-error.ts";
import { LIMITS, readFileUpTo, Unreadable } from "../../files/read-up-to.ts";
import { readConfigurationFile } from "../../queue-it/configuration-file.ts";
import { namedConfiguration, onlyEnvironment } from "./config-source.ts";
import { terminal } from "./terminal.ts";
import { requireWritable, writeText } from "./write-report.ts";

export interface ConfigPullOptions {
  readonly from?: Place;
  readonly out?: string;
}

/** Writes an environment's configuration to a file, and beside it what it was pulled from. */
export async function runConfigPull(
  text: string | undefined,
  { from, out }: ConfigPullOptions,
): Promise<void> {
  const name = text ?? (await onlyEnvironment());
  const reference = readReference(name);
  if (reference.kind !== "environment" || reference.environment === undefined) {
    throw new UserError("pull-reference", `Name the environment to pull from, not ${JSON.stringify(name)}.`);
  }
  const { environment } = reference;
  const path = out ?? `${environment}.integration.json`;
  await requireWritable([path, notePath(path)]);
  requireUntouched(path);
  const found = await namedConfiguration(name, from);
  await writeText(path, `${stringify(parse(found.json), null, 2) ?? ""}\n`);
  await writeText(notePath(path), noteText(noteOf(environment, found)));
  const { Version: version, Integrations: actions } = found.configuration;
  terminal.say(
    `${JSON.stringify(path)} has version ${version} with ${counted(actions?.length ?? 0, "action")}, from ${found.source}. ` +
      `${JSON.stringify(notePath(path))} beside it says so: keep them together.\n\nEdit it, then:\n` +
      `  npx queueit-cf config validate ${path} ${environment}\n  npx queueit-cf config push ${path} ${environment}`,
  );
}

/** @throws UserError when somebody has changed the file since it was pulled, or it was never pulled. */
function requireUntouched(path: string): void {
  const [text, note] = [path, notePath(path)].map(textAt);
  if (text === undefined) return;
  const file = readConfigurationFile(text);
  if (file.ok && note !== undefined && readNote(note)?.sha256 === fingerprint(file)) return;
  throw new UserError(
    "file-exists",
    `${JSON.stringify(path)} is there already and is not as it was pulled, so it was left as it is. Give another name with ` +
      "--out, or move it away.",
  );
}

function textAt(path: string): string | undefined {
  try {
    return readFileUpTo(path, LIMITS.configuration).toString("utf8");
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}
