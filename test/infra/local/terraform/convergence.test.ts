import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConnectorSpec } from "../../../../infra/specification/specification.ts";
import type { LocalAccount } from "../../../../infra/local/cloudflare/account/account.ts";
import { runs } from "../../../support/runs.ts";
import { ZONE } from "../cloudflare/worker-sources.ts";
import {
  FIRST_FILE,
  SECOND_FILE,
  STAGING,
  actionsOf,
  bindings,
  driftOf,
  route,
  withWorker,
  workerFile,
  world,
} from "./world.ts";

const seed = '{"Version":1,"Description":"","Integrations":[]}';

/** Specifications of one environment, each of which may follow any other. */
const specs: fc.Arbitrary<ConnectorSpec> = fc
  .record({
    title: fc.constantFrom("first", "the ${second}"),
    configuration: fc.constantFrom<ConnectorSpec["configuration"]>(
      { owner: "publish", seed },
      { owner: "file", value: seed },
    ),
    file: fc.constantFrom(FIRST_FILE, SECOND_FILE),
    customerId: fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom("${var.x}", "%{if}", "$${")),
    samplingRate: fc.constantFrom(0.5, 1),
    protect: fc.subarray(["a.example.com/*", "b.example.com/*", "c.example.com/*"]),
    bypass: fc.subarray(["a.example.com/static/*", "b.example.com/$x/*"]),
  })
  .map(({ title, configuration, file, customerId, samplingRate, protect, bypass }) => ({
    ...withWorker(STAGING, {
      file,
      bindings: bindings(customerId),
      observability: { enabled: true, samplingRate },
    }),
    namespace: { title },
    configuration,
    routes: [
      ...bypass.map((pattern) => route("bypass", pattern)),
      ...protect.map((pattern) => route("protect", pattern)),
    ],
  }));

/** What an account holds, but for ids, dates and the order that routes were made in. */
function contentsOf({ namespaces, scripts, routes }: LocalAccount) {
  return {
    titles: namespaces.map(({ title }) => title),
    scripts: scripts.map(({ history, bindings, ...script }) => ({
      ...script,
      versions: history !== undefined,
      bindings: bindings.map((binding) => ({
        ...binding,
        ...("namespaceId" in binding && {
          namespaceId: namespaces.findIndex(({ id }) => id === binding.namespaceId),
        }),
      })),
    })),
    routes: routes.map(({ pattern, script = "" }) => `${pattern} ${script}`).sort(),
  };
}

const VARIANTS: Readonly<Record<string, ConnectorSpec>> = {
  "a pulled configuration": STAGING,
  "zones by name": {
    ...STAGING,
    routes: STAGING.routes.map(({ kind, pattern }) => ({ kind, pattern, zone: { name: ZONE.name } })),
  },
  "a Secrets Store": withWorker(STAGING, {
    bindings: [
      { type: "kv_namespace", name: "KV" },
      { type: "secrets_store_secret", name: "KEY", storeId: "5".repeat(32), secretName: "key" },
    ],
  }),
  "a service-worker file": withWorker(STAGING, {
    file: { ...workerFile("\ufeffaddEventListener('fetch', () => {});"), format: "service-worker" },
  }),
  "no compatibility flags and no logs": withWorker(STAGING, {
    compatibilityFlags: [],
    observability: { enabled: false, samplingRate: 1 },
  }),
};

describe.each(Object.entries(VARIANTS))("a stack with %s", (_, spec) => {
  it("leaves nothing to do after its first deploy", async () => {
    const { plan, deploy } = world();
    expect(await deploy(spec)).toEqual({ ok: true });
    const next = await plan(spec);
    expect([actionsOf(next), driftOf(next)]).toEqual([[], []]);
  });
});

describe("any deploys after one another", () => {
  it("end where a first deploy of the last one ends, and each leaves nothing to do", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(specs, { minLength: 1, maxLength: 3 }), async (deployments) => {
        const { plan, deploy, account } = world();
        for (const spec of deployments) {
          expect(await deploy(spec)).toEqual({ ok: true });
          const next = await plan(spec);
          expect([actionsOf(next), driftOf(next)]).toEqual([[], []]);
        }
        const fresh = world();
        await fresh.deploy(deployments.at(-1) ?? STAGING);
        expect(contentsOf(account)).toEqual(contentsOf(fresh.account));
      }),
      { numRuns: runs(4, 15) },
    );
  });
});
