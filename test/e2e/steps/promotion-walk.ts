import { join } from "node:path";
import { bundleStoreOf } from "../../../infra/bundles/bundle-store.ts";
import type { Console } from "../../../infra/console/console.ts";
import { deploy } from "../../../infra/deploy/deploy.ts";
import { deployedBundleOf } from "../../../infra/deploy/bundle-of-state.ts";
import { destroy } from "../../../infra/deploy/destroy.ts";
import { untilGone } from "../../../infra/deploy/until-gone.ts";
import { promotionOf } from "../../../infra/deploy/promotion.ts";
import { reviewOf } from "../../../infra/deploy/review-of.ts";
import { rollbackTarget } from "../../../infra/deploy/rollback-target.ts";
import { type Target, withWorkerFile } from "../../../infra/specification/target.ts";
import { untilAnswered } from "../../../infra/deploy/until-answered.ts";
import { terraformStacks } from "../../../infra/terraform/terraform-stacks.ts";
import { driftOf } from "../../../infra/plan/drift/drift.ts";
import { findConnector } from "../../../infra/verify/find-connector.ts";
import { reachLocalEdge } from "../../../infra/local/server/reach-local-edge.ts";
import { verify } from "../../../infra/verify/verify.ts";
import { expectEqual, expectThat } from "../expect.ts";
import type { Step, World } from "../world.ts";

const SILENT: Console = {
  print: () => undefined,
  say: () => undefined,
  progress: () => undefined,
  canAsk: () => false,
  confirm: () => Promise.resolve(false),
  ask: () => Promise.resolve(""),
};

/** What the commands of queueit-cf are made of, with the real Terraform. */
async function parts({ server, project, binary, environment, targets }: World) {
  const secretKey = server.secrets.secretKey;
  const reach = reachLocalEdge(Number(new URL(server.dashboardUrl).port));
  const open = terraformStacks({
    binary: { file: binary, name: binary },
    projectRoot: project.folder,
    outputFolder: join(project.folder, "queueit-cf.out"),
    variables: environment,
    progress: () => undefined,
  });
  const store = await bundleStoreOf(targets.staging.spec.backend, {
    projectRoot: project.folder,
    variables: {},
  });
  const runs = async ({ spec }: Target) =>
    deployedBundleOf(await (await open({ ...spec, promotedFrom: undefined })).outputs());
  const deployed = (target: Target) =>
    deploy({
      target,
      open,
      store,
      approval: { reviewed: undefined, yes: true },
      extras: {},
      console: SILENT,
      report: () => undefined,
      imports: () => Promise.resolve([]),
      findConnector: () => findConnector(target, reach),
      untilAnswered: () => untilAnswered({ target, reach, secretKey, console: SILENT, patienceMs: 20_000 }),
    });
  const expectVerified = async (target: Target, bundle: string) => {
    const account = { baseUrl: server.apiUrl, token: server.token };
    for await (const { name, outcome, detail } of verify({ target, reach, secretKey, bundle, account })) {
      expectThat(outcome === "passed", `${name}: ${outcome}, ${detail}`);
    }
  };
  return { open, store, reach, runs, deployed, expectVerified };
}

/** Runs a step with the parts, and ends its connections. */
export function step(
  title: string,
  run: (world: World, used: Awaited<ReturnType<typeof parts>>) => Promise<void>,
): Step {
  return {
    title: `queueit-cf: ${title}`,
    run: async (world) => {
      const used = await parts(world);
      await run(world, used).finally(() => used.reach.close());
    },
  };
}

const second = ({ project, targets }: World) =>
  project.rebuild(targets.staging.spec.worker.file, "second build");

export const stagingDeployed = step(
  "deploy staging, second plan empty",
  async ({ targets }, { deployed }) => {
    expectEqual("The first deploy", (await deployed(targets.staging)).changed, true);
    expectEqual("The second deploy", (await deployed(targets.staging)).changed, false);
  },
);

export const stagingVerified = step("verify staging", ({ targets: { staging } }, { expectVerified }) =>
  expectVerified(staging, staging.spec.worker.file.sha256),
);

export const aheadRefused = step("production refuses what staging does not run", async (world, used) => {
  const { production } = world.targets;
  const refusal = await used.deployed(withWorkerFile(production, await second(world))).then(
    () => "none",
    (error: unknown) => String(error),
  );
  expectThat(
    refusal.includes("production only gets a bundle that staging runs"),
    `The refusal is: ${refusal}`,
  );
  expectEqual("What production runs", await used.runs(production), undefined);
});

export const promoted = step("promote production, twice", async (world, used) => {
  const { targets, project } = world;
  const { staging, production } = targets;
  const { open, store: sourceStore } = used;
  const later = withWorkerFile(staging, await second(world));
  for (const source of [staging, later]) {
    await used.deployed(source);
    const options = { target: production, source: staging, open, sourceStore, folder: project.folder };
    await used.deployed((await promotionOf(options)).target);
    await used.expectVerified(production, source.spec.worker.file.sha256);
  }
});

export const rolledBack = step("roll production back", async ({ targets, project }, used) => {
  const { production } = targets;
  const running = await used.runs(production);
  const { store } = used;
  const rollback = await rollbackTarget({
    target: production,
    store,
    running,
    to: undefined,
    folder: project.folder,
  });
  await used.deployed(rollback.target);
  await used.expectVerified(production, production.spec.worker.file.sha256);
});

export const driftTold = step("drift: a deleted route", async (world, used) => {
  const { server, targets } = world;
  const { staging } = targets;
  const isProtecting = ({ pattern }: { readonly pattern: string }) =>
    staging.spec.routes.some((route) => route.kind === "protect" && route.pattern === pattern);
  await server.account.deleteRoute(server.account.routes.find(isProtecting)?.id ?? "");
  const planned = await (await used.open(staging.spec)).plan("refresh-only", { readOnly: true });
  const { found } = driftOf(reviewOf(staging, planned, {}), staging.spec);
  await planned.discard();
  expectEqual(
    "The drift",
    found.map(({ cause }) => cause),
    ["deleted"],
  );
});

export const takenDown = step("destroy staging", async ({ targets: { staging } }, { open, reach, runs }) => {
  const options = {
    ...{ target: staging, open, extras: {}, console: SILENT, report: () => undefined },
    untilGone: () => untilGone({ target: staging, reach, console: SILENT }),
  };
  expectEqual("Taken down", await destroy({ ...options, confirmedName: "staging" }), true);
  expectEqual("What staging runs", await runs(staging), undefined);
});
