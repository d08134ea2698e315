import { afterEach, describe, expect, it } from "vitest";
import { Visitor } from "../../../../infra/local/preview/visitor.ts";
import { localStacks } from "../../../../infra/local/terraform/local-stacks.ts";
import { type LocalServer, startLocalServer } from "../../../../infra/local/server/local-server.ts";
import { asTerraformVariables } from "../../../../infra/local/server/local-secrets.ts";
import { stagingWith } from "../server/environments.ts";
import { actionsOf, driftOf } from "./world.ts";

let server: LocalServer | undefined;
afterEach(async () => {
  await server?.close();
});

describe("stacks on a local Cloudflare that runs", () => {
  it("are planned, deployed, serve visitors, drift and are fixed, without Terraform", async () => {
    const environment = await stagingWith();
    const { spec } = environment;
    const log: string[] = [];
    server = await startLocalServer({
      environments: [environment],
      port: 0,
      apiPort: 0,
      log: ({ message }) => log.push(message),
    });
    const { account, secrets, deployed, localUrl } = server;
    const open = localStacks({
      account,
      variables: { ...asTerraformVariables(secrets), accept_example_values: "true" },
      afterApply: deployed,
    });
    const firstVisit = async () => {
      const visitor = new Visitor();
      const answer = await visitor
        .get(localUrl("https://shop.staging.example.com/tickets"))
        .finally(() => visitor.close());
      return answer.headers.get("location");
    };
    const stack = await open(spec);
    expect(await firstVisit()).toBeNull();

    expect(await (await stack.plan("apply")).apply()).toEqual({ ok: true });
    expect(await firstVisit()).toContain("acme.queue-it.net.localhost");
    expect(log.join("\n")).toContain("staging: integration configuration published");

    const published = await stack.plan("apply");
    expect([driftOf(published), actionsOf(published)]).toEqual([["update cloudflare_workers_kv"], []]);

    for (const { id, script } of account.routes) if (script !== undefined) await account.deleteRoute(id);
    expect(await firstVisit()).toBeNull();
    const fixing = await stack.plan("apply");
    expect(actionsOf(fixing)).toEqual(["create cloudflare_workers_route"]);
    expect(await fixing.apply()).toEqual({ ok: true });
    expect(await firstVisit()).toContain("acme.queue-it.net.localhost");
  });
});
