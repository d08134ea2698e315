import { importsOf as importsFor } from "../../../infra/connector/imports.ts";
import { expectEqual, expectThat } from "../expect.ts";
import { setUpByHand } from "../hand-made.ts";
import { changesOf, importsOf } from "../plan.ts";
import { walkSixSteps } from "../traffic.ts";
import type { Step } from "../world.ts";
import { expectSettled } from "./deploy.ts";

/** Terraform takes over what somebody made by hand, without making or destroying anything. */
export const adopt: Step = {
  title: "adoption of a hand-made set-up through import blocks",
  run: async ({ server, management, project, staging, terraformIn }) => {
    const made = await setUpByHand(staging, server, management);
    const before = server.account.contents;

    const folder = project.writeStack({ ...staging, adopted: made });
    const terraform = terraformIn(folder);
    await terraform.init();
    const plan = await terraform.plan();
    expectThat(plan !== undefined, "The plan to adopt is empty");
    expectEqual(
      "What is adopted",
      importsOf(plan),
      importsFor(staging, made)
        .map(({ to }) => to)
        .sort(),
    );
    const harmful = changesOf(plan).filter((change) => !change.startsWith("update "));
    expectEqual("What is made or destroyed", harmful, []);
    await terraform.apply();
    await expectSettled(terraform);

    const after = server.account.contents;
    expectEqual("The namespaces", after.namespaces, before.namespaces);
    expectEqual(
      "The routes",
      after.routes.map(({ id, pattern }) => ({ id, pattern })),
      before.routes.map(({ id, pattern }) => ({ id, pattern })),
    );
    await walkSixSteps(server, staging);
  },
};
