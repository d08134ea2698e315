import { coloursOn, lookOf } from "../../console/colours.ts";
import type { WorkerLog } from "../../local/cloudflare/runtime/worker-log.ts";
import { escapedLines, jsonText } from "../../text/printable.ts";
import { wrap } from "../../text/wrap.ts";
import { LOCAL_READY } from "../../local/server/local-ready-format.ts";
import { inFormat } from "../../json/format.ts";
import { type LocalServer, startLocalServer } from "../../local/server/local-server.ts";
import type { Target } from "../../specification/target.ts";
import { neededPermissions } from "../../specification/needed-permissions.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { wantedTokens } from "./wanted-tokens.ts";
import { readStartingTargets } from "./worker-starts.ts";

export interface LocalCommandOptions {
  readonly port: number;
  readonly apiPort: number;
  readonly state?: string;
  /** Tokens to make, as they were given. */
  readonly token: readonly string[];
  readonly json?: true;
}

/** Runs a local Cloudflare until it is interrupted. */
export async function runLocal(names: readonly string[], options: LocalCommandOptions): Promise<void> {
  const environments = await specified(names);
  const { port, apiPort, state } = options;
  const needed = neededPermissions(environments.map(({ spec }) => spec));
  const tokens = wantedTokens(options.token, needed);
  const server = await startLocalServer({ environments, port, apiPort, state, tokens, log: writeLog });
  try {
    const { variables, dashboardUrl, apiUrl, tokens } = server;
    const text = options.json
      ? jsonText(inFormat(LOCAL_READY, { variables, dashboardUrl, apiUrl, state: state ?? null, tokens }))
      : readyText(firstToDeploy(environments), server, state);
    process.stdout.write(`${text}\n`);
    await untilInterrupted(
      state === undefined ? "The account is gone, and so is its token." : `The account stays in ${state}.`,
    );
  } finally {
    await server.close();
  }
}

async function specified(names: readonly string[]): Promise<readonly [Target, ...Target[]]> {
  const { targets } = await readStartingTargets(names.length === 0 ? undefined : names);
  const [first, ...others] = targets;
  if (first === undefined) throw new Error("There is no environment.");
  return [first, ...others];
}

/** The environment that waits for no other one. */
function firstToDeploy(environments: readonly [Target, ...Target[]]): string {
  const first = environments.find(({ spec }) => spec.promotedFrom === undefined) ?? environments[0];
  return first.spec.environment;
}

function readyText(
  environment: string,
  { variables, dashboardUrl, tokens }: LocalServer,
  state?: string,
): string {
  const { bold, cyan, dim } = coloursOn(process.stdout);
  const { columns } = lookOf(process.stdout);
  const end =
    state === undefined
      ? "Press Ctrl-C to stop it; the account is then lost. With --state FOLDER it is kept."
      : `Press Ctrl-C to stop it; the account stays in ${state}.`;
  return [
    ...wrap(
      "",
      `${bold("A local Cloudflare is ready.")} In another terminal, in this folder, paste these lines:`,
      { columns },
    ),
    "",
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${value}`),
    "",
    ...Object.entries(tokens).flatMap(([name, value]) => [
      // Comments: who pastes all of these lines stays with the token above.
      dim(`# to be the token ${name} instead:`),
      `# export CLOUDFLARE_API_TOKEN=${value}`,
      "",
    ]),
    dim("# then deploy"),
    `npx queueit-cf deploy ${environment}`,
    dim("# and look around"),
    "npx wrangler kv namespace list",
    "",
    `${bold("Dashboard")}  ${cyan(dashboardUrl)}`,
    ...wrap("  ", DASHBOARD, { columns }).map(dim),
    "",
    ...wrap("", "The values above work on this machine only.", { columns }),
    ...wrap("", end, { columns, keepsWords: true }),
  ].join("\n");
}

const DASHBOARD = "What is deployed, what to open, every request, and the integration configuration to edit.";

function writeLog({ level, message }: WorkerLog): void {
  process.stderr.write(`${coloursOn(process.stderr).dim(level)} ${escapedLines(message)}\n`);
}
