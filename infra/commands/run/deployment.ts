import { bundleSizes } from "../../deploy/bundle-sizes.ts";
import { deploy } from "../../deploy/deploy.ts";
import { readReviewed } from "../../deploy/reviewed.ts";
import type { Target } from "../../specification/target.ts";
import { untilAnswered } from "../../deploy/until-answered.ts";
import type { OpenStack } from "../../terraform/stack.ts";
import { wantsColours } from "../../console/colours.ts";
import { goOnUnread } from "../../console/output.ts";
import { toJson } from "../../plan/report/json.ts";
import { terminalReport } from "../../plan/report/terminal.ts";
import { findConnector } from "../../verify/find-connector.ts";
import { reviewVariables } from "./review-variables.ts";
import { terminal } from "./terminal.ts";
import { bundleStore, importCommands, optionalSecretKey, reach } from "./workspace.ts";

/** How a deployment is approved and reported. */
export interface DeploymentOptions {
  readonly reviewed?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** Deploys a target as the options say, and tells what was done. */
export async function runDeployment(
  target: Target,
  open: OpenStack,
  options: DeploymentOptions,
  verb: string,
): Promise<void> {
  goOnUnread();
  const reviewed = options.reviewed === undefined ? undefined : await readReviewed(options.reviewed);
  const store = await bundleStore(target);
  const sites = reach();
  try {
    const { digest, changed } = await deploy({
      target,
      open,
      store,
      verb,
      approval: { reviewed, yes: options.yes === true },
      extras: {
        ...reviewVariables(process.env),
        bundleBytes: await bundleSizes(target, () => Promise.resolve(store)),
      },
      console: terminal,
      findConnector: () => findConnector(target, sites),
      imports: (addresses) => importCommands(target, addresses),
      report: (review) => {
        const text = terminalReport(review, wantsColours && options.json !== true);
        (options.json ? process.stderr : process.stdout).write(text);
      },
      untilAnswered: async () => {
        const secretKey = optionalSecretKey();
        if (secretKey !== undefined)
          await untilAnswered({ target, reach: sites, secretKey, console: terminal });
        else
          terminal.progress("Not waited until the sites answer: set TF_VAR_queueit_secret_key to ask them.");
      },
    });
    const { environment, worker } = target.spec;
    const bundle = worker.file.sha256;
    if (options.json)
      terminal.print(toJson({ schema: "queueit-cf/deploy/1", environment, digest, changed, bundle }));
    else if (changed) terminal.print(`\n${environment} is deployed: bundle ${bundle}.\n`);
  } finally {
    await sites.close();
  }
}
