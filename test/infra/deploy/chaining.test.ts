import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountWorkers } from "../../../infra/account/account-workers.ts";
import { CHAINED_WORKER_BINDING } from "../../../worker/deployment/variables.ts";
import { destroy } from "../../../infra/deploy/destroy.ts";
import { reviewOf } from "../../../infra/deploy/review-of.ts";
import { untilGone } from "../../../infra/deploy/until-gone.ts";
import { environmentChecks } from "../../../infra/doctor/environment-checks.ts";
import staging from "../../../infra/environments/staging.ts";
import { Visitor } from "../../../infra/local/preview/visitor.ts";
import { FRONTEND_HEADER, frontendWorker } from "../../../infra/local/shop/frontend-worker.ts";
import { plainText } from "../../../infra/plan/sentence.ts";
import { driftOf } from "../../../infra/plan/drift/drift.ts";
import { missingWorkers } from "../../../infra/plan/drift/missing-workers.ts";
import { type Target, withWorkerFile } from "../../../infra/specification/target.ts";
import { stagingWith } from "../local/server/environments.ts";
import { anotherBundle, World } from "./world.ts";

const SHOP = "https://shop.staging.example.com";

let world: World;
let unchained: Target;
beforeAll(async () => {
  const [site] = staging.sites;
  const chained = await stagingWith({
    worker: { source: "bundled", then: { service: "shop-frontend" } },
    sites: [{ ...site, bypass: [...(site.bypass ?? []), { pattern: "/account/*", worker: "shop-account" }] }],
  });
  const production = await stagingWith({ workerName: "queueit-connector-production" }, "production");
  world = await World.start({}, [chained, production]);
  unchained = await stagingWith();
});
afterAll(() => world.close());

/** The account's Workers, as the commands read them before they plan. */
const extras = async () => ({
  accountWorkers: await accountWorkers(world.staging.spec.accountId, world.account),
});

const deploy = async (target = world.staging) => world.deploy(target, { extras: await extras() });

async function workerAt(path: string): Promise<string | null> {
  const visitor = new Visitor();
  const { headers } = await visitor
    .get(world.server.localUrl(`${SHOP}${path}`))
    .finally(() => visitor.close());
  return headers.get(FRONTEND_HEADER);
}

async function problems(): Promise<readonly string[]> {
  const checks = await world.verify(world.staging, world.staging.spec.worker.file.sha256);
  return checks
    .filter(({ outcome }) => outcome !== "passed")
    .map(({ outcome, name, detail }) => `${outcome} ${name}: ${detail}`);
}

async function doctorSays(): Promise<readonly string[]> {
  const account = { access: world.account, token: { kind: "unknown" as const } };
  const checks = environmentChecks({
    target: world.staging,
    variables: {},
    projectRoot: "/",
    isLocal: true,
    account: account as never,
    reach: world.reach,
  });
  const found = await checks.find(({ name }) => name === "worker")?.run();
  return (found ?? []).map(({ state, what }) => `${state}: ${what}`);
}

