import { AsyncLocalStorage } from "node:async_hooks";
import type { ChildProcess } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import { withoutSecretVariables } from "../secrets/secret-variables.ts";

/** Of Node's own method that its types leave out: what a process is started with. */
interface SpawnOptions {
  envPairs?: string[];
}

const own = new AsyncLocalStorage<true>();

/**
 * From now on, a process that this one starts has none of its secrets among its environment variables: workerd
 * and esbuild need none, and packages start them with all that there are.
 */
export function keepSecretsFromChildren(): void {
  // Node's own channel: https://nodejs.org/docs/latest-v20.x/api/diagnostics_channel.html#child-process
  subscribe("child_process", (message) => {
    if (own.getStore() !== undefined) return;
    const { process: child } = message as { readonly process: ChildProcess };
    const starting = child as ChildProcess & { spawn: (options: SpawnOptions) => unknown };
    const spawn = starting.spawn.bind(child);
    starting.spawn = (options) => spawn({ ...options, envPairs: withoutSecretPairs(options.envPairs ?? []) });
  });
}

/** Starts a process with exactly the variables that it is given: it needs some of the secrets. */
export function withOwnVariables<T>(start: () => T): T {
  return own.run(true, start);
}

function withoutSecretPairs(pairs: readonly string[]): string[] {
  const variables = Object.fromEntries(
    pairs.map((pair) => [pair.split("=", 1)[0] ?? "", pair.slice(pair.indexOf("=") + 1)]),
  );
  return Object.entries(withoutSecretVariables(variables)).map(([name, value]) => `${name}=${value ?? ""}`);
}
