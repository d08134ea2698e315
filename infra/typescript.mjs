// Runs TypeScript as it is: `node --import ./infra/typescript.mjs file.ts`.
//
// tsx keeps what it compiled in the temporary directory, in a folder that is named for the user's number, and runs what
// it finds there, whoever put it there: where others may write, their code would run with all our secrets. It also calls
// whoever listens on a socket in that folder. So it gets a folder of this project's own in the place of the temporary
// directory while it is loaded. Where that folder, or anything in it, is another user's or open to others, it gets a place
// where nothing can be, and everything is compiled anew, which takes a quarter longer to start.
import { lstatSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../node_modules/.cache/queueit-cf", import.meta.url));

/** What a compiler may need to know. */
const NEEDED = /^(?:PATH|HOME|USERPROFILE|SystemRoot|NODE_(?!AUTH)|TSX_|ESBUILD_|COREPACK_|LANG|LC_)/i;

/** Below a file nobody can make a folder. */
const NOWHERE = join(fileURLToPath(import.meta.url), "nowhere");

await withVariables(variables(isOurs(FOLDER)), async () => {
  const { register } = await import("tsx/esm/api");
  register();
});

function variables(isKept) {
  const folder = isKept ? FOLDER : NOWHERE;
  // tsx's thread, and the esbuild that it starts, take the variables of this moment: they need no secret.
  const others = Object.keys(process.env).filter((name) => !NEEDED.test(name));
  return {
    ...Object.fromEntries(others.map((name) => [name, undefined])),
    TMPDIR: folder,
    TMP: folder,
    TEMP: folder,
    TSX_DISABLE_CACHE: isKept ? process.env.TSX_DISABLE_CACHE : "1",
  };
}

/**
 * Whether the folder is there, or could be made, nobody else can put anything into it or in its place, and nobody else
 * has put anything there or can change it.
 */
function isOurs(folder) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Windows has neither users with numbers nor these bits.
    if (process.geteuid === undefined) return true;
    const isInsideAlone = isAlone(folder);
    // Last, since Node 20.20 resolves no link right after it has looked at a socket.
    const parents = [dirname(folder), dirname(dirname(folder))].map((parent) => lstatSync(parent).mode);
    return isInsideAlone && parents.every((bits) => (bits & 0o002) === 0);
  } catch {
    return false;
  }
}

/** Whether it, and all that is in it, is this user's, and nobody else can change it. Of a link nobody knows. */
function isAlone(path) {
  const entry = lstatSync(path);
  if (entry.uid !== process.geteuid() || entry.isSymbolicLink() || (entry.mode & 0o022) !== 0) return false;
  return !entry.isDirectory() || readdirSync(path).every((name) => isAlone(join(path, name)));
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
