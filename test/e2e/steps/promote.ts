import { expectThat } from "../expect.ts";
import { withBundle } from "../project.ts";
import { StepFailed } from "../step-failed.ts";
import { walkSixSteps } from "../traffic.ts";
import type { Step } from "../world.ts";
import { deploy, prepare, updatedStaging } from "./deploy.ts";

/** Production takes no bundle that staging does not run. */
export const promotionRefused: Step = {
  title: "promotion refused: staging does not run this bundle",
  run: async (world) => {
    const { project, production } = world;
    const other = withBundle(production, await project.rebuild(production.worker.file, "never on staging"));
    const output = await (await prepare(world, other)).failingPlan();
    if (!output.replaceAll(/\s+/g, " ").includes("production only gets a bundle that staging runs")) {
      throw new StepFailed("The plan of production fails for another reason", output);
    }
    expectThat(
      world.server.account.scripts.every(({ name }) => name !== production.worker.name),
      "The Worker of production was deployed by a plan that failed",
    );
  },
};

/** The bundle that staging runs goes to production, and protects it. */
export const promotion: Step = {
  title: "promotion allowed: the bundle that staging runs",
  run: async (world) => {
    const { worker } = await updatedStaging(world);
    const promoted = withBundle(world.production, worker.file);
    await deploy(await prepare(world, promoted));
    await walkSixSteps(world.server, promoted);
  },
};
