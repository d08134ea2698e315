import type { Field } from "./field.ts";
import { KINDS } from "./kinds.ts";
import { liveHeapMebibytes } from "./heap.ts";
import { type Spread, spreadOf } from "./statistics.ts";
import { ask } from "./visitors.ts";

export interface ColdStart {
  readonly actions: number;
  readonly candidate: string;
  /** Processor time from the start of the process to its first answer above the bare pass-through's. */
  readonly milliseconds: Spread;
  /** Live memory of the isolate after the first answer above the bare pass-through's. */
  readonly heapMebibytes: Spread;
}

/**
 * Measures cold isolates. In each round every candidate has a new process, after one of the bare
 * pass-through, so that what else the machine does falls on all alike.
 */
export async function measureColdStarts(
  field: Field,
  names: readonly string[],
  rounds: number,
): Promise<readonly ColdStart[]> {
  const samples = names.map((candidate) => ({
    candidate,
    milliseconds: [] as number[],
    heap: [] as number[],
  }));
  for (let round = 0; round < rounds; round++) {
    const bare = await startOnce(field, "bare-pass");
    for (const { candidate, milliseconds, heap } of samples) {
      const other = await startOnce(field, candidate);
      milliseconds.push((other.cpu - bare.cpu) / 1000);
      heap.push(other.heap - bare.heap);
    }
  }
  return samples.map(({ candidate, milliseconds, heap }) => ({
    actions: field.actions,
    candidate,
    milliseconds: spreadOf(milliseconds),
    heapMebibytes: spreadOf(heap),
  }));
}

async function startOnce(
  field: Field,
  candidate: string,
): Promise<{ readonly cpu: number; readonly heap: number }> {
  const workerd = await field.start(candidate, "standard");
  try {
    const request = KINDS[0]?.request(3) ?? Buffer.alloc(0);
    await ask(workerd.port, request);
    return { cpu: workerd.cpuMicroseconds(), heap: await liveHeapMebibytes(workerd) };
  } finally {
    await workerd.end();
  }
}
