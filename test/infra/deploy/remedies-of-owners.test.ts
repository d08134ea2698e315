import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildBundle } from "../../../infra/bundles/build-bundle.ts";
import { reviewOf } from "../../../infra/deploy/review-of.ts";
import { requireValid } from "../../../infra/environments/definition/report.ts";
import { validateEnvironments } from "../../../infra/environments/definition/validation.ts";
import production from "../../../infra/environments/production.ts";
import staging from "../../../infra/environments/staging.ts";
import { type Drift, driftOf } from "../../../infra/plan/drift/drift.ts";
import { specify } from "../../../infra/specification/specify.ts";
import type { Target } from "../../../infra/specification/target.ts";
import { configuration } from "../plan/plan-builder.ts";
import { World } from "./world.ts";

// As in remedies.test.ts, where Queue-it's configuration is pulled (staging) and where a file owns it (production).

const PATH = "infra/environments/integration.json";
const OWN = JSON.stringify(configuration(3, "/tickets"));

let world: World;
beforeAll(async () => {
  const files = [
    {
      name: "production",
      environment: { ...production, integrationConfiguration: { owner: "file", path: PATH } } as const,
    },
    { name: "staging", environment: { ...staging, integrationConfiguration: { owner: "pull" } } as const },
  ];
  const environments = requireValid(
    files,
    validateEnvironments(files, (path) => (path === PATH ? Buffer.from(OWN) : undefined)),
  );
  const workerFile = await buildBundle(await mkdtemp(join(tmpdir(), "test-owners-")));
  const targets = environments.map((named) => ({
    named,
    spec: specify({ named, all: environments, workerFile, readConfiguration: () => OWN }),
  }));
  world = await World.start({}, targets);
  await world.deploy(world.staging);
  await world.deploy(world.production);
});
afterAll(() => world.close());

async function drift(target: Target): Promise<Drift> {
  const planned = await (await world.open(target.spec)).plan("refresh-only");
  return driftOf(reviewOf(target, planned, {}), target.spec);
}

const remedies = async (target: Target) => (await drift(target)).found.map(({ remedy }) => remedy);

describe("a schedule that somebody changed", () => {
  it("is mended by the deploy that drift advises", async () => {
    const { staging: target, server } = world;
    await server.account.putSchedules(target.spec.worker.name, ["0 4 * * *"]);
    expect(await remedies(target)).toEqual([expect.stringMatching(/^deploy again/)]);
    await world.deploy(target);
    expect(await drift(target)).toEqual({ found: [], expected: [] });
    expect(server.account.schedules(target.spec.worker.name)).toEqual(["*/5 * * * *"]);
  });
});

describe("a compatibility date that somebody changed", () => {
  it("is mended by the deploy that drift advises", async () => {
    const { staging: target, server } = world;
    const { name } = target.spec.worker;
    await server.account.changeScript(name, () => ({
      ...server.account.script(name),
      compatibilityDate: "2021-11-02",
    }));
    expect(await remedies(target)).toEqual([expect.stringMatching(/^deploy again/)]);
    await world.deploy(target);
    expect((await drift(target)).found).toEqual([]);
  });
});

describe("a configuration that is pulled", () => {
  it("and was edited in KV stays so with every deploy, and is mended by the next fetch", async () => {
    const { staging: target } = world;
    const seed = await world.kv.read();
    await world.kv.write("{}");
    expect(await remedies(target)).toEqual([
      expect.stringMatching(/^wait for the Worker's next fetch .*a deploy leaves it alone\)$/),
    ]);
    await world.deploy(target);
    expect(await world.kv.read()).toBe("{}");
    // What the fetch writes, which publishing and pulling have in common.
    await world.kv.write(seed);
    expect((await drift(target)).found).toEqual([]);
  });
});

describe("a configuration that a file owns", () => {
  it.each([
    ["a higher version", configuration(9, "/tickets")],
    ["the same version with another page", configuration(3, "/about")],
    ["no configuration", {}],
  ])("and somebody wrote %s to KV is mended by the deploy that drift advises", async (_what, written) => {
    const { production: target, server } = world;
    const id = server.account.namespaces.find(({ title }) => title === target.spec.namespace.title)?.id ?? "";
    await server.account.putValue(id, "info", { bytes: Buffer.from(JSON.stringify(written)) });
    const before = await drift(target);
    expect(before.expected).toEqual([]);
    expect(before.found.map(({ remedy }) => remedy)).toEqual([
      "deploy again: npx queueit-cf deploy production",
    ]);
    await world.deploy(target);
    expect(await drift(target)).toEqual({ found: [], expected: [] });
    expect(Buffer.from((await server.account.getValue(id, "info")).bytes).toString()).toBe(OWN);
  });
});
