import { describe, expect, it } from "vitest";
import { plainText } from "../../../../infra/plan/sentence.ts";
import { reviewPlan } from "../../../../infra/plan/review.ts";
import {
  BYPASS,
  FIRST_FILE,
  PRODUCTION,
  PROTECT,
  SECOND_FILE,
  STAGING,
  actionsOf,
  jsonOf,
  route,
  withWorker,
  world,
} from "./world.ts";

describe("a plan of the local Cloudflare", () => {
  it("does not know the id of a namespace that it creates, nor what depends on it", async () => {
    const { plan } = world();
    const { resource_changes, output_changes } = jsonOf(await plan(STAGING));
    const unknown = Object.fromEntries(
      resource_changes.map(({ address, change }) => [address.split(".")[0], change.after_unknown]),
    );
    expect(unknown).toMatchObject({
      cloudflare_workers_kv_namespace: { id: true },
      cloudflare_workers_kv: { id: true, namespace_id: true },
      cloudflare_workers_script: { id: true, bindings: [{ namespace_id: true }, {}, {}] },
    });
    expect(output_changes["kv_namespace_id"]).toMatchObject({ after_unknown: true });
  });

  it("changes nothing in the account", async () => {
    const { plan, account } = world();
    await plan(STAGING);
    expect(account.contents).toMatchObject({ namespaces: [], scripts: [], routes: [] });
  });

  it("changes a route in place where its address stays", async () => {
    const { plan, deploy, account } = world();
    await deploy(STAGING);
    const [bypass] = account.routes;
    await account.replaceRoute(bypass?.id ?? "", "shop.staging.example.com/images/*", undefined);
    const planned = await plan(STAGING);
    expect(actionsOf(planned)).toEqual(["update cloudflare_workers_route"]);
    await planned.apply();
    expect(account.routes[0]).toEqual(bypass);
  });

  it("makes anew what went with a namespace that was deleted, and binds the new one in place", async () => {
    const { plan, deploy, account } = world();
    await deploy(STAGING);
    await account.deleteNamespace(account.namespaces[0]?.id ?? "");
    const planned = await plan(STAGING);
    expect(actionsOf(planned)).toEqual([
      "create cloudflare_workers_kv",
      "create cloudflare_workers_kv_namespace",
      "update cloudflare_workers_script",
    ]);
    await planned.apply();
    expect(account.script("queueit-connector-staging").bindings[0]).toMatchObject({
      namespaceId: account.namespaces[0]?.id,
    });
  });

  it("makes a Worker anew where its name changes", async () => {
    const { plan, deploy } = world();
    await deploy(STAGING);
    const planned = await plan(withWorker(STAGING, { name: "renamed" }));
    expect(actionsOf(planned)).toEqual([
      "delete+create cloudflare_workers_cron_trigger",
      "update cloudflare_workers_route",
      "delete+create cloudflare_workers_script",
    ]);
  });

  it("makes all of it but the routes anew where the account changes", async () => {
    const { plan, deploy } = world();
    await deploy(STAGING);
    const planned = await plan({ ...STAGING, accountId: "b".repeat(32) }, "apply", { destroyable: true });
    expect(actionsOf(planned)).toEqual([
      "delete+create cloudflare_workers_cron_trigger",
      "delete+create cloudflare_workers_kv",
      "delete+create cloudflare_workers_kv_namespace",
      "delete+create cloudflare_workers_script",
    ]);
  });

  it("fails where that would replace a protected namespace", async () => {
    const { plan, deploy } = world();
    await deploy(STAGING);
    const planned = await plan({ ...STAGING, accountId: "b".repeat(32) });
    expect(planned.failure).toMatch(
      /^Instance cannot be destroyed: Resource cloudflare_workers_kv_namespace\.\w+ /,
    );
  });

  it("leaves a value to Queue-it that Queue-it published", async () => {
    const { plan, deploy, account } = world();
    await deploy(STAGING);
    await account.putValue(account.namespaces[0]?.id ?? "", "info", {
      bytes: Buffer.from('{"Version":7}'),
    });
    expect(actionsOf(await plan(STAGING))).toEqual([]);
  });

  it("does nothing about what the stack no longer says, until it changes something else there", async () => {
    const { plan, deploy, account } = world();
    await deploy(STAGING);
    const silent = withWorker(STAGING, { compatibilityFlags: [] });
    expect(actionsOf(await plan(silent))).toEqual([]);

    const planned = await plan(withWorker(silent, { file: SECOND_FILE }));
    const { changes } = reviewPlan(planned.json);
    expect(changes.map(({ sentence }) => plainText(sentence))).toContain(
      'Setting compatibility_flags of Worker queueit-connector-staging: ["nodejs_compat"] → (known after apply)',
    );
    await planned.apply();
    expect(account.script("queueit-connector-staging").compatibilityFlags).toEqual([]);
  });

  it("marks the text of every binding as sensitive, as the provider does", async () => {
    const { plan } = world();
    const worker = jsonOf(await plan(STAGING)).resource_changes.find(({ address }) =>
      address.startsWith("cloudflare_workers_script"),
    );
    expect(worker?.change.after_sensitive).toEqual({
      bindings: [{ text: true }, { text: true }, { text: true }],
    });
  });

  it("asks for a variable without a value", async () => {
    const { open, variables } = world();
    delete variables["queueit_secret_key"];
    await expect(open(STAGING)).rejects.toMatchObject({ code: "local-stack" });
  });
});

