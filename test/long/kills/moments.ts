import fc from "fast-check";

const ENDINGS = ["SIGKILL", "SIGINT", "SIGINT twice", "SIGTERM", "SIGHUP"] as const;

/** How and when a command is ended. */
export interface Kill {
  readonly signal: (typeof ENDINGS)[number];
  /** When, as a part of the time that the command takes where nothing ends it. */
  readonly at: number;
}

/** Kills of all commands together, unless `KILLS` says otherwise. */
const KILLS = Number(process.env["KILLS"] ?? 240);

/** The same kills each time, unless `KILLS_SEED` says otherwise. */
const SEED = Number(process.env["KILLS_SEED"] ?? 20_251_125);

/** The kills of one command. @param share Of all kills. */
export function kills(command: string, share: number): readonly Kill[] {
  const kill = fc.record({
    signal: fc.constantFrom("SIGKILL" as const, ...ENDINGS),
    at: fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000),
  });
  const seed = SEED + [...command].reduce((sum, character) => sum * 31 + character.charCodeAt(0), 0);
  return fc.sample(kill, { numRuns: Math.ceil(KILLS * share), seed: seed % 2 ** 31 });
}
