const NUMBER = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** A number as people read it: `12,400`, `0.3`. */
export function figure(value: number): string {
  return NUMBER.format(value);
}

/** A part of a whole in percent: `25 %`. What is there is never none, and what is missing never all. */
export function percent(part: number, whole: number): string {
  if (whole === 0 || part === 0) return "0 %";
  const value = (part / whole) * 100;
  if (value < 0.1) return "under 0.1 %";
  return `${figure(part < whole ? Math.min(value, 99.9) : value)} %`;
}
