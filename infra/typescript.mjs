// Runs TypeScript as it is: `node --import ./infra/typescript.mjs file.ts`.
//
// tsx keeps what it compiled in the temporary directory, in a folder that is named for the user's number, and runs what
// it finds there, whoever put it there: where others may write, their code would run with all our secrets. It also calls
// whoever listens on a socket in that folder. So it gets a folder of this project's own in the place of the temporary
// directory while it is loaded. Without such a folder everything is compiled anew, which takes a quarter longer to start.
import { lstatSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../node_modules/.cache/queueit-cf", import.meta.url));

await withVariables(variables(isOurs(FOLDER)), async () => {
  const { register } = await import("tsx/esm/api");
  register();
});

function variables(isKept) {
  return {
    TMPDIR: FOLDER,
    TMP: FOLDER,
    TEMP: FOLDER,
    TSX_DISABLE_CACHE: isKept ? process.env.TSX_DISABLE_CACHE : "1",
  };
}

/** Whether the folder is there, or could be made, and nobody else can put anything into it or in its place. */
function isOurs(folder) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Windows has neither users with numbers nor these bits.
    if (process.geteuid === undefined) return true;
    const { uid, mode } = lstatSync(folder);
    const parents = [dirname(folder), dirname(dirname(folder))].map((parent) => lstatSync(parent).mode);
    return uid === process.geteuid() && (mode & 0o022) === 0 && parents.every((bits) => (bits & 0o002) === 0);
  } catch {
    return false;
  }
}

async function withVariables(values, work) {
  const before = Object.fromEntries(Object.keys(values).map((name) => [name, process.env[name]]));
  set(values);
  try {
    await work();
  } finally {
    set(before);
  }
}

function set(values) {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
