import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { promotionOf } from "../../../infra/deploy/promotion.ts";
import type { Environment } from "../../../infra/environments/environment.ts";
import { PACKAGE_ROOT } from "../../../infra/files/package-root.ts";
import { sha256Of } from "../../../infra/files/sha256.ts";
import type { Target } from "../../../infra/specification/target.ts";
import type { Check } from "../../../infra/verify/check.ts";
import { waitingRoomRedirect } from "../../../infra/verify/waiting-room-redirect.ts";
import { ProjectCopy } from "../commands/project-copy.ts";
import { World } from "../deploy/world.ts";
import { HOST, makeLive, targetOf, without } from "./live.ts";

// docs/adopting.md, followed from its beginning to its end on a local Cloudflare with two connectors that were
// made by hand. What needs Terraform is done by the local planner; each step begins where the one before it ended.

const page = readFileSync(join(PACKAGE_ROOT, "docs/adopting.md"), "utf8");
/** Commands of a section, in their order. */
const commandsOf = (section: number) => {
  const [, text = ""] = page.split(new RegExp(`^## ${section}\\. `, "m"));
  const [own = ""] = text.split(/^## /m);
  return [...own.matchAll(/^npx queueit-cf (.*)$/gm)].map(([, command = ""]) => command);
};

let world: World;
let project: ProjectCopy;
beforeAll(async () => {
  world = await World.start();
  project = await ProjectCopy.make();
  await makeLive(world, { name: "queueit-staging", host: HOST });
  await makeLive(world, { name: "queueit", host: "shop.example.com" });
});
afterAll(() => world.close());

/** Runs a command of the page, with the options that stand for the answers. */
async function adopt(command: string, ...answers: readonly string[]) {
  const variables = {
    CLOUDFLARE_API_TOKEN: world.server.token,
    CLOUDFLARE_BASE_URL: world.server.apiUrl,
    QUEUEIT_LOCAL_EDGE: world.server.dashboardUrl,
    TF_VAR_queueit_secret_key: world.secretKey,
  };
  const args = [...command.split(" "), ...answers, "--yes", "--json"];
  const { code, stdout, stderr } = await project.queueitCf(variables, ...args);
  expect([code, stderr]).toEqual([0, expect.stringContaining("Written: ")]);
  return JSON.parse(stdout) as {
    readonly values: Environment;
    readonly secretKey: { readonly outcome: string };
  };
}

async function isQueueing(host: string): Promise<boolean> {
  return waitingRoomRedirect(await world.reach.get(`https://${host}/tickets`)) !== undefined;
}

const failed = (checks: readonly Check[]) => checks.filter(({ outcome }) => outcome === "failed");

/** `deploy` and `verify` of the page, while a visitor keeps asking for a page that queues. */
async function deployAndVerify(target: Target, host: string): Promise<void> {
  let isOver = false;
  const answers: boolean[] = [];
  const visitor = (async () => {
    while (!isOver) answers.push(await isQueueing(host));
  })();
  expect(await world.deploy(target)).toMatchObject({ changed: true });
  isOver = true;
  await visitor;
  expect(answers).not.toContain(false);
  expect(failed(await world.verify(target, target.spec.worker.file.sha256))).toEqual([]);
}

let staging: Environment;
let production: Environment;
const bundle = () => world.staging.spec.worker.file;

it("2. staging is adopted, with this project's Worker and the secret key that runs", async () => {
  expect(commandsOf(2)).toEqual(["adopt staging", "validate"]);
  const adopted = await adopt("adopt staging", "--name", "queueit-staging", "--worker", "replace");
  expect(adopted.secretKey.outcome).toBe("same");
  staging = adopted.values;
});

it("3. staging is taken over", async () => {
  expect(commandsOf(3)).toEqual(["plan staging", "deploy staging", "verify staging"]);
  await deployAndVerify(targetOf({ name: "staging", environment: staging }, [], bundle()), HOST);
  expect(world.review?.counts).toMatchObject({ destroy: 0, replace: 0, create: 0, import: 5 });
  const { risks = [] } = world.review ?? {};
  expect(risks.map(({ rule }) => rule)).toEqual(["secret-key-uploaded"]);
});

it("4. production is adopted with the Worker that it has, and not a byte of that changes", async () => {
  expect(commandsOf(4)).toEqual([
    "adopt production",
    "validate",
    "plan production",
    "deploy production",
    "verify production",
  ]);
  // Staging's Worker is not in question any more.
  production = (await adopt("adopt production", "--worker", "keep")).values;
  expect(production).toMatchObject({ workerName: "queueit", worker: { path: "connectors/production.js" } });
  expect(await project.queueitCf({}, "validate")).toMatchObject({ code: 0 });

  const path = join(project.folder, "connectors/production.js");
  const kept = { path, sha256: sha256Of(readFileSync(path)), format: "es-module" } as const;
  expect(kept.sha256).toBe(bundle().sha256);
  const target = targetOf({ name: "production", environment: production }, [], kept);
  await deployAndVerify(target, "shop.example.com");
});

it("5. production is promoted to what staging runs", async () => {
  expect(commandsOf(5)).toEqual(["plan production", "promote production", "verify production"]);
  expect(page).toContain('  promotedFrom: "staging",');
  const named = { name: "staging", environment: without(staging, "adopted") };
  const source = targetOf(named, [], bundle());
  const changed = { ...without(production, "worker", "adopted"), promotedFrom: "staging" };
  const { target } = await promotionOf({
    target: targetOf({ name: "production", environment: changed }, [named], bundle()),
    source,
    open: world.open,
    sourceStore: world.store,
    folder: project.folder,
  });
  await deployAndVerify(target, "shop.example.com");
  expect(world.review?.counts).toMatchObject({ destroy: 0, replace: 0, create: 0, import: 0 });
});
