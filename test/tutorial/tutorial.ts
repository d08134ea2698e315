import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../infra/files/package-root.ts";

/** What a reader does, one after the other. */
export type TutorialStep =
  | { readonly kind: "commands"; readonly lines: readonly string[]; readonly expected: readonly string[] }
  | { readonly kind: "edit"; readonly path: string; readonly removed: string; readonly added: string };

export interface TutorialPart {
  readonly title: string;
  readonly steps: readonly TutorialStep[];
}

/** docs/tutorial.md as its numbered parts. */
export function tutorialParts(): readonly TutorialPart[] {
  const page = readFileSync(join(PACKAGE_ROOT, "docs/tutorial.md"), "utf8");
  return page
    .split(/^## /m)
    .filter((part) => /^\d+\. /.test(part))
    .map((part) => {
      const [title = "", ...rest] = part.split("\n");
      return { title, steps: stepsOf(rest.join("\n")) };
    });
}

/** A block of text says what the commands before it print. */
function stepsOf(text: string): readonly TutorialStep[] {
  const steps: TutorialStep[] = [];
  for (const [, language, block = ""] of text.matchAll(/^```(\w+)\n(.*?)^```$/gms)) {
    const lines = block.trimEnd().split("\n");
    const last = steps.at(-1);
    if (language === "sh") steps.push({ kind: "commands", lines, expected: [] });
    else if (language === "diff") steps.push(editOf(lines));
    else if (last?.kind === "commands") steps.splice(-1, 1, { ...last, expected: lines });
  }
  return steps;
}

function editOf(lines: readonly string[]): TutorialStep {
  const [path = "", , , ...body] = lines;
  const side = (mark: string) =>
    body
      .filter((line) => line.startsWith(" ") || line.startsWith(mark))
      .map((line) => line.slice(1))
      .join("\n");
  return { kind: "edit", path: path.replace(/^--- /, ""), removed: side("-"), added: side("+") };
}

/** The file after an edit of the tutorial. @throws Error where it does not have the lines. */
export function edited(
  text: string,
  { path, removed, added }: TutorialStep & { readonly kind: "edit" },
): string {
  if (text.split(removed).length !== 2)
    throw new Error(`${path} does not have these lines once:\n${removed}`);
  return text.replace(removed, () => added);
}
