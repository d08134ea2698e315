import { randomBytes } from "node:crypto";
import { expectEqual, expectThat } from "../expect.ts";
import { changesOf } from "../plan.ts";
import { admittedVisitor, isLetIn, isTokenRefused, protectedPage } from "../traffic.ts";
import type { Step } from "../world.ts";
import { deploy, prepare, updatedStaging } from "./deploy.ts";

/** A new secret key ends every session and token of the old one. */
export const rotateSecret: Step = {
  title: "rotation of the secret: old sessions and tokens end, new ones begin",
  run: async (world) => {
    const { server, keepSecret } = world;
    const staging = await updatedStaging(world);
    const target = await protectedPage(server, staging);
    const before = server.secrets.secretKey;
    const after = `local-only-${randomBytes(24).toString("hex")}`;
    keepSecret(after);
    const visitor = await admittedVisitor(target, before);
    try {
      const terraform = (await prepare(world, staging)).with({ TF_VAR_queueit_secret_key: after });
      expectEqual("What the rotation does", changesOf(await deploy(terraform)), [
        "update cloudflare_workers_script.queueit_worker",
      ]);
      expectThat(!(await isLetIn(visitor, target)), "A session of the old key is still taken");
      expectThat(await isTokenRefused(target, before), "A token of the old key is still taken");
      await (await admittedVisitor(target, after)).close();
    } finally {
      await visitor.close();
    }
  },
};
