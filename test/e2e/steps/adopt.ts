import type { ExistingObjects } from "../../../infra/specification/specification.ts";
import { adoptionOf } from "../../../infra/adopt/adoption.ts";
import { findConnector } from "../../../infra/commands/run/adopt-connector.ts";
import { importsOf as importsFor } from "../../../infra/connector/imports.ts";
import type { Console } from "../../../infra/console/console.ts";
import { specify } from "../../../infra/specification/specify.ts";
import { expectEqual, expectThat } from "../expect.ts";
import { setUpByHand } from "../hand-made.ts";
import { changesOf, importsOf } from "../plan.ts";
import { walkSixSteps } from "../traffic.ts";
import type { Step, World } from "../world.ts";
import { expectSettled } from "./deploy.ts";

/** Nobody is asked, and nobody reads. */
const SILENT: Console = {
  print: () => undefined,
  say: () => undefined,
  progress: () => undefined,
  canAsk: () => false,
  confirm: () => Promise.resolve(false),
  ask: () => Promise.resolve(""),
};

/** What `queueit-cf adopt` finds of a connector that was made by hand, as the stack takes it over. */
async function adopted({ server, staging }: World): Promise<ExistingObjects> {
  const { accountId: account, worker, environment } = staging;
  const access = { baseUrl: server.apiUrl, token: server.token };
  const question = { account, name: worker.name, taken: () => undefined };
  const connector = await findConnector(question, access, SILENT);
  const found = adoptionOf(connector, {
    environment,
    worker: "replace",
    customerId: undefined,
    knownSecrets: [],
  });
  const stops = found.findings.filter(({ level }) => level === "stop").map(({ what }) => what);
  expectEqual("What stops the adoption", stops, []);
  const named = { name: environment, environment: found.environment };
  const spec = specify({ named, all: [named], workerFile: worker.file, readConfiguration: () => "{}" });
  expectThat(spec.adopted !== undefined, "Nothing is to be taken over");
  return spec.adopted;
}

/** Terraform takes over what somebody made by hand, without making or destroying anything. */
export const adopt: Step = {
  title: "adoption of a hand-made set-up through import blocks",
  run: async (world) => {
    const { server, management, project, staging, terraformIn } = world;
    const made = await setUpByHand(staging, server, management);
    const found = await adopted(world);
    expectEqual("What is found", importsFor(staging, found), importsFor(staging, made));
    const before = server.account.contents;

    const folder = project.writeStack({ ...staging, adopted: found });
    const terraform = terraformIn(folder);
    await terraform.init();
    const plan = await terraform.plan();
    expectThat(plan !== undefined, "The plan to adopt is empty");
    expectEqual(
      "What is adopted",
      importsOf(plan),
      importsFor(staging, made)
        .map(({ to }) => to)
        .sort(),
    );
    const harmful = changesOf(plan).filter((change) => !change.startsWith("update "));
    expectEqual("What is made or destroyed", harmful, []);
    await terraform.apply();
    await expectSettled(terraform);

    const after = server.account.contents;
    expectEqual("The namespaces", after.namespaces, before.namespaces);
    expectEqual(
      "The routes",
      after.routes.map(({ id, pattern }) => ({ id, pattern })),
      before.routes.map(({ id, pattern }) => ({ id, pattern })),
    );
    await walkSixSteps(server, staging);
  },
};
