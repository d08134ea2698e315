import { routeName } from "../../../infra/connector/logical-names.ts";
import { FRONTEND_HEADER, frontendWorker } from "../../../infra/local/shop/frontend-worker.ts";
import { Visitor } from "../../../infra/local/preview/visitor.ts";
import type { ConnectorSpec, RouteSpec } from "../../../infra/specification/specification.ts";
import { CHAINED_WORKER_BINDING } from "../../../worker/deployment/variables.ts";
import { expectEqual, expectThat } from "../expect.ts";
import { changesOf } from "../plan.ts";
import { StepFailed } from "../step-failed.ts";
import { walkSixSteps } from "../traffic.ts";
import type { Step, World } from "../world.ts";
import { deploy, prepare } from "./deploy.ts";

const FRONTEND = "shop-frontend";

/** Staging with a Worker of the shop behind the connector, and on one bypass. */
function chainedTo(staging: ConnectorSpec): ConnectorSpec & { readonly bypass: RouteSpec } {
  const [first] = staging.routes;
  if (first === undefined) throw new Error("Staging has no route.");
  const host = new URL(staging.publishUrl).hostname;
  const bypass = {
    kind: "bypass",
    pattern: `${host}/account/*`,
    zone: first.zone,
    worker: FRONTEND,
  } as const;
  const binding = { type: "service", name: CHAINED_WORKER_BINDING, service: FRONTEND } as const;
  const worker = { ...staging.worker, bindings: [...staging.worker.bindings, binding] };
  return { ...staging, worker, routes: [bypass, ...staging.routes], bypass };
}

/** Name of the shop's Worker that answered. */
async function workerAt({ server, staging }: World, path: string): Promise<string | null> {
  const visitor = new Visitor();
  const url = server.localUrl(new URL(path, staging.publishUrl).href);
  const { headers } = await visitor.get(url).finally(() => visitor.close());
  return headers.get(FRONTEND_HEADER);
}

/** A connector that runs gets a Worker behind it, loses it, and leaves that Worker alone. */
export const chain: Step = {
  title: "a Worker behind the connector: bound, settled, not to be deleted, and taken out again",
  run: async (world) => {
    const { server, management, staging } = world;
    const scripts = `/accounts/${staging.accountId}/workers/scripts`;
    await deploy(await prepare(world, staging));
    await server.account.putScript(frontendWorker(FRONTEND));

    const { bypass, ...chained } = chainedTo(staging);
    const plan = await deploy(await prepare(world, chained));
    expectEqual("What the chain changes", [...changesOf(plan)].sort(), [
      `create cloudflare_workers_route.queueit_${routeName(bypass)}`,
      "update cloudflare_workers_script.queueit_worker",
    ]);
    expectEqual("Who answers what passes", await workerAt(world, "/"), FRONTEND);
    expectEqual("Who answers the bypass", await workerAt(world, "/account/orders"), FRONTEND);
    await walkSixSteps(server, chained);

    const refusal = await management
      .call("DELETE", `${scripts}/${FRONTEND}`)
      .catch((error: unknown) => error);
    expectThat(refusal instanceof StepFailed, "A Worker that the connector is bound to was deleted");

    await deploy(await prepare(world, staging));
    expectEqual("Who answers without the chain", await workerAt(world, "/"), null);
    await management.call("DELETE", `${scripts}/${FRONTEND}`);
  },
};