describe("a chained Worker through the life of an environment", () => {
  it("that is missing stops the deploy before anything is changed, and doctor says so before", async () => {
    await world.server.account.deleteScript("shop-frontend");
    expect(await doctorSays()).toContain(
      "problem: the account has no Worker shop-frontend, which answers what passes: a deploy is refused (code 10143)",
    );
    await expect(deploy()).rejects.toMatchObject({ code: "named-worker-missing" });
    expect(world.review?.risks.map(({ rule }) => rule)).toContain("named-worker-missing");
    expect(world.server.account.scripts.map(({ name }) => name)).toEqual(["shop-account"]);
    expect(world.server.account.namespaces).toEqual([]);
  });

  it("answers what passes once it is deployed, and the plan says so", async () => {
    await world.server.account.putScript(frontendWorker("shop-frontend"));
    await deploy();
    const details = world.review?.changes.flatMap((change) => change.details).map(plainText);
    expect(details).toContain("Requests that pass go to the Worker shop-frontend");
    expect(await workerAt("/")).toBe("shop-frontend");
    expect(await workerAt("/account/orders")).toBe("shop-account");
    expect(await deploy()).toMatchObject({ changed: false });
  });

  it("is what verify finds, on real pages too", async () => {
    expect(await problems()).toEqual([]);
    const checks = await world.verify(world.staging, world.staging.spec.worker.file.sha256);
    const details = checks.map(({ detail }) => detail).join("\n");
    expect(details).toContain("queueit-connector-staging is bound to shop-frontend, which the account has");
    expect(details).toContain("where the Worker shop-frontend answered");
  });

  it("with an address of its own is warned of, and one that fails behind the waiting room is found", async () => {
    const { account } = world.server;
    await account.annotateScript("shop-frontend", () => ({
      subdomain: { enabled: true, previewsEnabled: false },
    }));
    expect((await doctorSays()).join("\n")).toContain(
      "the Worker shop-frontend also answers at its address under workers.dev, where nobody queues",
    );
    const broken = {
      ...frontendWorker("shop-frontend"),
      content: "export default { fetch() { throw 1; } };",
    };
    await account.putScript(broken);
    expect((await problems()).join("\n")).toContain(
      "answered 500: the Worker shop-frontend behind the connector failed",
    );
    await account.putScript(frontendWorker("shop-frontend"));
  });

  it("cannot be deleted while the connector is bound to it, and is missed where it was by force", async () => {
    const { account } = world.server;
    await expect(account.deleteScript("shop-frontend")).rejects.toMatchObject({ code: 10142 });
    await account.deleteScript("shop-frontend", true);
    const { accountWorkers: workers } = await extras();
    expect(missingWorkers(world.staging.spec, workers).map(({ sentence }) => plainText(sentence))).toEqual([
      "Worker deleted outside Terraform: shop-frontend, which answers the requests that pass; visitors get an error",
    ]);
    expect((await problems()).join("\n")).toContain(
      "the account does not have it: what passes gets an error",
    );
    await account.putScript(frontendWorker("shop-frontend"));
    expect(await workerAt("/")).toBe("shop-frontend");
  });

  it("whose binding somebody removed is drift, in words, and found by verify", async () => {
    const { account } = world.server;
    const before = account.script(world.staging.spec.worker.name);
    const bindings = before.bindings.filter(({ name }) => name !== CHAINED_WORKER_BINDING);
    await account.putScript({ ...before, bindings });
    const stack = await world.open(world.staging.spec);
    const planned = await stack.plan("refresh-only", { readOnly: true });
    const { found } = driftOf(reviewOf(world.staging, planned, {}), world.staging.spec);
    expect(found.flatMap(({ details }) => details.map(plainText))).toContain(
      "Requests that pass go to the site, no longer to the Worker shop-frontend",
    );
    const said = (await problems()).join("\n");
    expect(said).toContain("it passes requests to the origin");
    expect(said).toContain("is bound to no Worker: what passes goes to the origin");
    await deploy();
    expect(await problems()).toEqual([]);
  });

  it("refuses a bundle from before there was chaining, for instance in a rollback", async () => {
    const file = await anotherBundle(world.staging.spec.worker.file, "older");
    const source = await readFile(file.path, "utf8");
    await writeFile(file.path, source.replaceAll(CHAINED_WORKER_BINDING, "QUEUEIT_OTHER"));
    await expect(deploy(withWorkerFile(world.staging, file))).rejects.toMatchObject({
      code: "bundle-without-chaining",
    });
    expect(await workerAt("/")).toBe("shop-frontend");
  });

  it("that is taken out is a risk, and then the origin answers", async () => {
    await world.deploy(unchained);
    expect(world.review?.risks.map(({ level, rule }) => `${level} ${rule}`)).toContain(
      "high chained-worker-changed",
    );
    expect(await workerAt("/")).toBeNull();
    await deploy();
    expect(await workerAt("/")).toBe("shop-frontend");
  });

  it("stays when the environment is taken down, which says what visitors get then", async () => {
    const { staging: target, reach, console, open } = world;
    await destroy({
      target,
      open,
      confirmedName: "staging",
      extras: {},
      console,
      report: () => undefined,
      untilGone: () => untilGone({ target, reach, console }),
    });
    expect(world.said.join("\n")).toContain(
      "no longer from the Worker shop-frontend or shop-account: where the site needs it",
    );
    expect(world.server.account.scripts.map(({ name }) => name).sort()).toEqual([
      "shop-account",
      "shop-frontend",
    ]);
  });
});
