/**
 * Whether less than so many milliseconds have passed since a moment. A clock that has gone back says no, so
 * that nothing waits for a moment that is hours away.
 */
export function isWithin(sinceMs: number, durationMs: number): boolean {
  const elapsed = Date.now() - sinceMs;
  return elapsed >= 0 && elapsed < durationMs;
}
