import { paragraphs } from "../text/paragraphs.ts";
import { lookOf } from "./colours.ts";

/** Writes a message for the person at the keyboard to the standard error, broken for the terminal. */
export function tell(message: string): void {
  process.stderr.write(`${paragraphs(message, lookOf(process.stderr).columns)}\n`);
}
