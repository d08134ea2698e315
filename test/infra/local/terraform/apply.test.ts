import { describe, expect, it } from "vitest";
import {
  BYPASS,
  FIRST_FILE,
  FIRST_SECRET,
  PROTECT,
  SECOND_FILE,
  STAGING,
  actionsOf,
  driftOf,
  route,
  withWorker,
  workerFile,
  world,
} from "./world.ts";

describe("applying a plan", () => {
  it("makes what others need before those that need it", async () => {
    const made: string[] = [];
    const { deploy } = world({ interfere: (address) => void made.push(address.split(".")[0] ?? "") });
    expect(await deploy(STAGING)).toEqual({ ok: true });
    expect(made).toEqual([
      "cloudflare_workers_kv_namespace",
      "cloudflare_workers_kv",
      "cloudflare_workers_script",
      "cloudflare_workers_cron_trigger",
      "cloudflare_workers_route",
      "cloudflare_workers_route",
    ]);
  });

  it("gives the outputs", async () => {
    const { open, deploy, account } = world();
    expect(await (await open(STAGING)).outputs()).toEqual({});
    await deploy(STAGING);
    expect(await (await open(STAGING)).outputs()).toEqual({
      kv_namespace_id: account.namespaces[0]?.id,
      worker_name: "queueit-connector-staging",
      bundle_sha256: FIRST_FILE.sha256,
      routes: [BYPASS.pattern, PROTECT.pattern],
    });
  });

  it("leaves an account without anything where it destroys", async () => {
    const { plan, deploy, account, open } = world();
    await deploy(STAGING);
    expect(await (await plan(STAGING, "destroy", { destroyable: true })).apply()).toEqual({ ok: true });
    expect(account.contents).toMatchObject({ namespaces: [], scripts: [], routes: [], schedules: [] });
    expect(await (await open(STAGING)).outputs()).toEqual({});
  });

  it("only forgets a schedule: Cloudflare keeps it until the Worker goes", async () => {
    const { deploy, account } = world();
    await deploy(STAGING);
    await deploy({ ...STAGING, configuration: { owner: "file", value: "{}" } });
    expect(account.schedules("queueit-connector-staging")).toEqual(["*/5 * * * *"]);
  });

  it("keeps what Queue-it published after the plan was made", async () => {
    const { plan, deploy, account } = world();
    await deploy(STAGING);
    const planned = await plan(withWorker(STAGING, { file: SECOND_FILE }));
    const namespace = account.namespaces[0]?.id ?? "";
    await account.putValue(namespace, "info", { bytes: Buffer.from("published") });
    expect(await planned.apply()).toEqual({ ok: true });
    expect(Buffer.from((await account.getValue(namespace, "info")).bytes).toString()).toBe("published");
  });

  it("tells when it is done, whether it succeeded or not", async () => {
    let told = 0;
    const afterApply = () => {
      told += 1;
      return Promise.resolve();
    };
    const { deploy, account } = world({ afterApply });
    await deploy(STAGING);
    await account.createRoute(account.zones[0]?.id ?? "", "a.example.com/*", undefined);
    await deploy({ ...STAGING, routes: [...STAGING.routes, route("protect", "a.example.com/*")] });
    expect(told).toBe(2);
  });
});

describe("a plan that no longer fits", () => {
  const STALE = { ok: false, reason: expect.stringContaining("Saved plan is stale") as string };

  it("is refused after another apply", async () => {
    const { plan } = world();
    const [first, second] = [await plan(STAGING), await plan(STAGING)];
    expect(await first.apply()).toEqual({ ok: true });
    expect(await second.apply()).toEqual(STALE);
    expect(await first.apply()).toEqual(STALE);
  });

  it("is refused when somebody changed by hand what it builds upon", async () => {
    const { plan, deploy, account } = world();
    await deploy(STAGING);
    const planned = await plan(withWorker(STAGING, { file: SECOND_FILE }));
    await account.deleteRoute(account.routes[0]?.id ?? "");
    expect(await planned.apply()).toEqual(STALE);
    expect(account.script("queueit-connector-staging").content).toContain("first");
  });

  it("is not refused when what it deletes has other contents by now", async () => {
    const { plan, deploy, account } = world();
    const spec = { ...STAGING, configuration: { owner: "file", value: "{}" } as const };
    await deploy(spec);
    const planned = await plan(spec, "destroy", { destroyable: true });
    await account.putValue(account.namespaces[0]?.id ?? "", "info", { bytes: Buffer.from("published") });
    expect(await planned.apply()).toEqual({ ok: true });
  });

  it("is refused once it was discarded", async () => {
    const { plan, account } = world();
    const planned = await plan(STAGING);
    await planned.discard();
    await planned.discard();
    expect(await planned.apply()).toMatchObject({ ok: false });
    expect(account.namespaces).toEqual([]);
  });
});

