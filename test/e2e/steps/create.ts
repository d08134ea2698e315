import { expectEqual } from "../expect.ts";
import { changesOf } from "../plan.ts";
import { walkSixSteps } from "../traffic.ts";
import type { Step } from "../world.ts";
import { deploy, prepare } from "./deploy.ts";

/** Staging, from nothing. */
export const create: Step = {
  title: "init, plan, apply, empty second plan",
  run: async (world) => {
    const terraform = await prepare(world, world.staging);
    const plan = await deploy(terraform);
    const kinds = new Set(changesOf(plan).map((change) => change.split(" ", 1)[0]));
    expectEqual("What the first plan does", [...kinds], ["create"]);
    expectEqual(
      "The bundle that runs",
      await terraform.output("bundle_sha256"),
      world.staging.worker.file.sha256,
    );
  },
};

/** What was deployed serves traffic at once. */
export const traffic: Step = {
  title: "traffic through the protected shop, all six steps",
  run: ({ server, staging }) => walkSixSteps(server, staging),
};
