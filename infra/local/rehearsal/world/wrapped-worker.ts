/** Names that the modules below and the driver agree on. */
export const WRAPPER_MODULES = {
  clock: "rehearsal-clock.mjs",
  main: "rehearsal-main.mjs",
  bundle: "bundle.mjs",
};

/** Entrypoint by which a rehearsal sets what is around a Worker. */
export const CONTROL = "RehearsalControl";

/** Header of an answer that came from the site because the Worker threw. */
export const PASSED_THROUGH_HEADER = "x-rehearsal-passed-through";
/** Header of an answer in the place of a Worker that threw. */
export const THREW_HEADER = "x-rehearsal-threw";

/** Milliseconds of real time after which a slow KV answers: longer than the Worker waits for it. */
const SLOW_KV_MS = 3000;

/**
 * How much longer the Worker's own limits of time are while everything around it is well: this machine may be
 * slow where Cloudflare is not, and must not be taken for a fault of KV.
 */
const PATIENCE = 20;

/** Milliseconds of real time that work in the background may take after an answer. */
const SETTLE_MS = 60_000;

/**
 * The first module of a rehearsed Worker's isolate: a clock that is set, timers that are real, and a console
 * that is read.
 */
export const CLOCK_SOURCE = `
export const surroundings = { now: undefined, kv: { how: "well" } };
export const lines = [];

const Machine = Date;
globalThis.Date = class Date extends Machine {
  constructor(...parts) { parts.length === 0 ? super(surroundings.now ?? Machine.now()) : super(...parts); }
  static now() { return surroundings.now ?? Machine.now(); }
};

export const wait = globalThis.setTimeout.bind(globalThis);
globalThis.setTimeout = (work, ms = 0, ...rest) => {
  const isPatient = surroundings.now != null && surroundings.kv.how === "well";
  return wait(work, isPatient ? ms * ${PATIENCE} : ms, ...rest);
};

for (const level of ["error", "warn"]) {
  console[level] = (line) => { if (lines.length < 1000) lines.push(String(line)); };
}
`;

export interface WrappedWorkerOptions {
  /** Names of the KV bindings. */
  readonly kvNames: readonly string[];
  /** Names of the Secrets Store bindings: their values come as texts. */
  readonly storeNames: readonly string[];
}

/**
 * The main module: the bundle as it ships, in surroundings that a rehearsal can set. It hands out the same `env`
 * each time, as the runtime does.
 */
export function wrapperSource({ kvNames, storeNames }: WrappedWorkerOptions): string {
  return `
import { WorkerEntrypoint } from "cloudflare:workers";
import { lines, surroundings, wait } from "./${WRAPPER_MODULES.clock}";
import worker from "./${WRAPPER_MODULES.bundle}";

const KV_NAMES = ${JSON.stringify(kvNames)};
const STORE_NAMES = ${JSON.stringify(storeNames)};
const pending = new Set();
let isCold = true;
let prepared;

class RehearsedKv {
  #kv;
  constructor(kv) { this.#kv = kv; }
  async #surrounded(work) {
    const { how } = surroundings.kv;
    if (how === "failing") throw new Error("KV GET failed: 500 Internal Server Error");
    if (how === "slow") await new Promise((resolve) => wait(resolve, ${SLOW_KV_MS}));
    return work();
  }
  get(key, ...rest) {
    return this.#surrounded(() => {
      const { how, values } = surroundings.kv;
      if (how !== "stale" || typeof key !== "string" || !(key in values)) return this.#kv.get(key, ...rest);
      const type = typeof rest[0] === "object" ? rest[0]?.type : rest[0];
      return type === "json" && values[key] !== null ? JSON.parse(values[key]) : values[key];
    });
  }
  getWithMetadata(...of) { return this.#surrounded(() => this.#kv.getWithMetadata(...of)); }
  list(...of) { return this.#surrounded(() => this.#kv.list(...of)); }
  put(...of) { return this.#surrounded(() => this.#kv.put(...of)); }
  delete(...of) { return this.#surrounded(() => this.#kv.delete(...of)); }
}

function envOf(env) {
  if (prepared !== undefined) return prepared;
  prepared = { ...env };
  for (const name of KV_NAMES) prepared[name] = new RehearsedKv(env[name]);
  for (const name of STORE_NAMES) prepared[name] = { get: async () => env[name] };
  return prepared;
}

function contextOf(context, onPassThrough) {
  return {
    props: context.props,
    waitUntil(work) {
      const kept = Promise.resolve(work).then(() => undefined, () => undefined).finally(() => pending.delete(kept));
      pending.add(kept);
      context.waitUntil(kept);
    },
    passThroughOnException: onPassThrough,
  };
}

async function settled() {
  const late = new Promise((resolve) => wait(resolve, ${SETTLE_MS}));
  while (pending.size > 0) {
    if ((await Promise.race([Promise.all(pending).then(() => "done"), late])) !== "done") return;
  }
}

export class ${CONTROL} extends WorkerEntrypoint {
  async fetch(request) {
    const { set, scheduled } = await request.json();
    if (set !== undefined) Object.assign(surroundings, set);
    if (scheduled !== undefined) {
      const event = { cron: scheduled, scheduledTime: Date.now(), noRetry() {} };
      await worker.scheduled?.(event, envOf(this.env), contextOf(this.ctx, () => {}));
    }
    if (set === undefined) await settled();
    return Response.json({ isCold, lines: lines.splice(0) });
  }
}

export default {
  async fetch(request, env, context) {
    isCold = false;
    let passesThrough = false;
    const { url, method, headers } = request;
    try {
      return await worker.fetch(request, envOf(env), contextOf(context, () => (passesThrough = true)));
    } catch (error) {
      lines.push("threw " + (error?.name ?? "Error"));
      if (!passesThrough) return new Response(null, { status: 500, headers: { "${THREW_HEADER}": "1" } });
      // As the edge does: the site is asked, without a body that may have been read.
      const answer = await fetch(new Request(url, { method, headers }));
      const passed = new Response(answer.body, answer);
      passed.headers.set("${PASSED_THROUGH_HEADER}", "1");
      return passed;
    }
  },
};
`;
}
