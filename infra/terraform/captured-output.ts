import { closeSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { makeTemporaryFolder, temporaryFolderRefused } from "../files/temporary-folder.ts";

/** What a program writes, in a file that has no name: it goes when the last process that has it open does. */
export interface CapturedOutput {
  /** For the program to write to. Close it once the program has it. */
  readonly descriptor: number;
  /** Reads what is left, and gives all of it. */
  readonly end: () => string;
}

/** How often it is looked for new lines. */
const LOOK_MS = 100;

/** @param onLine Gets each line as it comes. Default: nobody. */
export function captureOutput(onLine?: (line: string) => void): CapturedOutput {
  const { writing, reading } = openNameless();
  const decoder = new StringDecoder("utf8");
  const buffer = Buffer.alloc(64 * 1024);
  let text = "";
  let line = "";
  const read = () => {
    for (let bytes = readSync(reading, buffer); bytes > 0; bytes = readSync(reading, buffer)) {
      const more = decoder.write(buffer.subarray(0, bytes));
      text += more;
      if (onLine === undefined) continue;
      const lines = (line + more).split("\n");
      line = lines.pop() ?? "";
      for (const complete of lines) onLine(complete);
    }
  };
  const looking = onLine === undefined ? undefined : setInterval(read, LOOK_MS);
  return {
    descriptor: writing,
    end: () => {
      clearInterval(looking);
      read();
      closeSync(reading);
      if (line !== "") onLine?.(line);
      return text + decoder.end();
    },
  };
}

function openNameless(): { readonly writing: number; readonly reading: number } {
  const folder = makeTemporaryFolder("queueit-output-");
  try {
    const path = join(folder.path, "output");
    return { writing: openSync(path, "wx", 0o600), reading: openSync(path, "r") };
  } catch (error) {
    throw temporaryFolderRefused(error);
  } finally {
    folder.remove();
  }
}
