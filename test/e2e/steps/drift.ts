import { routeName } from "../../../infra/connector/logical-names.ts";
import { expectEqual, expectThat } from "../expect.ts";
import { changesOf } from "../plan.ts";
import { isProtected, protectedPage } from "../traffic.ts";
import type { Step } from "../world.ts";
import { deploy, prepare, updatedStaging } from "./deploy.ts";

/** Somebody deletes the protected route by hand; the next deploy puts it back. */
export const drift: Step = {
  title: "drift: a route deleted by hand, and its repair",
  run: async (world) => {
    const { server, management } = world;
    const staging = await updatedStaging(world);
    const target = await protectedPage(server, staging);
    const { hostname } = new URL(target.pageUrl);
    const lost = staging.routes.find(
      ({ kind, pattern }) => kind === "protect" && pattern.startsWith(hostname),
    );
    const zone = server.account.zones.find(({ name }) => hostname === name || hostname.endsWith(`.${name}`));
    expectThat(lost !== undefined && zone !== undefined, `Nothing protects ${hostname}`);
    const route = (await management.routes(zone.id)).find(({ pattern }) => pattern === lost.pattern);
    expectThat(route !== undefined, `The account has no route ${lost.pattern}`);

    await management.call("DELETE", `/zones/${zone.id}/workers/routes/${route.id}`);
    expectThat(!(await isProtected(target)), `${target.pageUrl} is protected without its route`);

    const plan = await deploy(await prepare(world, staging));
    expectEqual("What the repair does", changesOf(plan), [
      `create cloudflare_workers_route.queueit_${routeName(lost)}`,
    ]);
    expectThat(await isProtected(target), `${target.pageUrl} is not protected after the repair`);
  },
};
