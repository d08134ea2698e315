import type { ConnectorSpec } from "../../../infra/specification/specification.ts";
import type { LocalServer } from "../../../infra/local/server/local-server.ts";
import { expectEqual } from "../expect.ts";
import { StepFailed } from "../step-failed.ts";
import type { Step } from "../world.ts";
import { prepare, updatedStaging } from "./deploy.ts";

/** Terraform does not destroy the namespace of an environment that is not named. */
export const destroyRefused: Step = {
  title: "destroy refused: the environment is not named in QUEUEIT_DESTROY",
  run: async (world) => {
    const terraform = await prepare(world, await updatedStaging(world));
    const output = await terraform.failingPlan("-destroy");
    if (output.includes("prevent_destroy")) return;
    throw new StepFailed("The plan to destroy fails for another reason", output);
  },
};

/** Nothing of staging is left, and production goes on. */
export const destroy: Step = {
  title: "destroy",
  run: async (world) => {
    const staging = await updatedStaging(world);
    await (await prepare(world, staging, { destroyable: true })).destroy();
    expectNothingLeft(world.server, staging);
    expectEqual(
      "Workers left in the account",
      world.server.account.scripts.map(({ name }) => name),
      [world.production.worker.name],
    );
  },
};

/** The account has nothing of the environment any more. */
export function expectNothingLeft(
  { account }: LocalServer,
  { worker, routes, namespace }: ConnectorSpec,
): void {
  const patterns = new Set(routes.map(({ pattern }) => pattern));
  expectEqual(
    "What is left in the account",
    [
      ...account.scripts.map(({ name }) => name).filter((name) => name === worker.name),
      ...account.namespaces.map(({ title }) => title).filter((title) => title === namespace.title),
      ...account.routes.map(({ pattern }) => pattern).filter((pattern) => patterns.has(pattern)),
    ],
    [],
  );
}
