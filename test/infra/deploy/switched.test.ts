import { afterAll, beforeAll, expect, it } from "vitest";
import { connectorPlace } from "../../../infra/account/connector-place.ts";
import { seeConnector } from "../../../infra/account/read-switches.ts";
import { nextStep } from "../../../infra/deploy/next-step.ts";
import { configurationRemedy } from "../../../infra/specification/configuration-remedy.ts";
import { reviewOf } from "../../../infra/deploy/review-of.ts";
import { requireVerified } from "../../../infra/deploy/promotion.ts";
import { driftOf } from "../../../infra/plan/drift/drift.ts";
import { markdownReport } from "../../../infra/plan/report/markdown.ts";
import { terminalReport } from "../../../infra/plan/report/terminal.ts";
import { plainText } from "../../../infra/plan/sentence.ts";
import { type Target, withWorkerFile } from "../../../infra/specification/target.ts";
import { withSwitches } from "../../../infra/specification/with-switches.ts";
import { noteNewRoutes } from "../../../infra/switch/note-new-routes.ts";
import type { SwitchPlace } from "../../../infra/switch/place.ts";
import { switchFailure } from "../../../infra/switch/switch-failure.ts";
import { switchOff } from "../../../infra/switch/switch-off.ts";
import { switchOn } from "../../../infra/switch/switch-on.ts";
import { anotherBundle, World } from "./world.ts";

// One deployed environment, and what happens to it while it is switched: each step finds what the one before left.

const FAILURE = "QUEUEIT_FAILURE_MODE";
const PROTECTED = "shop.staging.example.com/*";
const NEW = "shop.staging.example.com/vip/*";
const REASON = "login | loop <b>@everyone</b> `x`";

let world: World;
let place: SwitchPlace;
beforeAll(async () => {
  world = await World.start();
  await world.deploy(world.staging);
  const named = { name: "staging", words: "staging", environment: undefined };
  place = { ...connectorPlace(world.staging), ...named };
});
afterAll(() => world.close());

const confirm = () => Promise.resolve();
const now = new Date("2026-11-26T02:30:00Z");
const switched = async (target: Target): Promise<Target> => {
  const { switches } = await seeConnector(connectorPlace(target), world.account);
  return { ...target, spec: withSwitches(target.spec, switches, FAILURE) };
};
const scriptOf = (pattern: string) =>
  world.server.account.routes.find((route) => route.pattern === pattern)?.script ?? "none";
const withNewRoute = ({ spec, ...rest }: Target): Target => {
  const [route] = spec.routes.filter(({ kind }) => kind === "protect");
  if (route === undefined) throw new Error("Staging protects nothing.");
  return { ...rest, spec: { ...spec, routes: [...spec.routes, { ...route, pattern: NEW }] } };
};
const planned = async (target: Target, mode: "apply" | "refresh-only") =>
  (await world.open(target.spec)).plan(mode);

it("1. a plan of a site that is switched off changes nothing, and says so first", async () => {
  await switchOff({ place, access: world.account, reason: REASON, by: "Ada", now, confirm });
  const target = await switched(world.staging);
  const review = reviewOf(target, await planned(target, "apply"), {});
  expect(review.counts).toMatchObject({ update: 0, create: 0, destroy: 0, replace: 0 });
  expect(review.risks[0]).toMatchObject({ rule: "switched-off", level: "high" });
  const [, , , , first = ""] = terminalReport(review, { colours: false, columns: 1000 }).split("\n");
  expect(first).toContain(`is switched off since 2026-11-26 02:30 UTC by Ada because: ${REASON}`);
  const markdown = markdownReport(review);
  expect(markdown).toContain(
    "is switched off since `2026-11-26 02:30 UTC` by `Ada` because: `` login | loop <b>@everyone</b> `x` ``",
  );
});

it("2. what is not told of the switch would be switched on, which is what the plan of Terraform alone shows", async () => {
  const review = reviewOf(world.staging, await planned(world.staging, "apply"), {});
  expect(review.changes.map(({ sentence }) => plainText(sentence))).toContain(
    `Now protected, was bypassed: ${PROTECTED}`,
  );
});

