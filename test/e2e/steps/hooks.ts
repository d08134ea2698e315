import { join } from "node:path";
import { buildBundle } from "../../../infra/bundles/build-bundle.ts";
import { Visitor } from "../../../infra/local/preview/visitor.ts";
import { withWorkerFile } from "../../../infra/specification/target.ts";
import { expectEqual, expectThat } from "../expect.ts";
import { changesOf } from "../plan.ts";
import { protectedPage } from "../traffic.ts";
import type { Step } from "../world.ts";
import { deploy, prepare, updatedStaging } from "./deploy.ts";

/** A bundle with a hook of the site's own takes over, and goes again. */
export const hooks: Step = {
  title: "a hook of the site's own comes, answers and goes",
  run: async (world) => {
    const { server, staging, project, targets } = world;
    const page = await protectedPage(server, staging);
    const file = await buildBundle(
      join(project.folder, "builds/with-hooks"),
      "worker-hooks/example-native-app.ts",
    );
    const { worker } = withWorkerFile(targets.staging, file).spec;
    const plan = await deploy(await prepare(world, { ...staging, worker }));
    expectEqual("What the hook changes", changesOf(plan), [
      "update cloudflare_workers_script.queueit_worker",
    ]);
    const visitor = new Visitor();
    try {
      const url = page.localUrl(page.pageUrl);
      const app = await visitor.get(url, { "x-shop-app": "4.2" });
      expectEqual("What the app gets", app.status, 202);
      expectThat(app.body.includes("waitingRoom"), "The app is not told the waiting room's address");
      expectEqual("What a browser gets", (await visitor.get(url)).status, 302);
      await deploy(await prepare(world, await updatedStaging(world)));
      expectEqual(
        "What the app gets without the hook",
        (await visitor.get(url, { "x-shop-app": "4.2" })).status,
        302,
      );
    } finally {
      await visitor.close();
    }
  },
};
