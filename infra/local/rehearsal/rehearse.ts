import type { Target } from "../../specification/target.ts";
import { arrivalsOf } from "./arrivals.ts";
import { Program } from "./events/program.ts";
import { Stage } from "./events/stage.ts";
import { Protections } from "./judge/protections.ts";
import { RehearsedQueueIt } from "./lines/rehearsed-queue-it.ts";
import { type PrepareOptions, type Prepared, prepare, seedOf, withProtectedPages } from "./prepare.ts";
import { Recorder } from "./recorder.ts";
import type { Rehearsal } from "./rehearsal.ts";
import type { Scenario } from "./scenario.ts";
import { Simulation, TICK_MS } from "./simulation.ts";
import { World } from "./world/world.ts";

export interface RehearseOptions extends PrepareOptions {
  readonly target: Target;
  readonly scenario: Scenario;
  /**
   * Milliseconds of real time after which it ends with what is known so far.
   * @default it goes on until it is done
   */
  readonly atMostMs?: number | undefined;
  /** Ends it with what is known so far. */
  readonly signal?: AbortSignal | undefined;
  /** Told about twice a second of real time. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** How far a rehearsal is. */
export interface Progress {
  readonly simulatedMs: number;
  readonly arrived: number;
  readonly inLine: number;
  readonly browsing: number;
  readonly requests: number;
  readonly breaches: number;
  /** Bytes that this process and workerd hold now. */
  readonly memory: number;
}

const PROGRESS_MS = 500;

/** Ticks of simulated time after which a spreading configuration is looked after. */
const LOOK_EVERY = Math.round(1000 / TICK_MS);

/**
 * Rehearses a sale on this machine: simulated visitors ask the environment's own Worker in workerd, at the speed that this
 * machine has, while the clock of both goes on with the simulation.
 *
 * @throws UserError where the environment cannot be rehearsed, or its Worker does not start.
 */
export async function rehearse(options: RehearseOptions): Promise<Rehearsal> {
  const prepared = withProtectedPages(await prepare(options.target, options), options.scenario);
  const world = await World.start(prepared.world, {
    kv: { how: "well" },
    site: "well",
    queueIt: "well",
    configuration: prepared.desk.json,
  });
  try {
    return await run(options, prepared, world);
  } finally {
    await world.close();
  }
}

async function run(options: RehearseOptions, prepared: Prepared, world: World): Promise<Rehearsal> {
  const { scenario, atMostMs = Infinity, signal, onProgress } = options;
  const startMs = Math.ceil(Date.now() / 1000) * 1000;
  const began = performance.now();
  const stage = stageOf(scenario, prepared, world);
  await openUp(stage, startMs);

  const record = new Recorder(scenario);
  const simulation = new Simulation(scenario, stage, record, startMs);
  const program = new Program(scenario.events, stage, record);
  const arrivals = arrivalsOf(scenario);
  let arrived = 0;
  let tick = 0;
  let peakMemory = 0;
  let toldAt = 0;
  let endedBy: Rehearsal["endedBy"] = "duration";
  const state = () => simulation.state();
  for (; tick * TICK_MS < scenario.durationMs; tick++) {
    const atMs = tick * TICK_MS;
    if (signal?.aborted === true) endedBy = "interrupted";
    else if (performance.now() - began > atMostMs) endedBy = "real-time";
    else if (arrived === arrivals.length && !simulation.isBusy && program.isOver) endedBy = "done";
    if (endedBy !== "duration") break;
    if (scenario.clock === "real") await untilReal(startMs + atMs);

    record.upTo(atMs, state);
    simulation.begin(tick);
    await program.run(atMs, startMs + atMs);
    if (tick % LOOK_EVERY === 0) await program.lookAfter(startMs + atMs);
    for (let next = arrivals[arrived]; next !== undefined && next.atMs <= atMs; next = arrivals[arrived]) {
      simulation.arrive(next);
      arrived += 1;
    }
    await simulation.run(scenario.clock === "real" ? undefined : startMs + atMs);

    const real = performance.now();
    if (real - toldAt < PROGRESS_MS) continue;
    toldAt = real;
    const memory = process.memoryUsage.rss() + world.usage().memory;
    peakMemory = Math.max(peakMemory, memory);
    onProgress?.({
      memory,
      simulatedMs: atMs,
      arrived: record.arrivedCount,
      requests: record.requestCount,
      breaches: record.breachTotal,
      ...state(),
    });
    // Whoever has to interrupt it needs a turn, too.
    await new Promise(setImmediate);
  }
  simulation.end();
  record.upTo(tick * TICK_MS, state);
  record.end(tick * TICK_MS, state());
  record.elsewhere(await world.askedElsewhere());
  peakMemory = Math.max(peakMemory, process.memoryUsage.rss() + world.usage().memory);
  return {
    environment: prepared.target.named.name,
    worker: prepared.target.spec.worker.name,
    bundleHash: prepared.world.worker.sha256,
    scenario,
    startedAt: new Date(startMs).toISOString(),
    tookMs: Math.round(performance.now() - began),
    simulatedMs: tick * TICK_MS,
    ...record.outcome(),
    events: program.happened,
    endedBy,
    cpuMs: Math.round(world.usage().cpu * 1000),
    peakMemory,
  };
}

function stageOf(scenario: Scenario, prepared: Prepared, world: World): Stage {
  const { desk, pages, customerId, needsEnqueueToken, matching, requestBodyLimit } = prepared;
  const queueIt = new RehearsedQueueIt({
    customerId,
    secretKey: prepared.world.secrets.secretKey,
    sites: pages.hosts,
    outflow: scenario.outflow,
    needsEnqueueToken,
    cookieValidity: (room, action) => desk.cookieValidity(room, action),
  });
  return new Stage(prepared, world, queueIt, new Protections({ matching, requestBodyLimit }));
}

/** Brings the configuration before the first visitor comes, as it is before a sale. */
async function openUp(stage: Stage, startMs: number): Promise<void> {
  await stage.world.put(...seedOf(stage.prepared));
  // Two minutes before, so that every isolate has it at the beginning.
  const early = startMs - 120_000;
  await stage.deliver(early);
  for (let now = early; now < startMs; now += 10_000) {
    if ((await stage.lookAfter(now)) !== undefined) break;
  }
  await stage.world.tick(startMs);
}

async function untilReal(atMs: number): Promise<void> {
  const ms = atMs - Date.now();
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
