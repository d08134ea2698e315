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

/** Measures cold isolates: each sample is two new processes, the bare pass-through and the candidate. */
export async function measureColdStart(field: Field, candidate: string, rounds: number): Promise<ColdStart> {
  const milliseconds: number[] = [];
  const heap: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const bare = await startOnce(field, "bare-pass");
    const other = await startOnce(field, candidate);
    milliseconds.push((other.cpu - bare.cpu) / 1000);
    heap.push(other.heap - bare.heap);
  }
  const { actions } = field;
  return { actions, candidate, milliseconds: spreadOf(milliseconds), heapMebibytes: spreadOf(heap) };
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
