import { earlierBundles, earlierBundlesJson, earlierBundlesText } from "../../deploy/rollback-list.ts";
import { inTemporaryFolder } from "../../files/temporary-folder.ts";
import { readTarget } from "../../project/targets.ts";
import { deployable } from "../../specification/target.ts";
import { terminal } from "./terminal.ts";
import { bundleStore } from "./workspace.ts";

/** Says which bundles an environment can go back to. Terraform and the account are not asked. */
export async function listBundles(name: string, json: boolean): Promise<void> {
  const target = deployable(await readTarget(name), process.env);
  const store = await bundleStore(target);
  const bundles = await inTemporaryFolder("queueit-rollback-", (folder) =>
    earlierBundles(name, store, folder),
  );
  if (json) process.stdout.write(earlierBundlesJson(name, bundles));
  else terminal.say(earlierBundlesText(name, store.place, bundles));
}
