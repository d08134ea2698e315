import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { WorkerFile } from "../../../infra/specification/specification.ts";
import { deployedBundleOf } from "../../../infra/deploy/bundle-of-state.ts";
import { destroy } from "../../../infra/deploy/destroy.ts";
import { untilGone } from "../../../infra/deploy/until-gone.ts";
import { promotionOf, requireVerified } from "../../../infra/deploy/promotion.ts";
import { rollbackTarget } from "../../../infra/deploy/rollback-target.ts";
import { reviewOf } from "../../../infra/deploy/review-of.ts";
import { type Target, withWorkerFile } from "../../../infra/specification/target.ts";
import { zoneRoutes } from "../../../infra/account/routes-of-zones.ts";
import { foreignRoutes } from "../../../infra/plan/drift/foreign-routes.ts";
import { plainText } from "../../../infra/plan/sentence.ts";
import { driftOf } from "../../../infra/plan/drift/drift.ts";
import type { Check } from "../../../infra/verify/check.ts";
import { World, anotherBundle } from "./world.ts";

// One walk: each step begins where the one before it ended.

let world: World;
let first: WorkerFile;
let second: WorkerFile;
beforeAll(async () => {
  world = await World.start();
  first = world.staging.spec.worker.file;
  second = await anotherBundle(first, "second");
});
afterAll(() => world.close());

const newFolder = () => mkdtemp(join(tmpdir(), "test-walk-"));

async function runningBundle(target: Target): Promise<string | undefined> {
  return deployedBundleOf(await (await world.open({ ...target.spec, promotedFrom: undefined })).outputs());
}

async function digestOf(target: Target): Promise<string> {
  const planned = await (await world.open(target.spec)).plan("apply");
  const { digest } = reviewOf(target, planned, {});
  await planned.discard();
  return digest;
}

const failed = (checks: readonly Check[]) => checks.filter(({ outcome }) => outcome !== "passed");

async function driftIn(target: Target) {
  const planned = await (await world.open(target.spec)).plan("refresh-only");
  return driftOf(reviewOf(target, planned, {}), target.spec);
}

it("1. production is refused while staging was never deployed", async () => {
  await expect(world.deploy(world.production)).rejects.toThrow(/staging/);
  await expect(
    promotionOf({
      target: world.production,
      source: world.staging,
      open: world.open,
      sourceStore: world.store,
      folder: await newFolder(),
    }),
  ).rejects.toThrow("staging was never deployed. Deploy it first");
});

it("2. staging is deployed, and its sites answer with the bundle", async () => {
  expect(await world.deploy(world.staging)).toMatchObject({ changed: true });
  expect(await runningBundle(world.staging)).toBe(first.sha256);
  expect(world.said).toContain("shop.staging.example.com answers with the new bundle.");
});

it("3. staging is verified by real requests", async () => {
  const checks = await world.verify(world.staging, first.sha256);
  expect(checks.map(({ name, outcome }) => `${outcome}: ${name}`)).toEqual([
    "passed: shop.staging.example.com/static/* bypasses the Worker",
    "passed: shop.staging.example.com/favicon.ico* bypasses the Worker",
    "passed: the Worker answers at shop.staging.example.com/*",
    "passed: https://shop.staging.example.com/tickets sends a new visitor to the waiting room",
    "passed: https://shop.staging.example.com/static/app.js bypasses the Worker",
    "passed: bundle and integration configuration at shop.staging.example.com",
    "passed: a signed token gets a session at shop.staging.example.com, a forged one does not",
    "passed: routes of the zones",
    "passed: integration configuration in KV",
  ]);
});

it("4. the same deploy again changes nothing, whatever was reviewed", async () => {
  expect(await world.deploy(world.staging)).toMatchObject({ changed: false });
  const approval = { reviewed: { digest: "0".repeat(64), changes: undefined }, yes: true };
  expect(await world.deploy(world.staging, { approval })).toMatchObject({ changed: false });
});

it("5. what Queue-it published is no drift", async () => {
  const { expected, found } = await driftIn(world.staging);
  expect([expected.map(({ cause }) => cause), found]).toEqual([["published"], []]);
});

it("6. production refuses a bundle that staging does not run, in its own plan", async () => {
  const ahead = withWorkerFile(world.production, second);
  await expect(world.deploy(ahead)).rejects.toThrow(
    `production only gets a bundle that staging runs. This one is ${second.sha256}, staging runs ${first.sha256}`,
  );
  expect(await runningBundle(world.production)).toBeUndefined();
});

it("7. production is promoted to the bundle that staging runs", async () => {
  const { target } = await promotionOf({
    target: world.production,
    source: world.staging,
    open: world.open,
    sourceStore: world.store,
    folder: await newFolder(),
  });
  const before = await digestOf({ ...target, spec: { ...target.spec, promotedFrom: undefined } });
  await world.deploy(target);
  expect(await runningBundle(world.production)).toBe(first.sha256);
  // What a pull request reviewed with --before-promotion is what is deployed.
  expect(world.review?.digest).toBe(before);
  expect(failed(await world.verify(world.production, first.sha256))).toEqual([]);
});

it("8. a plan that is not the reviewed one is refused, with what differs", async () => {
  const target = withWorkerFile(world.staging, second);
  const reviewed = {
    digest: "0".repeat(64),
    changes: ["update: Variable QUEUEIT_FAILURE_MODE: open → closed"],
  };
  await expect(world.deploy(target, { approval: { reviewed, yes: true } })).rejects.toThrow(
    /- update: Variable QUEUEIT_FAILURE_MODE: open → closed\n\+ update: Worker bundle/,
  );
  expect(await runningBundle(world.staging)).toBe(first.sha256);
});

