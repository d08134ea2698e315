import type { RequestEvent } from "../cloudflare/edge/request-event.ts";
import type { WorkerLog } from "../cloudflare/runtime/worker-log.ts";
import type { LocalQueueIt } from "../queue-it/local-queue-it.ts";
import { type BroughtConfiguration } from "../server/bring-configuration.ts";
import type { Brought } from "../server/bring-when-deployed.ts";
import { stackVariables } from "../server/local-variables.ts";
import { type OpenedAccount, openAccount } from "../server/opened-account.ts";
import { runSites } from "../server/running-sites.ts";
import { localStacks } from "../terraform/local-stacks.ts";
import { stackError } from "../terraform/stack-error.ts";
import type { Target } from "../../specification/target.ts";
import type { PreviewLink } from "../dashboard/links.ts";
import { type PreviewStep, stepsOf } from "./steps.ts";

export interface PreviewOptions extends Target {
  /** Port of everything, on the loopback addresses; 0 takes any free one. */
  readonly port: number;
  /**
   * Visitors let in per minute and waiting room.
   * @default 20, so that the only visitor waits three seconds
   */
  readonly outflow?: number;
  /** Gets what the Worker writes to its console, and what breaks behind the edge. */
  readonly log: (line: WorkerLog) => void;
}

export interface Preview {
  /** What was set up, in order. */
  readonly steps: readonly PreviewStep[];
  /** Address of the dashboard, in a browser on this machine. */
  readonly dashboardUrl: string;
  /** What to try in a browser. */
  readonly links: readonly PreviewLink[];
  readonly queueIt: LocalQueueIt;
  /** The latest requests the edge answered, oldest first. */
  readonly requests: readonly RequestEvent[];
  /** How a browser on this machine reaches a real URL. */
  readonly localUrl: (realUrl: string) => string;
  readonly close: () => Promise<void>;
}

/**
 * A local Cloudflare in which one environment is deployed, by the plan that Terraform would make of its
 * stack, with a demo shop behind it and a local Queue-it beside it. Secrets are made up; nothing leaves this
 * machine, and nothing stays on it.
 *
 * @throws UserError when the port is taken, the stack asks for something the local Cloudflare does not know,
 *   or the Worker does not take the integration configuration.
 */
export async function startPreview({ named, spec, port, outflow, log }: PreviewOptions): Promise<Preview> {
  const environments = [{ named, spec }] as const;
  const opened = await openAccount({ accountId: spec.accountId, environments });
  // Before the Workers start: they start once then, instead of once for each change.
  await deploy(spec, opened);

  const steps: PreviewStep[] = [];
  let brought: Brought | undefined;
  const onBrought = (outcome: Brought): void => {
    brought = outcome;
  };
  const shown = () => steps.map(withWarning);
  const sites = await runSites({ environments, opened, port, outflow, log, onBrought, steps: shown });
  try {
    const { startTook, dashboardUrl, links, queueIts, requests, localUrl, close } = sites;
    steps.push(...stepsOf(spec, { startTook, configuration: configurationOf(brought) }));
    const [queueIt] = queueIts;
    if (queueIt === undefined) throw new Error("There is no Queue-it.");
    return { steps, dashboardUrl, links: links(), queueIt, requests, localUrl, close };
  } catch (error) {
    await sites.close();
    throw error;
  }
}

/** Plans the environment's stack on the account, and applies the plan. */
async function deploy(
  spec: Target["spec"],
  { account, secrets }: Pick<OpenedAccount, "account" | "secrets">,
): Promise<void> {
  const open = localStacks({ account, variables: stackVariables(secrets) });
  // A preview is of one environment, on an empty account: nobody has deployed the one that it is promoted from,
  // and there is nothing to take over.
  const stack = await open({ ...spec, promotedFrom: undefined, adopted: undefined });
  const planned = await stack.plan("apply");
  const outcome = await planned.apply();
  if (!outcome.ok) throw stackError([outcome.reason]);
}

function configurationOf(brought: Brought | undefined): BroughtConfiguration {
  if (brought === undefined) throw new Error("The Worker was not reached.");
  if (brought.ok) return brought.configuration;
  throw brought.error;
}

/** The dashboard has one text for a step. */
function withWarning({ detail, warning, ...step }: PreviewStep): PreviewStep {
  return { ...step, detail: warning === undefined ? detail : `${detail}. ${warning}` };
}
