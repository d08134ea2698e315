import { describe, expect, it } from "vitest";
import { plainText } from "../../../../infra/plan/sentence.ts";
import { reviewPlan } from "../../../../infra/plan/review.ts";
import type { LocalAccount } from "../../../../infra/local/cloudflare/account/account.ts";
import type { Script } from "../../../../infra/local/cloudflare/account/model.ts";
import { STAGING, actionsOf, driftOf, jsonOf, world } from "./world.ts";

const { name: WORKER } = STAGING.worker;

function changeWorker(account: LocalAccount, change: Partial<Script>): Promise<Script> {
  return account.changeScript(WORKER, () => ({ ...account.script(WORKER), ...change }));
}

const namespaceOf = ({ namespaces }: LocalAccount): string => namespaces[0]?.id ?? "";

/** Changes that somebody makes by hand: what the refresh finds, and what the next plan does about it. */
const BY_HAND: readonly (readonly [string, (account: LocalAccount) => unknown, string[], string[]])[] = [
  [
    "a route that was deleted",
    async (account) => {
      await account.deleteRoute(account.routes[1]?.id ?? "");
    },
    ["delete cloudflare_workers_route"],
    ["create cloudflare_workers_route"],
  ],
  [
    "a route that leads nowhere now",
    (account) => account.replaceRoute(account.routes[1]?.id ?? "", "shop.staging.example.com/*", undefined),
    ["update cloudflare_workers_route"],
    ["update cloudflare_workers_route"],
  ],
  [
    "a Worker with other content",
    (account) => changeWorker(account, { content: "export default { fetch: () => new Response('mine') };" }),
    ["update cloudflare_workers_script"],
    ["update cloudflare_workers_script"],
  ],
  [
    "a Worker with another variable",
    (account) =>
      changeWorker(account, {
        bindings: account
          .script(WORKER)
          .bindings.map((binding) =>
            binding.type === "plain_text" ? { ...binding, text: "globex" } : binding,
          ),
      }),
    ["update cloudflare_workers_script"],
    ["update cloudflare_workers_script"],
  ],
  [
    "a Worker that lost its secret",
    (account) =>
      changeWorker(account, {
        bindings: account.script(WORKER).bindings.filter(({ type }) => type !== "secret_text"),
      }),
    ["update cloudflare_workers_script"],
    ["update cloudflare_workers_script"],
  ],
  [
    "a Worker whose logs were switched off",
    (account) => account.annotateScript(WORKER, () => ({ settings: { observability: { enabled: false } } })),
    ["update cloudflare_workers_script"],
    ["update cloudflare_workers_script"],
  ],
  [
    "another schedule",
    async (account) => {
      await account.putSchedules(WORKER, ["0 * * * *"]);
    },
    ["update cloudflare_workers_cron_trigger"],
    ["update cloudflare_workers_cron_trigger"],
  ],
  [
    "a namespace with another title",
    (account) => account.renameNamespace(namespaceOf(account), "mine"),
    ["update cloudflare_workers_kv_namespace"],
    ["update cloudflare_workers_kv_namespace"],
  ],
  [
    "a configuration that Queue-it published",
    (account) => account.putValue(namespaceOf(account), "info", { bytes: Buffer.from('{"Version":7}') }),
    ["update cloudflare_workers_kv"],
    [],
  ],
  [
    "a configuration that was deleted",
    (account) => account.deleteValue(namespaceOf(account), "info"),
    ["delete cloudflare_workers_kv"],
    ["create cloudflare_workers_kv"],
  ],
];

describe.each(BY_HAND)("%s", (_, change, drift, actions) => {
  it("is found, told, and fixed by the next apply", async () => {
    const { plan, deploy, account } = world();
    await deploy(STAGING);
    await change(account);
    const planned = await plan(STAGING);
    expect(driftOf(planned)).toEqual(drift);
    expect(actionsOf(planned)).toEqual(actions);
    const { changes } = reviewPlan(planned.json);
    expect(changes.filter(({ effect }) => effect === "drift")).toHaveLength(1);

    expect(await planned.apply()).toEqual({ ok: true });
    const after = await plan(STAGING);
    expect([driftOf(after), actionsOf(after)]).toEqual([[], []]);
  });

  it("is found by a plan that only looks, which changes nothing", async () => {
    const { plan, deploy, account } = world();
    await deploy(STAGING);
    await change(account);
    const before = structuredClone(account.contents);
    const planned = await plan(STAGING, "refresh-only");
    expect(driftOf(planned)).toEqual(drift);
    expect(jsonOf(planned).resource_changes).toEqual([]);
    expect(await planned.apply()).toEqual({ ok: true });
    expect(account.contents).toEqual(before);
    expect(driftOf(await plan(STAGING))).toEqual([]);
  });
});

describe("drift", () => {
  it("says which version of the configuration was published", async () => {
    const { plan, deploy, account } = world();
    await deploy(STAGING);
    await account.putValue(namespaceOf(account), "info", {
      bytes: Buffer.from('{"Version":7,"Description":"","Integrations":[]}'),
    });
    const { changes } = reviewPlan((await plan(STAGING, "refresh-only")).json);
    expect(changes.map(({ sentence }) => plainText(sentence))).toContain(
      "Integration configuration published since the last apply: version 1 → 7, 0 actions",
    );
  });

  it("is not seen in the value of a secret, which Cloudflare never tells", async () => {
    const { plan, deploy, account } = world();
    await deploy(STAGING);
    await changeWorker(account, {
      bindings: account
        .script(WORKER)
        .bindings.map((binding) =>
          binding.type === "secret_text" ? { ...binding, text: "other-secret" } : binding,
        ),
    });
    expect(driftOf(await plan(STAGING))).toEqual([]);
  });

  it("is none right after a deploy", async () => {
    const { plan, deploy } = world();
    await deploy(STAGING);
    expect(driftOf(await plan(STAGING, "refresh-only"))).toEqual([]);
  });
});
