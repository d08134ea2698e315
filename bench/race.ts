import type { Field } from "./field.ts";
import type { Kind } from "./kinds.ts";
import { type Spread, spreadOf } from "./statistics.ts";
import { ask, visit } from "./visitors.ts";
import type { Workerd } from "./workerd.ts";

export interface RaceOptions {
  readonly rounds: number;
  readonly turnMilliseconds: number;
  /** How long each candidate answers before anything is measured. */
  readonly warmUpMilliseconds: number;
  readonly cookies: number;
  readonly names: readonly string[];
}

/** Microseconds of processor time per request above the bare twin, by candidate. */
export type RaceResult = Readonly<Record<string, Spread>>;

/**
 * Measures candidates on one kind of request. They take short turns, each side by side with its bare twin, so that
 * what else the machine does falls on both alike. Answers are checked before and after.
 */
export async function race(field: Field, kind: Kind, options: RaceOptions): Promise<RaceResult> {
  const request = kind.request(options.cookies);
  field.prepare(kind.variant);
  const twin = await field.runner(kind.twin, kind.variant);
  const runners = await Promise.all(
    options.names.map(async (name) => ({ name, runner: await field.runner(name, kind.variant) })),
  );
  for (const { name, runner } of runners) await check(runner, kind, request, name);
  // The engine goes on compiling for a while, on threads of the same process.
  for (const { runner } of [...runners, { runner: twin }])
    await turn(runner, request, options.warmUpMilliseconds);

  const samples = new Map(runners.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < options.rounds; round++) {
    for (const { name, runner } of runners) {
      // Side by side: what else the machine does meanwhile then falls on both.
      const [floor, cost] = await Promise.all(
        [twin, runner].map((workerd) => turn(workerd, request, options.turnMilliseconds)),
      );
      samples.get(name)?.push((cost ?? NaN) - (floor ?? NaN));
    }
  }

  for (const { name, runner } of runners) await check(runner, kind, request, name);
  return Object.fromEntries([...samples].map(([name, values]) => [name, spreadOf(values)]));
}

/** Microseconds of processor time per request in one turn. */
function turn(workerd: Workerd, request: Buffer, milliseconds: number): Promise<number> {
  return visit(workerd.port, request, milliseconds, () => workerd.cpuMicroseconds());
}

async function check({ port }: Workerd, kind: Kind, request: Buffer, name: string): Promise<void> {
  const answer = await ask(port, request);
  if (kind.isRight(answer)) return;
  throw new Error(
    `${name} answered wrongly to "${kind.name}":\n${answer.head}\n\n${answer.body.slice(0, 300)}`,
  );
}
