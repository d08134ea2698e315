const UNITS = [
  [3600, "h"],
  [60, "min"],
  [1, "s"],
] as const;

/**
 * How long something takes, in the two largest units that it has: `45 s`, `2 min 30 s`, `1 h 5 min`.
 *
 * @param milliseconds Rounded to seconds.
 */
export function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const first = UNITS.findIndex(([size]) => seconds >= size);
  if (first === -1) return "0 s";
  const [large, small] = UNITS.slice(first);
  const [size = 1, unit = "s"] = large ?? [];
  const rest = small === undefined ? 0 : Math.floor((seconds % size) / small[0]);
  const whole = `${Math.floor(seconds / size)} ${unit}`;
  return rest === 0 ? whole : `${whole} ${rest} ${small?.[1] ?? ""}`;
}
