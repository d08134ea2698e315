import pRetry from "p-retry";
import type { Console } from "../console/console.ts";
import { asciiHostname } from "../cloudflare/hostname.ts";
import { settled } from "../environments/definition/settled.ts";
import { knownSwitches } from "../specification/switches.ts";
import { UserError } from "../errors/user-error.ts";
import { reasonOf } from "../verify/check.ts";
import { askStatus, statusProblem } from "../verify/deployed-status.ts";
import { expectedStatus } from "../verify/expected-status.ts";
import type { Reach } from "../verify/reach.ts";
import { statusPages } from "../verify/status-pages.ts";
import type { Target } from "../specification/target.ts";

export interface UntilAnsweredOptions {
  readonly target: Target;
  readonly reach: Reach;
  readonly secretKey: string;
  readonly console: Pick<Console, "progress">;
  /**
   * Milliseconds until it is given up. Cloudflare spreads an upload in seconds, a KV value in a minute or
   * more.
   * @default 180000
   */
  readonly patienceMs?: number;
}

/**
 * Waits until every site answers with the deployed bundle, and with the configuration where Terraform owns
 * it.
 *
 * @throws UserError that says which site answers with what.
 */
export async function untilAnswered(options: UntilAnsweredOptions): Promise<void> {
  const { target, console } = options;
  if (settled(target.named).worker.source === "file") {
    console.progress(
      "The sites cannot be asked whether they run it: the Worker file does not answer status calls.",
    );
    return;
  }
  const pages = onePageOfEachHost(statusPages(target));
  for (const url of pages) await untilPageAnswered(url, options);
  const asked = new Set(pages.map((url) => new URL(url).hostname));
  for (const { hostname } of settled(target.named).sites) {
    if (asked.has(asciiHostname(hostname))) continue;
    const isOff = knownSwitches(target.spec.switches).sites.some(
      ({ host }) => host === asciiHostname(hostname),
    );
    console.progress(
      `Whether ${hostname} answers with it was not asked: ${
        isOff
          ? "it is switched off, and no deploy switches it on."
          : "it has no known protected page whose route matches a query string."
      }`,
    );
  }
}

async function untilPageAnswered(url: string, options: UntilAnsweredOptions): Promise<void> {
  const { target, reach, secretKey, console, patienceMs = 180_000 } = options;
  const expected = expectedStatus(target, target.spec.worker.file.sha256, secretKey);
  const { host } = new URL(url);
  let said = "";
  try {
    await pRetry(
      async () => {
        const status = await askStatus(reach, url, secretKey).catch(reasonOf);
        const problem = typeof status === "string" ? status : statusProblem(status, expected);
        if (problem !== undefined) throw new Error(problem);
      },
      {
        retries: 1000,
        minTimeout: 250,
        maxTimeout: 5000,
        factor: 2,
        maxRetryTime: patienceMs,
        onFailedAttempt: ({ error }) => {
          if (error.message !== said) console.progress(`Waiting for ${host}: ${error.message}`);
          said = error.message;
        },
      },
    );
  } catch (error) {
    throw new UserError(
      "not-answered",
      `${target.spec.environment} was deployed, but ${host} does not answer with it: ` +
        `${said || reasonOf(error)}. Check the route and the Worker's log, then run: npx queueit-cf ` +
        `verify ${target.spec.environment}`,
    );
  }
  console.progress(`${host} answers with the new bundle.`);
}

function onePageOfEachHost(pages: readonly string[]): readonly string[] {
  const byHost = new Map<string, string>();
  for (const url of pages) {
    const { host } = new URL(url);
    if (!byHost.has(host)) byHost.set(host, url);
  }
  return [...byHost.values()];
}
