/**
 * Whether there is a process with this id, as this process sees them: those of another container look dead.
 */
export function isAlive(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, for somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
