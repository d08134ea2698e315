import pc from "picocolors";
import { type Look, PLAIN } from "../text/look.ts";
import type { Variables } from "../variables/command-variables.ts";

/** What of an output tells how text looks there: `process.stdout`, `process.stderr`. */
export interface Output {
  /** Node leaves it out where there is no terminal. */
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/**
 * How text looks on an output: the one place where that is decided. NO_COLOR (https://no-color.org) comes
 * before FORCE_COLOR (https://force-color.org), and both before what the output is: colours are for
 * terminals, not for logs. Columns are those of COLUMNS, where somebody sets it, else the terminal's, else
 * 80.
 */
export function lookOf(output: Output, variables: Variables = process.env): Look {
  return { colours: wantsColours(output, variables), columns: columnsOf(output, variables) };
}

/** Colours for an output, or none. */
export function coloursOn(output: Output): ReturnType<typeof pc.createColors> {
  return pc.createColors(lookOf(output).colours);
}

function wantsColours(output: Output, variables: Variables): boolean {
  const { NO_COLOR: none = "", FORCE_COLOR: forced = "", TERM: terminal } = variables;
  if (none !== "") return false;
  if (forced !== "") return forced !== "0" && forced !== "false";
  return output.isTTY === true && terminal !== "dumb";
}

function columnsOf(output: Output, { COLUMNS: wanted = "" }: Variables): number {
  if (/^[1-9]\d{0,5}$/.test(wanted)) return Number(wanted);
  // A terminal that does not know its size says that it has none.
  const { columns = 0 } = output;
  return output.isTTY === true && columns > 0 ? columns : PLAIN.columns;
}
