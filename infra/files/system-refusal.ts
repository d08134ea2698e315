import { tmpdir } from "node:os";
import { UserError } from "../errors/user-error.ts";

/** What to do about a refusal of the file system, by its code. Others are faults of ours. */
const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: "Give this user the right to read and write there, or work in a folder of your own.",
  EPERM: "Give this user the right to read and write there, or work in a folder of your own.",
  EROFS: "Work in a folder that can be written to.",
  ENOSPC: "Free some space there, then run this again.",
  EDQUOT: "Free some of your quota there, then run this again.",
  EFBIG: "The system limits how large a file may be: raise that limit, or work in another folder.",
  EIO: "The disk may be failing: work on another one.",
  ESTALE: "The network drive has gone: mount it again, or work in another folder.",
  ENOTDIR: "Part of that path is a file and not a folder: move it elsewhere, or name another path.",
  EISDIR: "There is a folder where a file should be: move it elsewhere, or name another path.",
  EEXIST: "Something else is in its place: move it elsewhere, or name another path.",
  ENOTEMPTY: "Something else is writing to that folder: stop it, then run this again.",
  ELOOP: "There is a link, which is not followed: move it elsewhere, or name another path.",
  ENAMETOOLONG: "Name a shorter path.",
  EMFILE: "This user has too many files open: close some programs, or raise the limit (ulimit -n).",
  ENFILE: "The system has too many files open: close some programs.",
};

/** A write to a file that is open already is refused without its path. Only disks refuse with these. */
const WITHOUT_A_PATH: Readonly<Record<string, () => string>> = {
  ENOSPC: () =>
    `Free some space for this folder and for the temporary directory, ${tmpdir()}, then run this again.`,
  EDQUOT: () => "Free some of your quota, then run this again.",
  EFBIG: () =>
    "The system limits how large a file may be (ulimit -f): raise that limit, then run this again.",
};

/** What the system said, for example `EACCES: permission denied, open '/x'`; undefined when it is no refusal of the system. */
export function systemReason(error: unknown): string | undefined {
  return isSystemError(error) && (error.code in REMEDIES || error.code === "ENOENT")
    ? error.message
    : undefined;
}

/** What to do about a refusal of the system at a path; undefined when it is none, or there is nothing to say. */
export function remedyOf(error: unknown): string | undefined {
  return isSystemError(error) ? REMEDIES[error.code] : undefined;
}

/**
 * A refusal of the file system as an error of whoever is at the keyboard: a folder that may only be read, a full disk.
 * Undefined for anything else, and for a refusal that names no path and may be a socket's.
 */
export function asUserError(error: unknown): UserError | undefined {
  if (!isSystemError(error)) return undefined;
  const remedy = typeof error.path === "string" ? REMEDIES[error.code] : WITHOUT_A_PATH[error.code]?.();
  return remedy === undefined
    ? undefined
    : new UserError("file-refused", `The system refused a file or folder: ${error.message}. ${remedy}`);
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && "code" in error && typeof error.code === "string" && "errno" in error;
}
