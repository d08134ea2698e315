import { coloursOn } from "../../console/colours.ts";
import type { WorkerLog } from "../../local/cloudflare/runtime/worker-log.ts";
import { escapedLines, jsonText } from "../../text/printable.ts";
import { startLocalServer } from "../../local/server/local-server.ts";
import { readZones } from "../../local/server/wanted-zones.ts";
import { neededPermissions } from "../../specification/needed-permissions.ts";
import { localTargets } from "./local-targets.ts";
import { readyJson, readyText } from "./local-ready.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { wantedTokens } from "./wanted-tokens.ts";

export interface LocalCommandOptions {
  readonly port: number;
  readonly apiPort: number;
  /** Zones beside those of the environments, as they were given. */
  readonly zone: readonly string[];
  /** Id of the account. */
  readonly account?: string;
  readonly state?: string;
  /** Tokens to make, as they were given. */
  readonly token: readonly string[];
  readonly json?: true;
}

/** Runs a local Cloudflare until it is interrupted. */
export async function runLocal(names: readonly string[], options: LocalCommandOptions): Promise<void> {
  const { port, apiPort, state, account: accountId } = options;
  const zones = readZones(options.zone);
  const environments = await localTargets(names, zones.length > 0);
  const needed = neededPermissions(environments.map(({ spec }) => spec));
  const tokens = wantedTokens(options.token, needed);
  const server = await startLocalServer({
    environments,
    zones,
    accountId,
    port,
    apiPort,
    state,
    tokens,
    log: writeLog,
  });
  try {
    const ready = { server, environments, state };
    process.stdout.write(`${options.json ? jsonText(readyJson(ready)) : readyText(ready)}\n`);
    await untilInterrupted(
      state === undefined ? "The account is gone, and so is its token." : `The account stays in ${state}.`,
    );
  } finally {
    await server.close();
  }
}

function writeLog({ level, message }: WorkerLog): void {
  process.stderr.write(`${coloursOn(process.stderr).dim(level)} ${escapedLines(message)}\n`);
}
