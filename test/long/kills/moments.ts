import fc from "fast-check";

/** How and when a command is ended. */
export interface Kill {
  readonly signal: "SIGKILL" | "SIGINT" | "SIGINT twice";
  /** Milliseconds after its start. */
  readonly after: number;
}

/** Kills of all commands together, unless `KILLS` says otherwise. */
const KILLS = Number(process.env["KILLS"] ?? 210);

/** The same kills each time, unless `KILLS_SEED` says otherwise. */
const SEED = Number(process.env["KILLS_SEED"] ?? 20_251_125);

/**
 * The kills of one command.
 *
 * @param share Of all kills.
 * @param longest Milliseconds that the command takes at most where nothing ends it.
 */
export function kills(command: string, share: number, longest: number): readonly Kill[] {
  const kill = fc.record({
    signal: fc.constantFrom(
      "SIGKILL" as const,
      "SIGKILL" as const,
      "SIGINT" as const,
      "SIGINT twice" as const,
    ),
    after: fc.integer({ min: 0, max: longest }),
  });
  const seed = SEED + [...command].reduce((sum, character) => sum + character.charCodeAt(0), 0);
  return fc.sample(kill, { numRuns: Math.ceil(KILLS * share), seed });
}
