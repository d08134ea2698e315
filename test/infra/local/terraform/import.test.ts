import { describe, expect, it } from "vitest";
import type { ConnectorSpec } from "../../../../infra/specification/specification.ts";
import { ACCOUNT_ID, ZONE } from "../cloudflare/worker-sources.ts";
import { BYPASS, PROTECT, STAGING, actionsOf, jsonOf, world } from "./world.ts";

const PUBLISHED = '{"Version":7,"Integrations":[]}';

/** An account with a connector that somebody made in the dashboard, and the specification that takes it over. */
async function handMade() {
  const { account, ...others } = world();
  const namespace = await account.createNamespace("Queue-it");
  await account.putValue(namespace.id, "info", { bytes: new TextEncoder().encode(PUBLISHED) });
  await account.putScript({
    name: STAGING.worker.name,
    mainModule: "worker.js",
    content: "export default { fetch: () => new Response('by hand') };",
    format: "es-module",
    compatibilityDate: "2024-01-01",
    compatibilityFlags: [],
    bindings: [
      { type: "kv_namespace", name: "IntegrationConfigKV", namespaceId: namespace.id },
      { type: "secret_text", name: "QUEUEIT_SECRET_KEY", text: "typed by hand" },
    ],
    settings: {},
  });
  const routes = await Promise.all(
    [BYPASS, PROTECT].map(async ({ kind, pattern }) => {
      const script = kind === "protect" ? STAGING.worker.name : undefined;
      const { id } = await account.createRoute(ZONE.id, pattern, script);
      return [pattern, { id, zoneId: ZONE.id }] as const;
    }),
  );
  const spec: ConnectorSpec = {
    ...STAGING,
    namespace: { title: "Queue-it" },
    configuration: { owner: "publish", seed: '{"Version":1,"Integrations":[]}' },
    adopted: {
      namespaceId: namespace.id,
      hasConfiguration: true,
      hasWorker: true,
      routes: new Map(routes),
    },
  };
  return { ...others, account, spec, namespace };
}

describe("the first plan of a connector that was made by hand", () => {
  it("makes nothing and destroys nothing", async () => {
    const { plan, spec } = await handMade();
    expect(actionsOf(await plan(spec))).toEqual(["update cloudflare_workers_script"]);
  });

  it("says of each object that it is taken over", async () => {
    const { plan, spec, namespace } = await handMade();
    const changes = jsonOf(await plan(spec)).resource_changes;
    expect(changes.map(({ change }) => change.importing?.id)).toEqual([
      `${ACCOUNT_ID}/${namespace.id}/info`,
      `${ACCOUNT_ID}/${namespace.id}`,
      ...[...(spec.adopted?.routes.values() ?? [])].map(({ id, zoneId }) => `${zoneId}/${id}`),
      `${ACCOUNT_ID}/${STAGING.worker.name}`,
    ]);
  });

  it("does not show a secret that somebody typed", async () => {
    const { plan, spec } = await handMade();
    expect((await plan(spec)).json).not.toContain("typed by hand");
  });

  it("stops at an object that is not there", async () => {
    const { plan, spec, account, namespace } = await handMade();
    await account.deleteScript(STAGING.worker.name, true);
    await account.deleteNamespace(namespace.id);
    const { failure } = await plan(spec);
    expect(failure).toContain('import an existing object to "cloudflare_workers_script.queueit_worker"');
  });
});

describe("its first deploy", () => {
  it("keeps the configuration that was published, and the ids of all objects", async () => {
    const { deploy, spec, account, namespace } = await handMade();
    const before = account.routes;
    expect(await deploy(spec)).toEqual({ ok: true });
    const { bytes } = await account.getValue(namespace.id, "info");
    expect(new TextDecoder().decode(bytes)).toBe(PUBLISHED);
    expect(account.namespaces).toEqual([{ ...namespace, title: "Queue-it" }]);
    expect(account.routes).toEqual(before);
  });

  it("leaves nothing to be done, whether the import blocks stay or go", async () => {
    const { deploy, plan, spec } = await handMade();
    await deploy(spec);
    expect(jsonOf(await plan(spec)).applyable).toBe(false);
    expect(jsonOf(await plan({ ...spec, adopted: undefined })).applyable).toBe(false);
  });

  it("is refused when the object went away after the plan", async () => {
    const { plan, spec, account } = await handMade();
    const planned = await plan(spec);
    await account.deleteRoute(spec.adopted?.routes.get(PROTECT.pattern)?.id ?? "");
    expect(await planned.apply()).toMatchObject({ ok: false });
  });
});
