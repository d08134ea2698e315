import { afterAll, beforeAll, expect, it } from "vitest";
import { buildBundle } from "../../../infra/bundles/build-bundle.ts";
import { promotionOf } from "../../../infra/deploy/promotion.ts";
import { rollbackTarget } from "../../../infra/deploy/rollback-target.ts";
import { plainText } from "../../../infra/plan/sentence.ts";
import { type Target, withWorkerFile } from "../../../infra/specification/target.ts";
import type { WorkerFile } from "../../../infra/specification/specification.ts";
import { HOOKS_VARIABLE } from "../../../worker/deployment/variables.ts";
import { newFolder } from "../../support/new-folder.ts";
import { World } from "./world.ts";

// One walk: each step begins where the one before it ended.

let world: World;
let withBots: WorkerFile;
let withApp: WorkerFile;
beforeAll(async () => {
  world = await World.start();
  withBots = await buildBundle(await newFolder(), "worker-hooks/example-search-bots.ts");
  withApp = await buildBundle(await newFolder(), "worker-hooks/example-native-app.ts");
});
afterAll(() => world.close());

const variableOf = ({ spec }: Target) => {
  const script = world.server.account.scripts.find(({ name }) => name === spec.worker.name);
  const binding = script?.bindings.find(({ name }) => name === HOOKS_VARIABLE);
  return binding?.type === "plain_text" ? binding.text : undefined;
};
const risks = () =>
  (world.review?.risks ?? [])
    .filter(({ rule }) => rule === "hooks-changed")
    .map(({ level, title }) => `${level} ${plainText(title)}`);
const changes = () => (world.review?.changes ?? []).map(({ sentence }) => plainText(sentence));

it("1. staging is deployed without hooks, and nothing says a word of them", async () => {
  await world.deploy(world.staging);
  expect(variableOf(world.staging)).toBeUndefined();
  expect(risks()).toEqual([]);
});

it("2. hooks come: the plan names file, hash and hooks, and that they may leave requests alone", async () => {
  await world.deploy(withWorkerFile(world.staging, withBots));
  const hash = withBots.hooks?.sha256.slice(0, 12) ?? "";
  expect(variableOf(world.staging)).toBe(`beforeMatching ${hash} worker-hooks/example-search-bots.ts`);
  expect(risks()).toEqual([
    `medium Requests may be left alone by your hook: worker-hooks/example-search-bots.ts (${hash})`,
  ]);
  expect(changes()).toContain(`Hooks worker-hooks/example-search-bots.ts (${hash}) added: beforeMatching`);
});

it("3. verify says which hooks run", async () => {
  const checks = await world.verify(withWorkerFile(world.staging, withBots), withBots.sha256);
  expect(checks.filter(({ outcome }) => outcome === "failed")).toEqual([]);
  expect(checks.map(({ detail }) => detail).join("\n")).toContain("with your hooks beforeMatching");
});

it("4. production takes staging's bundle, hooks included", async () => {
  const { target } = await promotionOf({
    target: world.production,
    source: world.staging,
    open: world.open,
    sourceStore: world.store,
    folder: await newFolder(),
  });
  await world.deploy(target);
  expect(variableOf(world.production)).toBe(variableOf(world.staging));
  expect(risks()).toHaveLength(1);
});

it("5. other hooks take over", async () => {
  await world.deploy(withWorkerFile(world.staging, withApp));
  expect(risks()).toEqual([
    expect.stringMatching(/^low Hooks are changed: worker-hooks\/example-native-app\.ts/),
  ]);
});

it("6. a rollback brings the hooks of the earlier bundle back, and one from before them none", async () => {
  const running = withApp.sha256;
  const back = { store: world.store, running, target: world.staging };
  await world.deploy((await rollbackTarget({ ...back, to: undefined, folder: await newFolder() })).target);
  expect(variableOf(world.staging)).toContain("example-search-bots.ts");
  const { sha256 } = world.staging.spec.worker.file;
  await world.deploy((await rollbackTarget({ ...back, to: sha256, folder: await newFolder() })).target);
  expect(variableOf(world.staging)).toBeUndefined();
  expect(risks()).toEqual([
    expect.stringMatching(/^low Hooks are removed: worker-hooks\/example-search-bots\.ts/),
  ]);
});
