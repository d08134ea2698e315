import { figure } from "./figures.ts";

/** `1 action`, `2 actions`, `1,200 actions`. */
export function counted(number: number, thing: string): string {
  return `${figure(number)} ${thing}${number === 1 ? "" : "s"}`;
}
