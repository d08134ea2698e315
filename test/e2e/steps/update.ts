import { expectEqual, expectThat } from "../expect.ts";
import { changesOf } from "../plan.ts";
import { admittedVisitor, isLetIn, protectedPage } from "../traffic.ts";
import type { Step } from "../world.ts";
import { deploy, prepare, updatedStaging } from "./deploy.ts";

/** Another bundle takes over without a visitor having to queue again. */
export const updateBundle: Step = {
  title: "update of the bundle, sessions go on",
  run: async (world) => {
    const { server, staging } = world;
    const target = await protectedPage(server, staging);
    const visitor = await admittedVisitor(target, server.secrets.secretKey);
    try {
      const updated = await updatedStaging(world);
      const terraform = await prepare(world, updated);
      const plan = await deploy(terraform);
      expectEqual("What the update does", changesOf(plan), [
        "update cloudflare_workers_script.queueit_worker",
      ]);
      expectEqual(
        "The bundle that runs",
        await terraform.output("bundle_sha256"),
        updated.worker.file.sha256,
      );
      expectThat(await isLetIn(visitor, target), "A visitor with a session has to queue after an update");
    } finally {
      await visitor.close();
    }
  },
};
