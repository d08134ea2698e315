import { afterEach, expect, it } from "vitest";
import { Visitor } from "../../../../infra/local/preview/visitor.ts";
import { type LocalServer, startLocalServer } from "../../../../infra/local/server/local-server.ts";
import { stackVariables } from "../../../../infra/local/server/local-variables.ts";
import { localStacks } from "../../../../infra/local/terraform/local-stacks.ts";
import { stagingWith } from "./environments.ts";

let server: LocalServer | undefined;
afterEach(() => server?.close());

it("what is saved reaches a Worker that fetches when the dashboard is told to, and what it refuses is told", async () => {
  const environment = await stagingWith({ integrationConfiguration: { owner: "pull" } });
  const log: string[] = [];
  server = await startLocalServer({
    environments: [environment],
    port: 0,
    apiPort: 0,
    log: ({ message }) => log.push(message),
  });
  const { dashboardUrl, queueIts, localUrl } = server;
  const fetchNow = async () => {
    const { origin } = new URL(dashboardUrl);
    const body = new URLSearchParams({ environment: "staging" });
    return (
      await (await fetch(`${origin}/fetch`, { method: "POST", body, headers: { origin } })).text()
    ).replace(/\s+/g, " ");
  };
  expect(await fetchNow()).toContain("It is not deployed");

  const { account, secrets, deployed } = server;
  const stack = await localStacks({ account, variables: stackVariables(secrets) })(environment.spec);
  expect(await (await stack.plan("apply")).apply()).toMatchObject({ ok: true });
  await deployed();
  queueIts[0]?.setConfiguration('{"Version":1,"Integrations":[]}');
  expect(await fetchNow()).toContain("The Worker has fetched version 2");
  const visitor = new Visitor();
  const answer = await visitor
    .get(localUrl("https://shop.staging.example.com/tickets"))
    .finally(() => visitor.close());
  expect(answer.status).toBe(200);

  const newer = new TextEncoder().encode('{"Version":99,"Integrations":[]}');
  const [namespace] = account.namespaces;
  await account.putValue(namespace?.id ?? "", "info", { bytes: newer });
  expect(await fetchNow()).toContain("The Worker has not fetched version 2");
  expect(log.join("\n")).toContain("pull-failed");
});