it("9. nobody who says yes means no", async () => {
  const target = withWorkerFile(world.staging, second);
  await expect(world.deploy(target, { approval: { reviewed: undefined, yes: false } })).rejects.toThrow(
    "nothing was changed",
  );
  expect(await runningBundle(world.staging)).toBe(first.sha256);
});

it("10. the reviewed plan is deployed by its digest", async () => {
  const target = withWorkerFile(world.staging, second);
  const digest = await digestOf(target);
  await world.deploy(target, { approval: { reviewed: { digest, changes: undefined }, yes: true } });
  expect(await runningBundle(world.staging)).toBe(second.sha256);
});

it("11. a promotion ships the kept bytes of staging, whatever the checkout would build", async () => {
  const { target, running } = await promotionOf({
    target: world.production,
    source: world.staging,
    open: world.open,
    sourceStore: world.store,
    folder: await newFolder(),
  });
  expect([running, target.spec.worker.file.sha256]).toEqual([first.sha256, second.sha256]);
  await world.deploy(target);
  expect(failed(await world.verify(world.production, second.sha256))).toEqual([]);
});

it("12. a rollback brings production its earlier bundle, though staging runs the later one", async () => {
  const { target, bundle } = await rollbackTarget({
    target: world.production,
    store: world.store,
    running: second.sha256,
    to: undefined,
    folder: await newFolder(),
  });
  expect(bundle.sha256).toBe(first.sha256);
  await world.deploy(target);
  expect(await runningBundle(world.production)).toBe(first.sha256);
  expect(failed(await world.verify(world.production, first.sha256))).toEqual([]);
});

it("12b. another rollback would bring back what production was rolled back from, and is refused without its name", async () => {
  const options = { target: world.production, store: world.store, folder: await newFolder() };
  await expect(rollbackTarget({ ...options, running: first.sha256, to: undefined })).rejects.toMatchObject({
    code: "rollback-back-and-forth",
    message: expect.stringContaining(`rollback production --to ${second.sha256.slice(0, 12)}`),
  });
  const named = await rollbackTarget({ ...options, running: first.sha256, to: second.sha256.slice(0, 12) });
  expect(named.bundle.sha256).toBe(second.sha256);
});

it("12c. a rollback of what is not deployed is refused: it would deploy all of it anew", async () => {
  const options = { target: world.production, store: world.store, folder: await newFolder() };
  await expect(rollbackTarget({ ...options, running: undefined, to: undefined })).rejects.toMatchObject({
    code: "rollback-not-deployed",
    message: expect.stringContaining("npx queueit-cf deploy production"),
  });
});

it("13. a rollback to what never ran is refused, with what did", async () => {
  const options = { target: world.production, store: world.store, running: first.sha256 };
  await expect(rollbackTarget({ ...options, to: "f".repeat(64), folder: await newFolder() })).rejects.toThrow(
    second.sha256.slice(0, 12),
  );
});

it("14. a route that somebody deleted is drift, fails the verification and stops a promotion", async () => {
  const { account } = world.server;
  const route = account.routes.find(({ pattern }) => pattern === "shop.staging.example.com/*");
  await account.deleteRoute(route?.id ?? "");
  const { found } = await driftIn(world.staging);
  expect(found.map(({ cause, address }) => [cause, address])).toEqual([
    ["deleted", expect.stringContaining("cloudflare_workers_route.queueit_protect_shop_staging")],
  ]);
  expect(failed(await world.verify(world.staging, second.sha256)).length).toBeGreaterThan(0);
  const { staging: target, reach, secretKey, account: access } = world;
  await expect(
    requireVerified({ target, reach, secretKey, bundle: second.sha256, account: access }, () => undefined),
  ).rejects.toThrow("so nothing is promoted from it");
});

it("15. a route that somebody added is found where it takes pages from the waiting room", async () => {
  const { server, staging } = world;
  const [zone] = staging.spec.routes.map((route) => route.zone);
  const zoneId = zone !== undefined && "id" in zone ? zone.id : "";
  const added = await server.account.createRoute(zoneId, "shop.staging.example.com/tickets*", undefined);
  const access = { baseUrl: server.apiUrl, token: server.token };
  expect(
    foreignRoutes(staging.spec, await zoneRoutes({ id: zoneId }, access)).map(({ sentence }) =>
      plainText(sentence),
    ),
  ).toContain(
    "Route added outside Terraform: shop.staging.example.com/tickets* goes to no Worker and takes pages from " +
      "shop.staging.example.com/*",
  );
  await server.account.deleteRoute(added.id);
});

it("16. the next deploy mends it", async () => {
  await world.deploy(withWorkerFile(world.staging, second));
  expect(failed(await world.verify(world.staging, second.sha256))).toEqual([]);
});

it("17. taking an environment down needs its name, and says what visitors will notice", async () => {
  const { staging: target, open, reach, console } = world;
  const options = {
    ...{ target, open, extras: {}, console },
    untilGone: () => untilGone({ target, reach, console }),
  };
  const report = () => undefined;
  world.answer = "production";
  await expect(destroy({ ...options, confirmedName: undefined, report })).rejects.toThrow(
    "nothing was changed",
  );
  expect(world.said.join("\n")).toContain(
    "every visitor of shop.staging.example.com/* reaches the site at once",
  );

  expect(await destroy({ ...options, confirmedName: "staging", report })).toBe(true);
  expect(world.said.at(-1)).toBe("The sites answer without the Worker.");
  expect(await runningBundle(world.staging)).toBeUndefined();
  expect(await destroy({ ...options, confirmedName: "staging", report })).toBe(false);
});
