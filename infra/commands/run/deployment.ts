import { connectorPlace } from "../../account/connector-place.ts";
import { noteNewRoutes } from "../../switch/note-new-routes.ts";
import { bundleSizes } from "../../deploy/bundle-sizes.ts";
import { deploy } from "../../deploy/deploy.ts";
import { deployJson } from "../../deploy/deploy-json.ts";
import { nextStep } from "../../deploy/next-step.ts";
import { type Reviewed, readReviewed } from "../../deploy/reviewed.ts";
import type { Target } from "../../specification/target.ts";
import { untilAnswered } from "../../deploy/until-answered.ts";
import type { OpenStack } from "../../terraform/stack.ts";
import { lookOf } from "../../console/colours.ts";
import { goOnUnread } from "../../console/output.ts";
import { terminalReport } from "../../plan/report/terminal.ts";
import { findConnector } from "../../verify/find-connector.ts";
import { reviewVariables } from "./review-variables.ts";
import { terminal } from "./terminal.ts";
import {
  accountWorkersOf,
  bundleStore,
  importCommands,
  isLocal,
  optionalAccess,
  optionalSecretKey,
  reach,
  requireLock,
  zoneRoutesOf,
} from "./workspace.ts";

/** How a deployment is approved and reported. */
export interface DeploymentOptions {
  readonly reviewed?: string;
  readonly yes?: true;
  readonly json?: true;
  readonly despiteFreeze?: string;
}

/** What was reviewed before, where that is given: read first, so that a mistyped one costs nobody a plan. */
export async function reviewedOf({ reviewed }: DeploymentOptions): Promise<Reviewed | undefined> {
  return reviewed === undefined ? undefined : readReviewed(reviewed);
}

/** Deploys a target as the options say, and tells what was done. */
export async function runDeployment(
  target: Target,
  open: OpenStack,
  options: DeploymentOptions,
  reviewed: Reviewed | undefined,
  verb: string,
): Promise<void> {
  goOnUnread();
  const store = await bundleStore(target);
  await requireLock(target);
  const sites = reach();
  try {
    const { digest, changed } = await deploy({
      target,
      open,
      store,
      verb,
      approval: { reviewed, yes: options.yes === true, despiteFreeze: options.despiteFreeze },
      extras: {
        ...reviewVariables(process.env),
        now: Date.now(),
        zoneRoutes: await zoneRoutesOf(target),
        accountWorkers: await accountWorkersOf(target),
        bundleBytes: await bundleSizes(target, () => Promise.resolve(store)),
      },
      console: terminal,
      findConnector: () => findConnector(target, sites),
      imports: (addresses) => importCommands(target, addresses),
      report: (review) => {
        const output = options.json ? process.stderr : process.stdout;
        output.write(terminalReport(review, lookOf(output)));
      },
      beforeApply: async () => {
        const access = optionalAccess();
        if (typeof access === "object")
          await noteNewRoutes(target.spec, connectorPlace(target), access, new Date());
      },
      untilAnswered: async () => {
        const secretKey = optionalSecretKey();
        if (secretKey !== undefined)
          await untilAnswered({ target, reach: sites, secretKey, console: terminal });
        else
          terminal.progress(
            "Did not wait for the sites to answer: to have them asked, set TF_VAR_queueit_secret_key.",
          );
      },
    });
    const { environment, worker } = target.spec;
    const bundle = worker.file.sha256;
    if (options.json) {
      process.stdout.write(deployJson(target, { digest, changed }));
    } else if (changed) {
      terminal.say(`\n${environment} is deployed: bundle ${bundle}.\n\n${nextStep(target.spec, isLocal())}`);
    }
  } finally {
    await sites.close();
  }
}
