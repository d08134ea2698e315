import type { Candidates } from "./candidates.ts";
import { variablesFor } from "./field.ts";
import { configurationOf } from "./integration-configuration.ts";
import { KINDS } from "./kinds.ts";
import { liveHeapMebibytes } from "./heap.ts";
import { type Spread, spreadOf } from "./statistics.ts";
import type { Surroundings } from "./surroundings.ts";
import { ask } from "./visitors.ts";
import { Workerd } from "./workerd.ts";

export interface ColdStart {
  readonly actions: number;
  readonly candidate: string;
  /** Processor time from the start of the process to its first answer above the bare pass-through's. */
  readonly milliseconds: Spread;
  /** Live memory of the isolate after the first answer above the bare pass-through's. */
  readonly heapMebibytes: Spread;
}

/** Measures cold isolates: each sample is two new processes, the bare pass-through and the candidate. */
export async function measureColdStart(
  candidates: Candidates,
  candidate: string,
  surroundings: Surroundings,
  { actions, rounds }: { readonly actions: number; readonly rounds: number },
): Promise<ColdStart> {
  surroundings.store(JSON.stringify(configurationOf(actions, false)));
  const milliseconds: number[] = [];
  const heap: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const bare = await startOnce(candidates.get("bare-pass") ?? "", surroundings);
    const other = await startOnce(candidates.get(candidate) ?? "", surroundings);
    milliseconds.push((other.cpu - bare.cpu) / 1000);
    heap.push(other.heap - bare.heap);
  }
  return { actions, candidate, milliseconds: spreadOf(milliseconds), heapMebibytes: spreadOf(heap) };
}

async function startOnce(
  code: string,
  { origin, kv }: Surroundings,
): Promise<{ readonly cpu: number; readonly heap: number }> {
  const workerd = await Workerd.start({ code, variables: variablesFor("standard"), origin, kv });
  try {
    const request = KINDS[0]?.request(3) ?? Buffer.alloc(0);
    await ask(workerd.port, request);
    return { cpu: workerd.cpuMicroseconds(), heap: await liveHeapMebibytes(workerd) };
  } finally {
    await workerd.end();
  }
}
