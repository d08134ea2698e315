import { join } from "node:path";
import { inTemporaryFolder } from "../../../files/temporary-folder.ts";
import { Generation } from "./generation.ts";
import { Keeper } from "./keeper.ts";
import { type Script, type ScriptBinding, WorkerStartError } from "../account/model.ts";

/** What a Worker file needs to be loaded. */
export interface CheckedWorker {
  /** JavaScript source. */
  readonly content: string;
  readonly format: Script["format"];
  /** YYYY-MM-DD. */
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
  /** Names and types of the bindings it will have; secrets get placeholder values. */
  readonly bindings: readonly CheckedBinding[];
}

type CheckedBinding =
  | { readonly type: "service"; readonly name: string; readonly service: string }
  | { readonly type: "kv_namespace" | "secret_text" | "secrets_store_secret"; readonly name: string }
  | { readonly type: "plain_text"; readonly name: string; readonly text: string };

export type CheckResult =
  | { readonly starts: true }
  | {
      readonly starts: false;
      /** The runtime's own error, or which handler is missing. */
      readonly reason: string;
    };

/** Stands for every secret: the check needs none. */
const PLACEHOLDER = "placeholder-for-check";

/** Nothing listens here: the discard port, so that a fetch at start-up cannot leave the machine. */
const NOWHERE = "127.0.0.1:9";

/**
 * Loads a Worker in workerd with the bindings it will have, and looks for its fetch handler. It makes no
 * request and answers none.
 */
export function checkWorkerStarts(worker: CheckedWorker): Promise<CheckResult> {
  return inTemporaryFolder("queueit-worker-check-", async (folder) => {
    const keeper = await Keeper.start({ folders: [folder] });
    try {
      return await start(worker, folder, keeper);
    } finally {
      await keeper.end();
    }
  });
}

async function start(worker: CheckedWorker, folder: string, keeper: Keeper): Promise<CheckResult> {
  const script: Script = {
    ...worker,
    name: "worker",
    mainModule: "worker.mjs",
    content: withHandlerCheck(worker),
    bindings: worker.bindings.map(withPlaceholder),
  };
  const deployment = { scripts: [script], namespaceIds: ["checked"], secret: () => PLACEHOLDER };
  try {
    const generation = await Generation.start({
      deployment,
      outbound: NOWHERE,
      asksBeforeKv: false,
      clockSkewMs: 0,
      storage: join(folder, "kv"),
      scratch: folder,
      keeper,
      log: () => undefined,
      before: { scripts: [], startCpu: 0 },
    });
    await generation.dispose();
    return { starts: true };
  } catch (error) {
    if (error instanceof WorkerStartError) return { starts: false, reason: plainReason(error.message) };
    throw error;
  }
}

const MISSING: Readonly<Record<Script["format"], string>> = {
  "es-module": "The ES module has no default export with a fetch handler.",
  "service-worker": "The service worker has no listener for fetch events.",
};

const SEEN = 'Symbol.for("fetch listener seen")';

/** The source plus a statement at its end that throws when there is no fetch handler. Line numbers stay. */
function withHandlerCheck({ format, content }: CheckedWorker): string {
  const refuse = `throw new Error(${JSON.stringify(MISSING[format])});`;
  switch (format) {
    case "es-module":
      return `${content}
import * as checked from "./worker.mjs";
if (typeof (checked.default?.prototype ?? checked.default)?.fetch !== "function") ${refuse}`;
    case "service-worker":
      return `{ const add = addEventListener; globalThis.addEventListener = (type, ...rest) => { if (type === "fetch") globalThis[${SEEN}] = true; add(type, ...rest); }; } ${content}
if (!globalThis[${SEEN}]) ${refuse}`;
  }
}

/** Our own sentence without the runtime's wrapping, or the runtime's error as it is. */
function plainReason(message: string): string {
  return Object.values(MISSING).find((sentence) => message.includes(sentence)) ?? message;
}

function withPlaceholder(binding: CheckedBinding): ScriptBinding {
  switch (binding.type) {
    case "kv_namespace":
      return { type: binding.type, name: binding.name, namespaceId: "checked" };
    case "plain_text":
    case "service":
      return binding;
    case "secret_text":
      return { type: binding.type, name: binding.name, text: PLACEHOLDER };
    case "secrets_store_secret":
      return { type: binding.type, name: binding.name, storeId: "checked", secretName: binding.name };
  }
}