describe("a plan to destroy", () => {
  it("fails while the namespace is protected, and plans the rest", async () => {
    const { plan, deploy } = world();
    await deploy(STAGING);
    const planned = await plan(STAGING, "destroy");
    expect(planned.failure).toContain("Instance cannot be destroyed");
    expect(actionsOf(planned)).not.toContain("delete cloudflare_workers_kv_namespace");
    expect(await planned.apply()).toMatchObject({ ok: false });
  });
});

describe("a plan with example values", () => {
  const examples = { ...STAGING, exampleValues: ['accountId is "0123456789abcdef0123456789abcdef"'] };

  it("fails and names them, unless they are accepted", async () => {
    const { plan, variables } = world();
    const refused = await plan(examples);
    expect(refused.failure).toContain('accountId is "0123456789abcdef0123456789abcdef". Replace them');
    expect(jsonOf(refused).errored).toBe(true);
    variables["accept_example_values"] = "true";
    expect((await plan(examples)).failure).toBeUndefined();
  });
});

describe("a plan of an environment that another one comes before", () => {
  it("fails while that one was never deployed", async () => {
    const { plan } = world();
    const planned = await plan(PRODUCTION);
    expect(planned.failure).toContain("Unable to find remote state");
    expect(jsonOf(planned).errored).toBe(true);
  });

  it("fails with both hashes where that one runs another bundle", async () => {
    const { plan, deploy } = world();
    await deploy(STAGING);
    const planned = await plan(withWorker(PRODUCTION, { file: SECOND_FILE }));
    expect(planned.failure).toContain(`${SECOND_FILE.sha256}, staging runs ${FIRST_FILE.sha256}`);
    expect(await planned.apply()).toEqual({ ok: false, reason: planned.failure });
  });

  it("is reviewed as one that stopped, without the Worker and what needs it", async () => {
    const { plan, deploy } = world();
    await deploy(STAGING);
    const planned = await plan(withWorker(PRODUCTION, { file: SECOND_FILE }));
    const { risks } = reviewPlan(planned.json);
    expect(risks.map(({ rule }) => rule)).toEqual(["plan-errored", "ahead-of-earlier-environment"]);
    expect(actionsOf(planned)).toEqual([
      "create cloudflare_workers_kv",
      "create cloudflare_workers_kv_namespace",
    ]);
  });

  it("fails where that one was taken down again", async () => {
    const { plan, deploy } = world();
    await deploy(STAGING);
    await (await plan(STAGING, "destroy", { destroyable: true })).apply();
    expect((await plan(PRODUCTION)).failure).toContain("staging runs no bundle yet");
  });

  it("goes through with the bundle that the other one runs, and back with it", async () => {
    const { plan, deploy, account } = world();
    const running = () => account.script("queueit-connector-production").content;
    await deploy(STAGING);
    await deploy(PRODUCTION);
    const first = running();
    await deploy(withWorker(STAGING, { file: SECOND_FILE }));
    await deploy(withWorker(PRODUCTION, { file: SECOND_FILE }));
    expect(running()).not.toBe(first);
    await deploy(STAGING);
    await deploy(PRODUCTION);
    expect(running()).toBe(first);
    expect(actionsOf(await plan(PRODUCTION))).toEqual([]);
  });
});

describe("routes", () => {
  it("are named by their pattern, so that another order is no change", async () => {
    const { plan, deploy } = world();
    const more = route("protect", "tickets.example.com/*");
    await deploy({ ...STAGING, routes: [BYPASS, PROTECT, more] });
    const { resource_changes } = jsonOf(await plan({ ...STAGING, routes: [BYPASS, more, PROTECT] }));
    expect(resource_changes.every(({ change }) => change.actions[0] === "no-op")).toBe(true);
  });
});
