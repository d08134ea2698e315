import pc from "picocolors";
import { diffOf } from "../../configuration/diff.ts";
import { CONFIG_DIFF } from "../../configuration/diff-format.ts";
import { inFormat } from "../../json/format.ts";
import { readReference } from "../../configuration/sources/reference.ts";
import { lookOf } from "../../console/colours.ts";
import { deepWithoutSecrets, withoutSecrets } from "../../console/without-secrets.ts";
import { EXIT } from "../../errors/user-error.ts";
import { toJson } from "../../plan/report/json.ts";
import { plainText, written } from "../../plan/sentence.ts";
import { printable } from "../../text/printable.ts";
import { wrap } from "../../text/wrap.ts";
import { namedConfiguration } from "./config-source.ts";

export interface ConfigDiffOptions {
  readonly json?: true;
}

/** Compares two integration configurations and sets the exit code. */
export async function runConfigDiff(one: string, other: string, { json }: ConfigDiffOptions): Promise<void> {
  const [was, is] = [
    await namedConfiguration(one, undefined, environmentOf(other)),
    await namedConfiguration(other, undefined, environmentOf(one)),
  ];
  const { summary, lines, lostActions } = diffOf(was, is);
  if (lines.length > 0) process.exitCode = EXIT.found;
  if (json) {
    const of = ({ source, configuration }: typeof was) => ({ source, version: configuration.Version });
    const diff = inFormat(CONFIG_DIFF, {
      before: of(was),
      after: of(is),
      differs: lines.length > 0,
      lines: lines.map(plainText),
      lostActions,
    });
    process.stdout.write(toJson(deepWithoutSecrets(diff)));
    return;
  }
  const { columns, colours } = lookOf(process.stdout);
  const paint = pc.createColors(colours);
  const text = [
    ...wrap("", printable(`From ${was.source} to ${is.source}`), { columns }).map(paint.bold),
    ...wrap("", written(summary, printable), { columns }),
    ...(lines.length === 0 ? ["No action differs."] : []),
    ...lines.flatMap((line) => wrap("  ~ ", written(line, printable), { columns }).map(paint.yellow)),
    ...lostActions.flatMap((name) =>
      wrap("  ! ", printable(`Nobody queues by ${name} any more`), { columns }).map(paint.red),
    ),
  ];
  process.stdout.write(withoutSecrets(`${text.join("\n")}\n`));
}

function environmentOf(text: string): string | undefined {
  const reference = readReference(text);
  return reference.kind === "environment" ? reference.environment : undefined;
}
