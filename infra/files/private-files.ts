/**
 * Starts a process whose files only this user may read. The mask is this whole process's, but nothing else
 * happens until the child is there.
 */
export function withPrivateFiles<T>(start: () => T): T {
  const before = process.umask(0o077);
  try {
    return start();
  } finally {
    process.umask(before);
  }
}
