import type { Field } from "./field.ts";
import type { Kind } from "./kinds.ts";
import { type Mean, meanOf, median, round, trimmed } from "./statistics.ts";
import { ask, Visitors } from "./visitors.ts";
import type { Workerd } from "./workerd.ts";

export interface RaceOptions {
  /** How long they take turns while it is measured. */
  readonly measureMilliseconds: number;
  /** How long a candidate and its twin take turns before anything is measured. */
  readonly warmUpMilliseconds: number;
  readonly cookies: number;
  readonly names: readonly string[];
}

/** What a request costs: microseconds of processor time above the bare twin. */
export interface Cost extends Mean {
  /** Half of the turns cost less. Garbage collection comes in few of them and is hardly in it. */
  readonly median: number;
}

/** Costs by candidate. */
export type RaceResult = Readonly<Record<string, Cost>>;

/**
 * The candidate that is the twin once more, in a process of its own: its cost is the error of the
 * measurement.
 */
export const IDENTICAL = "identical";

const TURN_MILLISECONDS = 8;

/**
 * Measures candidates on one kind of request, one after the other, each with a twin of its age: a bare Worker
 * that has answered for a minute is cheaper than one that has for seconds. Answers are checked before and
 * after.
 */
export async function race(field: Field, kind: Kind, options: RaceOptions): Promise<RaceResult> {
  const request = kind.request(options.cookies);
  const costs: [string, Cost][] = [];
  for (const name of options.names) {
    const isCandidate = name !== IDENTICAL;
    const twin = await field.start(kind.twin, kind.variant);
    const candidate = await field.start(isCandidate ? name : kind.twin, kind.variant);
    if (isCandidate) await check(candidate, request, name, kind);
    costs.push([name, await costOf(candidate, twin, request, options)]);
    if (isCandidate) await check(candidate, request, name, kind);
    await Promise.all([twin.end(), candidate.end()]);
  }
  return Object.fromEntries(costs);
}

/**
 * The candidate and its twin take turns of a few milliseconds, strictly one after the other. So each comes
 * when the other has just had the processor's caches, and what else the machine does falls on both alike. Two
 * turns of one process in a row would be up to a twentieth cheaper.
 */
async function costOf(
  candidate: Workerd,
  twin: Workerd,
  request: Buffer,
  { measureMilliseconds, warmUpMilliseconds }: RaceOptions,
): Promise<Cost> {
  const floor = await enter(twin);
  const runner = await enter(candidate);
  const pair = async (): Promise<number> => {
    const bare = await turn(floor, request);
    return (await turn(runner, request)) - bare;
  };

  for (const end = performance.now() + warmUpMilliseconds; performance.now() < end;) await pair();
  const differences: number[] = [];
  for (const end = performance.now() + measureMilliseconds; performance.now() < end;)
    differences.push(await pair());
  for (const { visitors } of [floor, runner]) visitors.leave();
  return { median: round(median(differences)), ...meanOf(trimmed(differences)) };
}

interface Racer {
  readonly workerd: Workerd;
  readonly visitors: Visitors;
}

async function enter(workerd: Workerd): Promise<Racer> {
  return { workerd, visitors: await Visitors.arrive(workerd.port) };
}

/** Microseconds of processor time per request in one turn. */
async function turn({ workerd, visitors }: Racer, request: Buffer): Promise<number> {
  const begin = workerd.cpuMicroseconds();
  const answers = await visitors.visit(request, TURN_MILLISECONDS);
  return (workerd.cpuMicroseconds() - begin) / answers;
}

async function check({ port }: Workerd, request: Buffer, name: string, kind: Kind): Promise<void> {
  const answer = await ask(port, request);
  if (kind.isRight(answer)) return;
  throw new Error(
    `${name} answered wrongly to "${kind.name}":\n${answer.head}\n\n${answer.body.slice(0, 300)}`,
  );
}
