import { closeSync, constants, createReadStream, fstatSync, openSync, readSync, type Stats } from "node:fs";
import { stat } from "node:fs/promises";

const MIB = 1024 * 1024;

/** The most that is read of each kind of file, in bytes: more than any that is one. */
export const LIMITS = {
  /** A plan as JSON. */
  plan: 256 * MIB,
  /** A report that a command of ours wrote, or the event of a workflow. */
  report: 64 * MIB,
  /** An integration configuration: Workers KV takes no larger value. */
  configuration: 25 * MIB,
  /** A file of environment variables. */
  variables: MIB,
  /** A Worker: Cloudflare takes no larger one. */
  worker: 10 * MIB,
} as const;

/** Why a file is not read; its message continues "the file …", for example `is a folder`. */
export class Unreadable extends Error {}

/**
 * Reads a file of the project, whatever is at its path: a folder, a device and a pipe without an end are
 * refused.
 *
 * @param limit Bytes.
 * @throws Unreadable
 */
export function readFileUpTo(path: string, limit: number): Buffer {
  const descriptor = open(path);
  try {
    const entry = fstatSync(descriptor);
    if (!entry.isFile()) throw new Unreadable(`is ${kindOf(entry)}`);
    if (entry.size > limit) throw tooLarge(limit);
    const chunks: Buffer[] = [];
    let length = 0;
    // Files of the system say that they are empty, and some do not end.
    for (;;) {
      const chunk = Buffer.alloc(Math.max(64 * 1024, entry.size - length));
      const bytes = readSync(descriptor, chunk);
      if (bytes === 0) return Buffer.concat(chunks);
      length += bytes;
      if (length > limit) throw tooLarge(limit);
      chunks.push(chunk.subarray(0, bytes));
    }
  } catch (error) {
    throw unreadable(error);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Reads a file that somebody named at the command line, where a shell may put a pipe in its place:
 * `<(command)`.
 *
 * @param limit Bytes.
 * @throws Unreadable
 */
export async function readNamedUpTo(path: string, limit: number): Promise<Buffer> {
  const entry = await stat(path).catch((error: unknown) => {
    throw unreadable(error);
  });
  // A pipe with a name may have nobody who ever writes to it; one of the shell has.
  const isOfShell = entry.isFIFO() && /^\/(?:dev\/(?:fd\/\d+|stdin)|proc\/.+)$/.test(path);
  return isOfShell ? readStreamUpTo(createReadStream(path), limit) : readFileUpTo(path, limit);
}

/** Reads a stream to its end. @param limit Bytes. @throws Unreadable */
export async function readStreamUpTo(stream: NodeJS.ReadableStream, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > limit) throw tooLarge(limit);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function open(path: string): number {
  try {
    // Without waiting for somebody to write to a pipe. Windows has no such flag, and no such pipes.
    return openSync(path, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0));
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(error: unknown): Unreadable {
  if (error instanceof Unreadable) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
  return new Unreadable(`${WORDS[code] ?? "cannot be read"} (${code})`);
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: "is not there",
  ENOTDIR: "is not there",
  EACCES: "cannot be read by this user",
  EPERM: "cannot be read by this user",
  ENXIO: "is a device or a socket",
  EISDIR: "is a folder",
};

function kindOf(entry: Stats): string {
  if (entry.isDirectory()) return "a folder";
  if (entry.isFIFO()) return "a pipe";
  return entry.isSocket() ? "a socket" : "a device";
}

function tooLarge(limit: number): Unreadable {
  return new Unreadable(`is larger than the ${limit / MIB} MiB that this program reads`);
}
