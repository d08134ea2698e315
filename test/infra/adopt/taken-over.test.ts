import { afterAll, beforeAll, expect, it } from "vitest";
import type { FoundConnector } from "../../../infra/adopt/adoption.ts";
import { destroy } from "../../../infra/deploy/destroy.ts";
import type { Target } from "../../../infra/specification/target.ts";
import { nextStep } from "../../../infra/deploy/next-step.ts";
import { plainText } from "../../../infra/plan/sentence.ts";
import { proveSecretKey } from "../../../infra/verify/prove-secret-key.ts";
import { waitingRoomRedirect } from "../../../infra/verify/waiting-room-redirect.ts";
import { World } from "../deploy/world.ts";
import { adoptedTarget, HOST, PAGE, setUpLive } from "./live.ts";

// One walk: each step begins where the one before it ended.

let world: World;
let connector: FoundConnector;
let target: Target;
beforeAll(async () => {
  world = await World.start();
  connector = await setUpLive(world);
  target = adoptedTarget(world, connector);
});
afterAll(() => world.close());

async function isQueueing(): Promise<boolean> {
  return waitingRoomRedirect(await world.reach.get(PAGE)) !== undefined;
}

const question = (secretKey: string, isOurs: boolean) => ({
  reach: world.reach,
  secretKey,
  routes: target.spec.routes,
  hostnames: [HOST],
  configuration: connector.configuration,
  isOurs,
});

it("1. the Worker that was made by hand queues", async () => {
  expect(await isQueueing()).toBe(true);
});

it.each([
  ["a token", false],
  ["a status call", true],
])("2. the secret key that runs is told from another one, by %s", async (_how, isOurs) => {
  expect(await proveSecretKey(question(world.secretKey, isOurs))).toMatchObject({ outcome: "same" });
  const other = await proveSecretKey(question("fake-key-of-another-platform", isOurs));
  expect(other.outcome).toBe(isOurs ? "unclear" : "different");
  expect(other.why).not.toContain("fake-key-of-another-platform");
});

it("3. the first deploy takes all of it over, and at no moment does a visitor get past the waiting room", async () => {
  let isOver = false;
  const answers: boolean[] = [];
  const visitor = (async () => {
    while (!isOver) answers.push(await isQueueing());
  })();
  const before = world.server.account.contents;
  expect(await world.deploy(target)).toMatchObject({ changed: true });
  isOver = true;
  await visitor;
  expect(answers.length).toBeGreaterThan(3);
  expect(answers).not.toContain(false);
  expect(world.server.account.contents).toMatchObject({
    namespaces: before.namespaces,
    routes: before.routes,
  });
});

it("4. its report said so, in words for somebody who does not know Terraform", () => {
  const { changes = [], risks = [], counts } = world.review ?? {};
  expect(counts).toMatchObject({ destroy: 0, replace: 0, create: 0 });
  const said = changes.map(({ sentence }) => plainText(sentence));
  expect(said).toContain(`Route ${HOST}/* is taken over`);
  expect(said).toContain("KV namespace Queue-it of queueit is taken over, with what is in it");
  expect(said).toContain("Integration configuration is taken over as it is");
  expect(said).toContain("Worker queueit is taken over");
  expect(said).toContain(
    "Secret QUEUEIT_SECRET_KEY is uploaded again, and nobody can tell whether as another one",
  );
  expect(said.join("\n")).not.toMatch(/import/i);
  expect(risks.map(({ rule }) => rule)).toContain("secret-key-uploaded");
  expect(risks.map(({ rule }) => rule)).not.toContain("secret-key-rotated");
});

it("5. what is done is said: nothing has to be published, and what was taken over need not be named", async () => {
  expect(nextStep(target.spec, true)).not.toContain("publish");
  expect(await world.deploy(target)).toMatchObject({ changed: false });
  expect(world.said.at(-1)).toContain("adopted in infra/environments/staging.ts has no effect any more");
});

it("6. it is taken down while it still names what it took over", async () => {
  const { server, open, console } = world;
  const options = { target, open, extras: {}, console, confirmedName: "staging", report: () => undefined };
  expect(await destroy({ ...options, untilGone: () => Promise.resolve() })).toBe(true);
  expect([server.account.contents.routes, server.account.namespaces]).toEqual([[], []]);
});

it("7. what is gone cannot be taken over again, and it is said where it is named", async () => {
  await expect(world.deploy(target)).rejects.toThrow(
    "It is named in adopted of infra/environments/staging.ts, and the account does not have it any more.",
  );
});
