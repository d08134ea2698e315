import type { FreezeWindow } from "../environments/environment.ts";

/** The freeze that a moment falls into; undefined when there is none. `now` is in milliseconds since 1970. */
export function freezeAt(windows: readonly FreezeWindow[], now: number): FreezeWindow | undefined {
  return windows.find(({ from, until }) => Date.parse(from) <= now && now < Date.parse(until));
}