describe("an apply that fails halfway", () => {
  it("says which resource Cloudflare refused, and keeps what was made by then", async () => {
    const { plan, deploy, account } = world();
    const zoneId = account.zones[0]?.id ?? "";
    const foreign = await account.createRoute(zoneId, PROTECT.pattern, undefined);
    const outcome = await deploy(STAGING);
    expect(outcome).toMatchObject({ ok: false });
    expect(JSON.stringify(outcome)).toMatch(/cloudflare_workers_route\.\w+protect\w+: .* code 10020/);

    const next = await plan(STAGING);
    expect(actionsOf(next)).toEqual(["create cloudflare_workers_route"]);
    await account.deleteRoute(foreign.id);
    expect(await next.apply()).toEqual({ ok: true });
    expect(actionsOf(await plan(STAGING))).toEqual([]);
  });

  it("leaves the outputs of what it did not get to as they were", async () => {
    const { open, deploy, account } = world();
    await deploy(STAGING);
    await account.createRoute(account.zones[0]?.id ?? "", "a.example.com/*", undefined);
    await deploy({
      ...withWorker(STAGING, { file: SECOND_FILE }),
      routes: [...STAGING.routes, route("protect", "a.example.com/*")],
    });
    expect(await (await open(STAGING)).outputs()).toMatchObject({
      bundle_sha256: SECOND_FILE.sha256,
      routes: [BYPASS.pattern, PROTECT.pattern],
    });
  });

  it("says nothing of a secret", async () => {
    const interfere = () => {
      throw new Error(`the provider repeats ${FIRST_SECRET}`);
    };
    const outcome = await world({ interfere }).deploy(STAGING);
    expect(outcome).toMatchObject({ ok: false });
    expect(JSON.stringify(outcome)).not.toContain(FIRST_SECRET);
  });

  it("refuses a bundle that changed after it was specified", async () => {
    const file = { ...workerFile("export default {};"), sha256: "0".repeat(64) };
    expect(await world().deploy(withWorker(STAGING, { file }))).toMatchObject({
      ok: false,
      reason: expect.stringContaining("synthesize the stack again") as string,
    });
  });
});

describe("a provider that reports an error after it has done its work", () => {
  /** A world where the provider does so once for each type that is named. */
  function failing(...types: string[]) {
    return world({
      interfere: (address) => {
        const index = types.findIndex((type) => address.startsWith(type));
        if (index < 0) return;
        types.splice(index, 1);
        throw new Error("the connection was lost");
      },
    });
  }

  it("leaves an upload to be recognised by the next plan, which has nothing to do but its output", async () => {
    const types: string[] = [];
    const { plan, deploy, account, open } = world({
      interfere: (address) => {
        if (types.some((type) => address.startsWith(type))) throw new Error("the connection was lost");
      },
    });
    await deploy(STAGING);
    types.push("cloudflare_workers_script");
    const next = withWorker(STAGING, { file: SECOND_FILE });
    expect(await deploy(next)).toMatchObject({ ok: false });
    expect(account.script("queueit-connector-staging").content).toContain("second");
    expect(await (await open(next)).outputs()).toMatchObject({ bundle_sha256: FIRST_FILE.sha256 });

    const planned = await plan(next);
    expect(actionsOf(planned)).toEqual([]);
    expect(driftOf(planned)).toEqual(["update cloudflare_workers_script"]);
    expect(await planned.apply()).toEqual({ ok: true });
    expect(await (await open(next)).outputs()).toMatchObject({ bundle_sha256: SECOND_FILE.sha256 });
  });

  it("lets a Worker be created again, which is the same upload", async () => {
    const { plan, deploy } = failing("cloudflare_workers_script");
    await deploy(STAGING);
    const planned = await plan(STAGING);
    expect(actionsOf(planned)).toContain("create cloudflare_workers_script");
    expect(await planned.apply()).toEqual({ ok: true });
  });

  it("leaves a route behind that the next apply runs into, as Terraform does", async () => {
    const { deploy } = failing("cloudflare_workers_route");
    await deploy(STAGING);
    expect(await deploy(STAGING)).toMatchObject({
      ok: false,
      reason: expect.stringContaining("A route with the same pattern already exists") as string,
    });
  });
});
