import { deployedBundleOf } from "../../deploy/bundle-of-state.ts";
import { rollbackTarget } from "../../deploy/rollback-target.ts";
import { inTemporaryFolder } from "../../files/temporary-folder.ts";
import { goOnUnread } from "../../console/output.ts";
import { reviewedOf, runDeployment, type DeploymentOptions } from "./deployment.ts";
import { switchedTarget } from "./switched-target.ts";
import { terminal } from "./terminal.ts";
import { listBundles } from "./rollback-list.ts";
import { readyTarget } from "./ready-target.ts";
import { bundleStore, terraform } from "./workspace.ts";

export interface RollbackCommandOptions extends DeploymentOptions {
  readonly to?: string;
  /** Nothing is brought back: the bundles are listed. */
  readonly list?: true;
}

/** Brings back an earlier bundle of an environment. */
export async function runRollback(name: string, options: RollbackCommandOptions): Promise<void> {
  if (options.list === true) {
    await listBundles(name, options.json === true);
    return;
  }
  goOnUnread();
  const reviewed = await reviewedOf(options);
  const ready = await readyTarget(name);
  const open = await terraform(ready);
  const target = await switchedTarget(ready);
  const running = deployedBundleOf(await (await open(target.spec)).outputs());
  await inTemporaryFolder("queueit-rollback-", async (folder) => {
    const store = await bundleStore(target);
    const rollback = await rollbackTarget({ target, store, running, to: options.to, folder });
    const { sha256, deployedAt } = rollback.bundle;
    if (running === undefined) {
      terminal.progress(
        `Nothing of ${name} is deployed: this sets all of it up from scratch, with an earlier bundle.`,
      );
    }
    terminal.progress(`From bundle ${running ?? "(none)"} back to ${sha256}, deployed ${deployedAt}`);
    // Who rolls back ends what went wrong: no freeze is meant to keep that up.
    const despiteFreeze = options.despiteFreeze ?? "a rollback";
    await runDeployment(
      rollback.target,
      open,
      { ...options, despiteFreeze },
      reviewed,
      `Roll ${name} back with`,
    );
  });
}
