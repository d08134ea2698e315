/**
 * A statement that sets the clock of the Worker whose code it stands before: `Date` tells another time from
 * then on. One line without its end, so that the lines of the Worker keep their numbers.
 *
 * @param skewMs Milliseconds by which the clock is ahead; negative for one that is behind.
 */
export function setClock(skewMs: number): string {
  if (skewMs === 0) return "";
  return `{ const real = globalThis.Date; const now = () => real.now() + (${String(skewMs)}); globalThis.Date = new Proxy(real, { get: (target, name) => (name === "now" ? now : Reflect.get(target, name)), apply: () => new real(now()).toString(), construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [now()] : given, made) }); } `;
}
