import type { Command, HelpConfiguration } from "commander";
import stringWidth from "string-width";
import { lookOf } from "../console/colours.ts";
import { EXIT } from "../errors/user-error.ts";
import { commandLines } from "../text/paragraphs.ts";
import { padded, wrap } from "../text/wrap.ts";

/** What a command's help says after its options. */
export interface HelpNotes {
  /** Commands to be copied. */
  readonly examples?: readonly string[];
  /** One paragraph each. */
  readonly notes?: readonly string[];
  /** What the exit codes mean; 70, a fault of ours, is the same everywhere. */
  readonly exitCodes: Readonly<Partial<Record<Exclude<keyof typeof EXIT, "fault">, string>>>;
}

const NOTES = new WeakMap<Command, HelpNotes>();

/** The notes of a command; undefined where it has none. */
export function notesOf(command: Command): HelpNotes | undefined {
  return NOTES.get(command);
}

/** Adds the notes to the help of a command, as wide as the terminal. */
export function withNotes(command: Command, notes: HelpNotes): Command {
  NOTES.set(command, notes);
  return command.addHelpText("after", ({ error }) => {
    const { columns } = lookOf(error ? process.stderr : process.stdout);
    return `\n${notesText(notes, columns)}`;
  });
}

/** Each exit code of a command with what it means. */
export function exitCodesOf({
  exitCodes,
}: Pick<HelpNotes, "exitCodes">): readonly (readonly [code: number, meaning: string])[] {
  const named = Object.entries({ ...exitCodes, fault: "a bug in this program" }) as [
    keyof typeof EXIT,
    string,
  ][];
  return named.map(([name, meaning]) => [EXIT[name], meaning]);
}

function notesText({ examples = [], notes = [], exitCodes }: HelpNotes, columns: number): string {
  const sections = [
    examples.length === 0
      ? []
      : ["Examples:", ...examples.flatMap((example) => commandLines(`  $ ${example}`, columns))],
    ...notes.map((note) => wrap("", note, { columns, keepsWords: true })),
    [
      "Exit codes:",
      ...exitCodesOf({ exitCodes }).flatMap(([code, meaning]) =>
        wrap(padded(`  ${code}`, 6), meaning, { columns }),
      ),
    ],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

/** Fewer columns than that beside a term are no place for its description: it goes below. */
const FEWEST_BESIDE = 24;

/**
 * How commander writes help: wrapped in every terminal, which it does by itself only where there is much
 * room.
 */
export const HELP: HelpConfiguration = {
  minWidthToWrap: 20,
  showGlobalOptions: true,
  displayWidth: (text) => stringWidth(text),
  formatItem(term, termWidth, description, { helpWidth = 80 }) {
    const first = `  ${padded(term, termWidth)}  `;
    const options = { columns: helpWidth, keepsWords: true };
    if (description === "") return first.trimEnd();
    if (helpWidth - stringWidth(first) >= FEWEST_BESIDE) return wrap(first, description, options).join("\n");
    return [`  ${term}`, ...wrap("      ", description, options)].join("\n");
  },
};