it("3. a deploy leaves the site off, and a new protected route of it begins off", async () => {
  const file = await anotherBundle(world.staging.spec.worker.file, "later");
  const target = await switched(withNewRoute(withWorkerFile(world.staging, file)));
  await world.deploy(target, {
    beforeApply: () =>
      noteNewRoutes(target.spec, connectorPlace(target), world.account, new Date(now.getTime() + 1)),
  });
  expect([scriptOf(PROTECTED), scriptOf(NEW)]).toEqual(["none", "none"]);
  expect(world.said.join("\n")).toContain("it is switched off, and no deploy switches it on");
});

it("3b. what is left to do after it is to switch it on, also for whoever publishes", async () => {
  const { spec } = await switched(world.staging);
  expect(nextStep(spec, true)).toMatch(/switched off since .*\n {2}npx queueit-cf switch on staging$/s);
  expect(configurationRemedy(spec)).toContain("switch the site on again (npx queueit-cf switch on staging)");
});

it("4. drift names the switch as what undoes it, and no deploy", async () => {
  const target = await switched(withNewRoute(world.staging));
  const refreshed = reviewOf(target, await planned(target, "refresh-only"), {});
  const { found } = driftOf(refreshed, target.spec);
  expect(found.map(({ cause, remedy }) => [cause, remedy])).toEqual([
    ["switched", "when the reason is gone: npx queueit-cf switch on staging; a deploy leaves it as it is"],
  ]);
});

it("5. verify is not green and says why, and nothing is promoted from it", async () => {
  const target = await switched(world.staging);
  const bundle = target.spec.worker.file.sha256;
  const failed = (await world.verify(target, bundle)).filter(({ outcome }) => outcome === "failed");
  expect(failed[0]).toMatchObject({
    name: "shop.staging.example.com is switched on",
    detail: expect.stringContaining("by Ada because: login"),
    remedy: expect.stringContaining("npx queueit-cf switch on staging"),
  });
  const { reach, secretKey, account } = world;
  const promoted = requireVerified({ target, reach, secretKey, bundle, account }, () => undefined);
  await expect(promoted).rejects.toThrow(/nothing is promoted from it.*switched off since/s);
});

it("6. switched on, every route has its Worker, the new one too, and a plan is empty", async () => {
  await switchOn({ place, access: world.account, leavesOthers: false, confirm });
  const worker = world.staging.spec.worker.name;
  expect([scriptOf(PROTECTED), scriptOf(NEW)]).toEqual([worker, worker]);
  const file = await anotherBundle(world.staging.spec.worker.file, "later");
  const target = await switched(withNewRoute(withWorkerFile(world.staging, file)));
  expect((await world.deploy(target)).changed).toBe(false);
});

it("7. a switched failure mode survives a deploy, is no other drift, and keeps the secrets", async () => {
  await switchFailure({
    ...{ place, access: world.account, mode: "closed", reason: () => "bots", by: "Ada", now, confirm },
  });
  const target = await switched(withNewRoute(world.staging));
  const refreshed = reviewOf(target, await planned(target, "refresh-only"), {});
  expect(driftOf(refreshed, target.spec).found.map(({ cause }) => cause)).toEqual(["switched"]);
  // Waits for a signed status answer with the switched mode.
  expect(await world.deploy(target)).toMatchObject({ changed: true });
  expect(world.review?.risks.map(({ rule }) => rule)).toContain("failure-switched");
  const failed = (await world.verify(target, target.spec.worker.file.sha256)).filter(
    ({ outcome }) => outcome === "failed",
  );
  expect(failed.map(({ name }) => name)).toContain("the failure mode is as deployed");
  expect(failed.map(({ name }) => name).filter((name) => name.startsWith("bundle"))).toEqual([]);
});

it("8. a plan says so where nobody knows whether something is switched off (switch-unknown)", async () => {
  const { named, spec } = world.staging;
  const target = { named, spec: { ...spec, switches: "CLOUDFLARE_API_TOKEN is not set." } };
  const review = reviewOf(target, await planned(target, "apply"), {});
  expect(review.risks.map(({ rule }) => rule)).toContain("switch-unknown");
});
