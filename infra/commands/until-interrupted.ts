/** Resolves when the person at the keyboard, or the system, asks this process to end. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      // Miniflare's own listener would end the process before its files are removed.
      process.removeAllListeners(signal);
      process.once(signal, resolve);
    }
  });
}
